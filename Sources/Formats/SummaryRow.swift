import HRV
import Practice

/// A line of summary.csv: one code in one phase.
struct SummaryRow: Sendable {
    let session: String
    let summary: PhaseSummary

    static let table = Table<SummaryRow>(
        file: "summary.csv",
        columns: [
            .text("session", "the session") { $0.session },
            .text("code", "whose it is") { $0.summary.code.description },
            .text("phase", "key of the phase") { $0.summary.phase },
            .thousandths("seconds", unit: "s", "length of the phase") { $0.summary.seconds },
            .integer("beats", range: "from 0", "beats that count; flushed ones do not") { $0.summary.beats },
            .integer("gaps", range: "from 0", "gaps inside the phase") { $0.summary.gaps },
            .number("clean", range: "0 to 1", "share of beats that are neither corrected nor irregular") {
                $0.summary.clean
            },
        ] + timeColumns + coherenceColumns + [
            .text("follows_pacer", range: "yes|no", "whether peak_hz is less than 0.01 Hz from the pacer") {
                $0.summary.followsPacer.map { $0 ? "yes" : "no" }
            },
            .text("reason", "why a cell is empty: column, colon, sentence; several parted by semicolons") {
                $0.reason
            },
        ])

    private static let timeColumns: [Column<SummaryRow>] = [
        .number("mean_hr", unit: "1/min", "mean heart rate, 60000 / mean_nn") { $0.summary.meanHeartRate },
        .number("mean_nn", unit: "ms", "mean of the corrected intervals") { $0.summary.meanNN },
        .number("sdnn", unit: "ms", "their standard deviation (n - 1)") { $0.summary.sdnn },
        .number("rmssd", unit: "ms", "root mean square of successive differences") { $0.summary.rmssd },
        .number("ln_rmssd", "natural logarithm of rmssd in ms") { $0.summary.lnRMSSD },
    ]

    private static let coherenceColumns: [Column<SummaryRow>] = [
        .number("coherence_mean", "mean score of the windows wholly inside the phase (\(Coherence.definition))") {
            $0.summary.coherenceMean
        },
        .number("coherence_median", "median of the same") { $0.summary.coherenceMedian },
        .number("pct_mean", unit: "%", range: "0 to 100", "mean share of the peak") { $0.summary.pctMean },
        .number("low", range: "0 to 1", "share of the scores in the low band; \(CoherenceBands.standard)") {
            $0.summary.share(of: .low)
        },
        .number("medium", range: "0 to 1", "share in the medium band") { $0.summary.share(of: .medium) },
        .number("high", range: "0 to 1", "share in the high band") { $0.summary.share(of: .high) },
        .number("peak_hz", unit: "Hz", range: "0.04 to 0.26", "median frequency of the peak") { $0.summary.peakHz },
    ]

    /// Reasons in the order of the columns.
    private var reason: String? {
        let order = ["clean"] + (Self.timeColumns + Self.coherenceColumns).map(\.name) + ["follows_pacer"]
        let known = order.filter { summary.reasons[$0] != nil }
        let others = summary.reasons.keys.filter { !order.contains($0) }.sorted()
        let parts = (known + others).compactMap { name in summary.reasons[name].map { "\(name): \($0)" } }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
}
