import Practice

/// A line of markers.csv.
struct MarkerRow: Sendable {
    let session: String
    let marker: MarkerRecord

    static let table = Table<MarkerRow>(
        file: "markers.csv",
        columns: [
            .text("session", "the session") { $0.session },
            .thousandths("t_s", unit: "s", "from the session's start") { $0.marker.t },
            .text("scope", range: "group|code", "whom it is about") { $0.marker.code == nil ? "group" : "code" },
            .text("code", "the code; empty for the group") { $0.marker.code?.description },
            .text("kind", range: "phase|mark|note|pause|resume|notice|import|stop", "what kind of mark") {
                $0.marker.kind
            },
            .text(
                "text", "its text; of a phase: its key, start or end, and er= with its family of emotion regulation"
            ) { $0.marker.text },
        ])

    /// The marks that were recorded and one for each begin and end of a phase, by time.
    static func all(of record: SessionRecord) -> [MarkerRow] {
        let phases = record.phases.flatMap { span in
            let family = span.phase.regulation.isEmpty ? "none" : span.phase.regulation
            let start = mark("\(span.phase.key) start er=\(family)", at: span.start)
            return [start] + (span.end.map { [mark("\(span.phase.key) end", at: $0)] } ?? [])
        }
        return (phases + record.markers).enumerated()
            .sorted { ($0.element.t, $0.offset) < ($1.element.t, $1.offset) }
            .map { MarkerRow(session: record.info.name, marker: $0.element) }
    }

    private static func mark(_ text: String, at t: Double) -> MarkerRecord {
        MarkerRecord(t: t, code: nil, kind: "phase", text: text)
    }
}
