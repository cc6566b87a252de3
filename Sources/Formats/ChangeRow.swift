import Practice

/// A line of change.csv: one code and one measure, baseline to practice.
struct ChangeRow: Sendable {
    let change: CodeChange

    static let table = Table<ChangeRow>(
        file: "change.csv",
        columns: [
            .text("code", "whose it is; by code, never by size") { $0.change.code.description },
            .text("from", "keys of the baseline phases, joined by +; empty when the script has none") {
                $0.change.from
            },
            .text("to", "keys of the practice phases, joined by +") { $0.change.to },
            .text("measure", range: words, "what is compared: a column of summary.csv") { $0.change.measure.rawValue },
            .number("before", "mean of the baseline, weighed by updates (coherence_mean) or beats") {
                $0.change.before
            },
            .number("after", "mean of practice, weighed likewise") { $0.change.after },
            .number("delta", "after - before; no claim about one person") { $0.change.delta },
            .text("used", range: "yes|part|no", "whether it counts for group.csv") {
                switch $0.change.use {
                case .yes: "yes"
                case .part: "part"
                case .no: "no"
                }
            },
            .text("reason", "why it does not count") { $0.change.reason },
        ])

    private static let words = ChangeMeasure.allCases.map(\.rawValue).joined(separator: "|")
}

/// A line of group.csv: the change of the group in one measure.
struct GroupEffectRow: Sendable {
    let effect: GroupEffect

    static let table = Table<GroupEffectRow>(
        file: "group.csv",
        columns: [
            .text("measure", "what is compared: a column of summary.csv; one session, no control group") {
                $0.effect.measure.rawValue
            },
            .integer("n", range: "from 0", "codes that count; the others stand in change.csv with their reasons") {
                $0.effect.used
            },
            .number("median_delta", "median of their changes") { $0.effect.medianDelta },
            .integer("up", range: "from 0", "how many went up") { $0.effect.up },
            .integer("down", range: "from 0", "how many went down") { $0.effect.down },
            .number("dz", "mean of the changes over their standard deviation (n - 1); from three codes on") {
                $0.effect.effect?.dz
            },
            .number("g", "Hedges' g: dz without its bias in small groups") { $0.effect.effect?.g },
            .number("ci_lo", "lower end of the 95 % interval of dz, exact by the noncentral t; of g: times g / dz") {
                $0.effect.effect?.low
            },
            .number("ci_hi", "upper end of the same") { $0.effect.effect?.high },
            .number("rbc", range: "-1 to 1", "matched-pairs rank-biserial correlation") { $0.effect.rankBiserial },
            .text("reason", "why a cell is empty") { $0.effect.reason },
        ])
}
