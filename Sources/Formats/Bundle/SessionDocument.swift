import FoundationEssentials
import HeartRate
import Practice
import Timekeeping

/// session.json, read back.
struct SessionDocument {
    let group: GroupName
    let info: SessionInfo
    let spans: [PhaseSequence.Span]
    let straps: [String: StrapDescription]
    let imports: [ImportRecord]
    /// Corrections that are applied in the tables already, in words.
    let corrections: [String]

    init(_ bytes: [UInt8], bundle: String) throws(BundleError) {
        do {
            let document = try JSONDecoder().decode(Document.self, from: Data(bytes))
            guard document.schema == SessionJSON.schema else { throw Fault("its schema is \(document.schema)") }
            group = try GroupName(document.group)
            let script = try document.script.script
            info = try document.info(group, script)
            spans = try document.phases.map { try $0.span(in: script) }
            straps = document.descriptions
            imports = try (document.imports ?? []).map { try $0.record }
            let isTimely = { (t: Double?) in t.map(Self.times.contains) ?? true }
            guard isTimely(info.seconds), spans.allSatisfy({ isTimely($0.start) && isTimely($0.end) }),
                imports.allSatisfy({ isTimely($0.start) }), abs(info.zoneOffsetSeconds) <= 86_400,
                info.clockRate > 0, info.clockRate <= 1000
            else { throw Fault("a time, its zone or its clock is out of range") }
            corrections = document.corrections.map(\.words)
        } catch let error as BundleError {
            throw error
        } catch {
            throw .damaged(bundle: bundle, file: "session.json", what: "\(error)")
        }
    }

    /// Times that a session may have, in seconds or milliseconds: three years of milliseconds.
    static let times = -1e11...1e11

    /// A moment as RFC 3339 has it in UTC, to the ms.
    static func moment(_ text: String) -> UTC? {
        let time = Array(text.utf8).withUnsafeBufferPointer { RRClock.time($0) }
        // Nanoseconds since 1970 reach until 2262.
        guard let time, time.isClock, abs(time.value) < 9_000_000_000 else { return nil }
        return UTC(nanosecondsSince1970: Int64((time.value * 1000).rounded()) * 1_000_000)
    }
}

private struct Fault: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

private struct Document: Decodable {
    struct Tool: Decodable { var version: String }
    struct Zone: Decodable { var offset_s: Int }
    struct Clock: Decodable { var rate: Double }
    struct Person: Decodable {
        var code: String
        var consent: String?
    }
    struct Strap: Decodable {
        var label: String
        var manufacturer: String?
        var model: String?
        var firmware: String?
    }
    struct Device: Decodable { var straps: [Strap] }

    var schema: String
    var tool: Tool
    var session: String
    var group: String
    var started: String
    var zone: Zone
    var seconds: Double?
    var codes: [Person]
    var corrections: [Correction]
    var imports: [Imported]?
    var script: ScriptPart
    var phases: [SpanPart]
    var devices: [Device]
    var adapters: [String]
    var clock: Clock

    func info(_ group: GroupName, _ script: Script) throws -> SessionInfo {
        guard let started = SessionDocument.moment(started) else { throw Fault("'\(started)' is no moment") }
        var consents: [Code: Consent] = [:]
        for person in codes {
            consents[try Code(person.code)] = person.consent.flatMap(Consent.init(rawValue:)) ?? Consent.none
        }
        return SessionInfo(
            name: session, group: group, started: started, zoneOffsetSeconds: zone.offset_s, seconds: seconds,
            script: script, codes: consents, toolVersion: tool.version, clockRate: clock.rate, adapters: adapters)
    }

    var descriptions: [String: StrapDescription] {
        let described = devices.flatMap(\.straps).map { strap in
            (
                strap.label,
                StrapDescription(
                    manufacturer: strap.manufacturer, model: strap.model, firmware: strap.firmware, location: nil)
            )
        }
        return Dictionary(described.filter { !$0.1.isEmpty }) { first, _ in first }
    }
}

private struct Correction: Decodable {
    var from: String
    var to: String
    var start_s: Double
    var end_s: Double?

    var words: String { "\(from) to \(to) from \(start_s) s" + (end_s.map { " to \($0) s" } ?? "") }
}

private struct Imported: Decodable {
    var code: String
    var format: String
    var sha256: String?
    var start_s: Double
    var beats: Int
    var remarks: [String]
    var made: String

    var record: ImportRecord {
        get throws {
            guard let made = SessionDocument.moment(made) else { throw Fault("'\(made)' is no moment") }
            return ImportRecord(
                code: try Code(code), digest: sha256 ?? "", format: format, start: start_s, beats: beats,
                remarks: remarks, made: made)
        }
    }
}

private struct PacerPart: Decodable {
    var rate: Double
    var in_s: Double
    var hold_s: Double
    var out_s: Double

    var pacer: Pacer { Pacer(rate: rate, inSeconds: in_s, holdSeconds: hold_s, outSeconds: out_s) }
}

private struct ScriptPart: Decodable {
    var name: String
    var purpose: String
    var phases: [PhasePart]
    var text: String

    var script: Script {
        get throws {
            let plain = Script(name: name, purpose: purpose, phases: try phases.map { try $0.phase })
            guard ScriptFile.text(of: plain) != text else { return plain }
            return Script(name: name, purpose: purpose, phases: plain.phases, source: text)
        }
    }
}

private struct PhasePart: Decodable {
    var key: String
    var title: String
    var seconds: Double?
    var feedback: String
    var pacer: PacerPart?
    var posture: String?
    var er: String?
    var prompt: String
    var analyse: Bool
    var skippable: Bool
    var unattended_end: String

    var phase: Phase {
        get throws {
            guard let feedback = Feedback(rawValue: feedback),
                let end = Phase.UnattendedEnd(rawValue: unattended_end)
            else { throw Fault("phase \(key) has no known feedback or end") }
            return Phase(
                key: key, title: title, seconds: seconds, feedback: feedback, pacer: pacer?.pacer,
                posture: posture ?? "", regulation: er ?? "", prompt: prompt, isAnalysed: analyse,
                isSkippable: skippable, unattendedEnd: end)
        }
    }
}

private struct SpanPart: Decodable {
    var phase: String
    var start_s: Double
    var end_s: Double?
    var pacer: PacerPart?

    func span(in script: Script) throws -> PhaseSequence.Span {
        let known = phase == Phase.pause.key ? Phase.pause : script.phases.first { $0.key == phase }
        guard var known else { throw Fault("phase \(phase) is not in the script") }
        known.pacer = pacer?.pacer
        return PhaseSequence.Span(phase: known, start: start_s, end: end_s)
    }
}
