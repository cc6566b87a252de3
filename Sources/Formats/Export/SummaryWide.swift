import HRV
import Practice

/// summary_wide.csv: one row a code, the numbers of every phase side by side, as SPSS and batch tables of Kubios want it.
struct SummaryWide {
    /// A code and its numbers by phase.
    struct Row: Sendable {
        let session: String
        let code: Code
        let phases: [String: PhaseSummary]
    }

    let table: Table<Row>
    let rows: [Row]

    /// - Parameters:
    ///   - session: its name.
    ///   - summaries: the numbers; a phase that was paused stands there twice, its longer part counts.
    init(session: String, summaries: [PhaseSummary]) {
        var keys: [String] = []
        for summary in summaries where !keys.contains(summary.phase) && summary.phase != Phase.pause.key {
            keys.append(summary.phase)
        }
        table = Table(
            file: "summary_wide.csv",
            columns: [
                .text("session", "the session") { $0.session }, .text("code", "whose it is") { $0.code.description },
            ] + keys.flatMap(Self.columns))
        rows = Dictionary(grouping: summaries, by: \.code).sorted { $0.key < $1.key }.map { code, own in
            Row(
                session: session, code: code,
                phases: Dictionary(own.map { ($0.phase, $0) }) { $0.seconds >= $1.seconds ? $0 : $1 })
        }
    }

    private static func columns(of phase: String) -> [Column<Row>] {
        let prefix = phase.replacing("-", with: "_") + "_"
        let keys = phase
        func number(
            _ name: String, _ unit: String = "", _ meaning: String,
            _ value: @escaping @Sendable (PhaseSummary) -> Double?
        ) -> Column<Row> {
            .number(prefix + name, unit: unit, "\(meaning), in phase \(keys); as in summary.csv") { row in
                row.phases[keys].flatMap(value)
            }
        }
        return [
            .integer(prefix + "beats", "beats that count, in phase \(keys); as in summary.csv") {
                $0.phases[keys]?.beats
            },
            number("clean", "", "share of clean beats") { $0.clean },
            number("mean_hr", "1/min", "mean heart rate") { $0.meanHeartRate },
            number("mean_nn", "ms", "mean of the corrected intervals") { $0.meanNN },
            number("sdnn", "ms", "their standard deviation") { $0.sdnn },
            number("rmssd", "ms", "root mean square of successive differences") { $0.rmssd },
            number("ln_rmssd", "", "its natural logarithm") { $0.lnRMSSD },
            number("coherence_mean", "", "mean score") { $0.coherenceMean },
            number("coherence_median", "", "median score") { $0.coherenceMedian },
            number("pct_mean", "%", "mean share of the peak") { $0.pctMean },
            number("low", "", "share of the scores in the low band") { $0.share(of: .low) },
            number("medium", "", "share in the medium band") { $0.share(of: .medium) },
            number("high", "", "share in the high band") { $0.share(of: .high) },
            number("peak_hz", "Hz", "median frequency of the peak") { $0.peakHz },
        ]
    }

    /// Header and rows.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        table.writeHeader(into: &bytes)
        for row in rows { table.write(row, into: &bytes) }
        return bytes
    }
}
