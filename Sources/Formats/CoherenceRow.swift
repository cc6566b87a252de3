import HRV
import Practice

/// A line of coherence.csv.
struct CoherenceRow: Sendable {
    let session: String
    let code: String
    let reading: CoherenceReading

    static let table = Table<CoherenceRow>(
        file: "coherence.csv",
        columns: [
            .text("session", "the session") { $0.session },
            .text("code", "whose it is") { $0.code },
            .thousandths("t_s", unit: "s", "time of the update, from the session's start") { $0.reading.t },
            .number("score", range: "0 to about 5.9", "ln(1 + ep) of \(Coherence.definition) over the last 64 s") {
                $0.reading.score
            },
            .number("pct", unit: "%", range: "0 to 100", "share of the peak in the power from 0.0033 to 0.4 Hz") {
                $0.reading.pct
            },
            .number("ratio", range: "from 0", "power of the peak over all other power") { $0.reading.ratio },
            .number("peak_hz", unit: "Hz", range: "0.04 to 0.26", "frequency of the peak") { $0.reading.peakHz },
            .text("band", range: "low|medium|high", CoherenceBands.standard.description) { $0.reading.band?.rawValue },
            .number("clean", range: "0 to 1", "share of the window's beats that are neither corrected nor irregular") {
                $0.reading.clean
            },
            .text("reason", "why there is no score, or what to know about it") {
                $0.reading.reason ?? $0.reading.note
            },
        ])
}
