public import HRV
import HeartRate
public import Practice
import Timekeeping

/// A session as the files people take away: tables as CSV (RFC 4180, UTF-8, LF) and what stands behind them as JSON.
public enum SessionBundle {
    /// One file.
    public struct File: Sendable, Hashable {
        /// Its name, such as `beats.csv`.
        public let name: String
        /// Everything in it.
        public let bytes: [UInt8]

        /// Makes a file.
        public init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// Labels of beats, by code and sequence number, as the artefact step gave them.
    public typealias Labels = [Code: [Int: BeatLabel]]

    /// How many bytes are gathered before they are handed on.
    static let chunk = 65_536

    /// The names of the files, in the order they are written.
    public static let fileNames = [
        "session.json", PacketRow.table.file, BeatRow.table.file, CoherenceRow.table.file, PhaseRow.table.file,
        MarkerRow.table.file, LinkRow.table.file, SummaryRow.table.file,
        ChangeRow.table.file, GroupEffectRow.table.file, GroupCoherenceRow.table.file, CodebookEntry.table.file,
    ]

    /// Every file of a session, whole in memory.
    /// - Parameters:
    ///   - record: what was recorded.
    ///   - labels: labels of its beats; a beat without one has an empty cell.
    ///   - summaries: the lines of summary.csv, in their order.
    ///   - rhythms: the lines of group_coherence.csv, in their order.
    /// - Returns: the files in the order of `fileNames`.
    public static func files(
        of record: SessionRecord, labels: Labels, summaries: [PhaseSummary], rhythms: [GroupRhythm] = []
    ) -> [File] {
        fileNames.map { name in
            var bytes: [UInt8] = []
            write(name, of: record, labels: labels, summaries: summaries, rhythms: rhythms) { bytes += $0 }
            return File(name: name, bytes: bytes)
        }
    }

    /// One file of a session, in pieces of about 64 kB, so that a long session needs no room for its text.
    /// - Parameters:
    ///   - name: one of `fileNames`; nothing is handed on for another.
    ///   - record: what was recorded.
    ///   - labels: labels of its beats; a beat without one has an empty cell.
    ///   - summaries: the lines of summary.csv, in their order.
    ///   - rhythms: the lines of group_coherence.csv, in their order.
    ///   - sink: takes the pieces.
    /// - Throws: what `sink` throws.
    public static func write<Failure: Error>(
        _ name: String, of record: SessionRecord, labels: Labels, summaries: [PhaseSummary],
        rhythms: [GroupRhythm] = [], to sink: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let session = record.info.name
        switch name {
        case PacketRow.table.file:
            try write(PacketRow.table, record.packets, to: sink) { PacketRow(session: session, packet: $0) }
        case BeatRow.table.file:
            var names = CodeNames()
            try write(BeatRow.table, record.beats, to: sink) { row(of: $0, in: record, labels: labels, &names) }
        case CoherenceRow.table.file:
            try write(CoherenceRow.table, record.coherence, to: sink) {
                CoherenceRow(session: session, code: $0.code.description, reading: $0.reading)
            }
        case PhaseRow.table.file:
            try write(PhaseRow.table, record.phases, to: sink) { PhaseRow(session: session, span: $0) }
        case MarkerRow.table.file: try write(MarkerRow.table, MarkerRow.all(of: record), to: sink) { $0 }
        case LinkRow.table.file:
            try write(LinkRow.table, record.links, to: sink) { LinkRow(session: session, link: $0) }
        case SummaryRow.table.file:
            try write(SummaryRow.table, summaries, to: sink) { SummaryRow(session: session, summary: $0) }
        case ChangeRow.table.file:
            try write(ChangeRow.table, changes(of: record, summaries).changes, to: sink) { ChangeRow(change: $0) }
        case GroupEffectRow.table.file:
            let effects = changes(of: record, summaries).effects
            try write(GroupEffectRow.table, effects, to: sink) { GroupEffectRow(effect: $0) }
        case GroupCoherenceRow.table.file:
            try write(GroupCoherenceRow.table, rhythms, to: sink) { GroupCoherenceRow(session: session, rhythm: $0) }
        case CodebookEntry.table.file: try write(CodebookEntry.table, codebook, to: sink) { $0 }
        case "session.json": try sink(SessionJSON.value(of: record).bytes)
        default: break
        }
    }

    /// Every column of every table.
    static let codebook: [CodebookEntry] =
        PacketRow.table.entries + BeatRow.table.entries + CoherenceRow.table.entries + PhaseRow.table.entries
        + MarkerRow.table.entries + LinkRow.table.entries + SummaryRow.table.entries + ChangeRow.table.entries
        + GroupEffectRow.table.entries + GroupCoherenceRow.table.entries + CodebookEntry.table.entries

    private static func changes(of record: SessionRecord, _ summaries: [PhaseSummary]) -> SessionSummary {
        SessionSummary(info: record.info, seconds: record.info.seconds ?? record.lastMoment, phases: summaries)
    }

    private static func row(
        of record: BeatRecord, in session: SessionRecord, labels: Labels, _ names: inout CodeNames
    ) -> BeatRow {
        BeatRow(
            session: session.info.name, code: names[record.code], beat: record.beat,
            label: labels[record.code]?[record.beat.sequence],
            phase: record.beat.end.flatMap { session.phase(at: $0)?.phase.key })
    }

    private static func write<Element, Row, Failure: Error>(
        _ table: Table<Row>, _ elements: [Element], to sink: ([UInt8]) throws(Failure) -> Void,
        row: (Element) -> Row
    ) throws(Failure) {
        var bytes: [UInt8] = []
        table.writeHeader(into: &bytes)
        for element in elements {
            table.write(row(element), into: &bytes)
            if bytes.count >= chunk {
                try sink(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        if !bytes.isEmpty { try sink(bytes) }
    }
}

/// The text of codes, each made once.
private struct CodeNames {
    private var texts: [Code: String] = [:]

    subscript(code: Code) -> String {
        mutating get {
            if let text = texts[code] { return text }
            let text = code.description
            texts[code] = text
            return text
        }
    }
}
