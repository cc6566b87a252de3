import HRV
import HeartRate
public import Practice
import Timekeeping

/// Reads a session back from the folder that an export wrote.
///
/// Times have whole ms there; all else comes back as it was recorded, with corrections applied.
public struct BundleReader {
    private let name: String
    private let file: (String) -> [UInt8]?

    /// A reader of one folder.
    /// - Parameters:
    ///   - name: what people call it.
    ///   - file: gives the bytes of a file, nil when there is none.
    public init(name: String, file: @escaping (String) -> [UInt8]?) {
        (self.name, self.file) = (name, file)
    }

    /// The session.
    /// - Throws: `BundleError`.
    public func record() throws(BundleError) -> SessionRecord {
        try checkSums()
        let document = try SessionDocument(bytes("session.json"), bundle: name)
        let group = document.group
        func code(_ text: String, _ file: String) throws(BundleError) -> Code {
            guard let code = try? Code(text) else { throw damaged(file, "'\(text)' is no code") }
            guard code.group == group else { throw .recoded(bundle: name) }
            return code
        }
        var record = SessionRecord(
            info: document.info, phases: document.spans, packets: [], beats: [], coherence: [], markers: [], links: [],
            straps: document.straps, imports: document.imports)
        let packets = try table("packets.csv")
        for row in packets.rows {
            record.packets.append(try packet(row, packets, code(packets.cell("code", row), "packets.csv")))
        }
        let beats = try table("beats.csv")
        for row in beats.rows { record.beats.append(try beat(row, beats, code(beats.cell("code", row), "beats.csv"))) }
        let coherence = try table("coherence.csv")
        for row in coherence.rows {
            let code = try code(coherence.cell("code", row), "coherence.csv")
            record.coherence.append(CoherenceRecord(code: code, reading: reading(row, coherence)))
        }
        let markers = try table("markers.csv")
        for row in markers.rows where markers.cell("kind", row) != "phase" {
            let text = markers.cell("code", row)
            record.markers.append(
                MarkerRecord(
                    t: Self.time(markers.cell("t_s", row)) ?? 0,
                    code: text.isEmpty ? nil : try code(text, "markers.csv"),
                    kind: markers.cell("kind", row), text: markers.cell("text", row)))
        }
        for change in document.corrections {
            record.markers.append(MarkerRecord(t: 0, code: nil, kind: "notice", text: "corrected before: \(change)"))
        }
        let links = try table("links.csv")
        for row in links.rows { record.links.append(try link(row, links, code(links.cell("code", row), "links.csv"))) }
        return record
    }

    /// What codes of the session answered, a survey each.
    /// - Throws: `BundleError`.
    public func surveys() throws(BundleError) -> [SurveyAnswers] {
        guard file("answers.csv") != nil else { return [] }
        var responses: [String: [String: SurveyResponse]] = [:]
        for (name, column) in [("answers.csv", "answer"), ("answers_text.csv", "text")] where file(name) != nil {
            let table = try table(name)
            for row in table.rows {
                guard let code = try? Code(table.cell("code", row)) else { throw damaged(name, "a row has no code") }
                let (instrument, wave) = (table.cell("instrument", row), table.cell("wave", row))
                let empty = SurveyResponse(id: "", wave: wave, code: code, answers: [:])
                responses[instrument, default: [:]]["\(wave) \(code)", default: empty]
                    .answers[table.cell("item", row)] = table.cell(column, row)
            }
        }
        var surveys: [SurveyAnswers] = []
        for (name, own) in responses.sorted(by: { $0.key < $1.key }) {
            let text = String(decoding: try bytes(SurveyRows.definition(of: name)), as: UTF8.self)
            do {
                let instrument = try SurveyFile.read(text, file: SurveyRows.definition(of: name))
                surveys.append(
                    SurveyAnswers(instrument: instrument, responses: own.sorted { $0.key < $1.key }.map(\.value)))
            } catch {
                throw damaged(SurveyRows.definition(of: name), "\(error)")
            }
        }
        return surveys
    }

    // MARK: - Files

    private func bytes(_ file: String) throws(BundleError) -> [UInt8] {
        guard let bytes = self.file(file) else { throw .missing(bundle: name, file: file) }
        return bytes
    }

    private func table(_ file: String) throws(BundleError) -> CSVTable {
        guard let table = CSVTable(try bytes(file)) else { throw damaged(file, "it is no whole table") }
        return table
    }

    /// Every file that SHA256SUMS names and that lies in this folder is as it was written.
    private func checkSums() throws(BundleError) {
        let sums = String(decoding: try bytes("SHA256SUMS"), as: UTF8.self)
        for line in sums.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2 else { throw damaged("SHA256SUMS", "a line is no sum") }
            let path = parts[1].drop { $0 == " " || $0 == "*" }
            guard !path.contains("/"), Self.isNeeded(String(path)) else { continue }
            guard Checksum.hexadecimal(of: try bytes(String(path))) == parts[0] else {
                throw .changed(bundle: name, file: String(path))
            }
        }
    }

    private static func isNeeded(_ file: String) -> Bool {
        file.hasSuffix(".csv") || file == "session.json" || file.hasPrefix("survey-")
    }

    private func damaged(_ file: String, _ what: String) -> BundleError {
        .damaged(bundle: name, file: file, what: what)
    }

    // MARK: - Rows

    /// Seconds or milliseconds as far as any session reaches; nil for what is no such number.
    static func time(_ text: String) -> Double? {
        guard let number = Double(text), SessionDocument.times.contains(number) else { return nil }
        return number
    }

    /// A running number.
    private static func count(_ text: String) -> Int? {
        guard let number = Int(text), (0...1_000_000_000).contains(number) else { return nil }
        return number
    }

    private func packet(_ row: [String], _ table: CSVTable, _ code: Code) throws(BundleError) -> PacketRecord {
        guard let number = Self.count(table.cell("packet", row)), let t = Self.time(table.cell("t_s", row)),
            let utc = SessionDocument.moment(table.cell("utc", row)),
            let bytes = Self.bytes(hexadecimal: table.cell("raw_hex", row))
        else { throw damaged("packets.csv", "a row of \(code) lacks its number, time or bytes") }
        return PacketRecord(code: code, number: number, t: t, utc: utc, strap: table.cell("strap", row), bytes: bytes)
    }

    private static func bytes(hexadecimal text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[place...place + 1], as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        return bytes
    }

    private func beat(_ row: [String], _ table: CSVTable, _ code: Code) throws(BundleError) -> BeatRecord {
        let raw = table.cell("rr_1024", row)
        let milliseconds = Self.time(table.cell("rr_ms", row))
        let nearest = milliseconds.map { UInt16(min(65_535, max(1, ($0 * 1.024).rounded()))) }
        let end = Self.time(table.cell("t_s", row))
        guard let sequence = Self.count(table.cell("seq", row)), end != nil || table.cell("t_s", row).isEmpty,
            let ticks = UInt16(raw) ?? nearest,
            let contact = Contact(rawValue: table.cell("contact", row)),
            let flag = Beat.Flag(rawValue: table.cell("flag", row)),
            let segment = Self.count(table.cell("segment", row))
        else { throw damaged("beats.csv", "a row of \(code) lacks its number, time, interval, flag or segment") }
        let beat = Beat(
            sequence: sequence, ticks: ticks, end: end, contact: contact, flag: flag,
            segment: segment, packet: Self.count(table.cell("packet", row)) ?? 0,
            importedMilliseconds: raw.isEmpty ? milliseconds : nil)
        return BeatRecord(code: code, beat: beat)
    }

    private func reading(_ row: [String], _ table: CSVTable) -> CoherenceReading {
        func number(_ column: String) -> Double? { Double(table.cell(column, row)) }
        let score = number("score")
        let reason = table.cell("reason", row)
        return CoherenceReading(
            t: Self.time(table.cell("t_s", row)) ?? 0, score: score, pct: number("pct"), ratio: number("ratio"),
            peakHz: number("peak_hz"),
            band: CoherenceBand(rawValue: table.cell("band", row)), clean: number("clean") ?? 0,
            reason: score == nil && !reason.isEmpty ? reason : nil,
            note: score != nil && !reason.isEmpty ? reason : nil, heartRate: nil)
    }

    private func link(_ row: [String], _ table: CSVTable, _ code: Code) throws(BundleError) -> LinkRecord {
        guard let event = LinkRecord.Event(rawValue: table.cell("event", row)),
            let t = Self.time(table.cell("t_s", row))
        else { throw damaged("links.csv", "a row of \(code) lacks its event or time") }
        return LinkRecord(
            code: code, segment: Self.count(table.cell("segment", row)) ?? 0, strap: table.cell("strap", row),
            event: event,
            t: t, rssi: Int(table.cell("rssi", row)), battery: Int(table.cell("battery", row)))
    }
}
