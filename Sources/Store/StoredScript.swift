import FoundationEssentials
import Practice

/// A script as JSON, so that what ran can be read again when the program's own scripts have changed.
struct StoredScript: Codable {
    var name: String
    var purpose: String
    var phases: [StoredPhase]
    var source: String?

    init(_ script: Script) {
        name = script.name
        purpose = script.purpose
        phases = script.phases.map(StoredPhase.init)
        source = script.source
    }

    func script(in file: String) throws -> Script {
        Script(name: name, purpose: purpose, phases: try phases.map { try $0.phase(in: file) }, source: source)
    }
}

/// A phase as JSON; what earlier versions did not write may be missing.
struct StoredPhase: Codable {
    var key: String
    var title: String
    var seconds: Double?
    var feedback: String
    var pacer: StoredPacer?
    var posture: String?
    var regulation: String
    var prompt: String
    var isAnalysed: Bool
    var isSkippable: Bool?
    var unattendedEnd: String

    init(_ phase: Phase) {
        key = phase.key
        title = phase.title
        seconds = phase.seconds
        feedback = phase.feedback.rawValue
        pacer = phase.pacer.map(StoredPacer.init)
        posture = phase.posture
        regulation = phase.regulation
        prompt = phase.prompt
        isAnalysed = phase.isAnalysed
        isSkippable = phase.isSkippable
        unattendedEnd = phase.unattendedEnd.rawValue
    }

    func phase(in file: String) throws -> Phase {
        guard let feedback = Feedback(rawValue: feedback) else {
            throw Stored.damaged(file, "feedback '\(feedback)'")
        }
        guard let unattendedEnd = Phase.UnattendedEnd(rawValue: unattendedEnd) else {
            throw Stored.damaged(file, "unattended end '\(unattendedEnd)'")
        }
        return Phase(
            key: key, title: title, seconds: seconds, feedback: feedback, pacer: pacer?.pacer,
            posture: posture ?? "", regulation: regulation, prompt: prompt, isAnalysed: isAnalysed,
            isSkippable: isSkippable ?? false, unattendedEnd: unattendedEnd)
    }
}

/// A pacer as JSON.
struct StoredPacer: Codable {
    var rate: Double
    var inSeconds: Double
    var holdSeconds: Double
    var outSeconds: Double

    init(_ pacer: Pacer) {
        rate = pacer.rate
        inSeconds = pacer.inSeconds
        holdSeconds = pacer.holdSeconds
        outSeconds = pacer.outSeconds
    }

    var pacer: Pacer {
        Pacer(rate: rate, inSeconds: inSeconds, holdSeconds: holdSeconds, outSeconds: outSeconds)
    }
}

extension Stored {
    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<Value: Decodable>(_ type: Value.Type, json: String, in file: String) throws(StoreError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(json.utf8))
        } catch {
            throw damaged(file, "JSON that cannot be read: \(error)")
        }
    }
}
