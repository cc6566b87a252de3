import HRV
import HeartRate
import Practice

/// A line of beats.csv.
struct BeatRow: Sendable {
    static let schema = "entrain.beats/1"

    let session: String
    let code: String
    let beat: Beat
    let label: BeatLabel?
    let phase: String?

    static let table = Table<BeatRow>(
        file: "beats.csv",
        columns: [
            .text("schema", range: schema, "what this file is, and its version") { _ in schema },
            .text("session", "the session") { $0.session },
            .text("code", "whose it is") { $0.code },
            .integer("seq", range: "from 1", "running number within the code") { $0.beat.sequence },
            .thousandths("t_s", unit: "s", "end of the interval, from the session's start; empty for flushed beats") {
                $0.beat.end
            },
            .integer(
                "rr_1024", unit: "1/1024 s", range: "1 to 65535",
                "the interval as the strap sent it; empty for an imported file, which does not tell"
            ) { $0.beat.importedMilliseconds == nil ? Int($0.beat.ticks) : nil },
            Column(
                name: "rr_ms", kind: .number, unit: "ms", range: "",
                meaning: "rr_1024 * 1000 / 1024; of an imported file: the interval with every digit it had"
            ) { row in
                row.beat.importedMilliseconds.map { .number($0) } ?? .thousandths(row.beat.milliseconds)
            },
            .text("contact", range: "yes|no|unknown", "skin contact as the strap tells it; a hint only") {
                $0.beat.contact.rawValue
            },
            .text(
                "flag", range: "ok|gap-before|flushed",
                "gap-before: beats are missing before it; flushed: older than the connection, outside every number"
            ) { $0.beat.flag.rawValue },
            .text(
                "label", range: "N|E|S|L|M|X",
                "artefact step: normal, ectopic, short, long, missed beat inside, extra beat; raw values stay"
            ) { $0.label?.description },
            .text("phase", "key of the phase that t_s lies in") { $0.phase },
            .integer("segment", range: "from 1", "gap-free stretch; no difference is taken across two") {
                $0.beat.segment
            },
            .integer("packet", range: "from 1", "the packet in packets.csv it came in; empty for an imported file") {
                $0.beat.packet > 0 ? $0.beat.packet : nil
            },
        ])
}
