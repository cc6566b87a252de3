import HRV
import HeartRate
import Practice

/// beats.csv with the corrected intervals in columns of their own; the raw ones stay as they are.
enum CleanBeats {
    private struct Row: Sendable {
        let beat: BeatRow
        let part: CleanIntervals.Part?
    }

    private static let extra: [Column<Row>] = [
        .integer(
            "clean_count", range: "0|1|2",
            "corrected intervals in place of this one: 0 joined with the next, 2 a missed beat was put in the middle"
        ) { $0.part?.count },
        .thousandths("clean_ms", unit: "ms", "their sum; empty where there is none, and for flushed beats") {
            $0.part.flatMap { $0.count == 0 ? nil : $0.milliseconds }
        },
    ]

    private static let table = Table<Row>(
        file: BeatRow.table.file,
        columns: BeatRow.table.columns.map { $0.of { (row: Row) in row.beat } } + extra)

    /// The lines of the extra columns in codebook.csv.
    static var entries: [CodebookEntry] { Array(table.entries.suffix(extra.count)) }

    static func write(
        _ record: SessionRecord, _ labels: SessionBundle.Labels, _ replays: [Code: CodeReplay], to sink: ExportFile.Sink
    ) throws {
        let parts = replays.mapValues { CleanIntervals($0).bySequence }
        var bytes: [UInt8] = []
        table.writeHeader(into: &bytes)
        for beat in record.beats {
            let row = BeatRow(
                session: record.info.name, code: beat.code.description, beat: beat.beat,
                label: labels[beat.code]?[beat.beat.sequence],
                phase: beat.beat.end.flatMap { record.phase(at: $0)?.phase.key })
            table.write(Row(beat: row, part: parts[beat.code]?[beat.beat.sequence]), into: &bytes)
            if bytes.count >= SessionBundle.chunk {
                try sink(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try sink(bytes)
    }
}

extension Column {
    /// The same column of rows that hold such a row.
    fileprivate func of<Whole: Sendable>(_ part: @escaping @Sendable (Whole) -> Row) -> Column<Whole> {
        Column<Whole>(
            name: name, kind: Column<Whole>.Kind(rawValue: kind.rawValue) ?? .text, unit: unit, range: range,
            meaning: meaning
        ) { cell(part($0)) }
    }
}
