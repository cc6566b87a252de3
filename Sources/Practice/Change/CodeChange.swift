/// How one code's number differs between baseline and practice: a description, without any test of one person.
public struct CodeChange: Sendable, Hashable {
    /// The code.
    public var code: Code
    /// Keys of the baseline phases, joined by `+`; empty when the script has none.
    public var from: String
    /// Keys of the practice phases, joined by `+`; empty when the script has none.
    public var to: String
    /// What is compared.
    public var measure: ChangeMeasure
    /// The number in the baseline.
    public var before: Double?
    /// The number in practice.
    public var after: Double?
    /// Whether the change counts for the group, and why not.
    public var use: SessionSummary.Use

    /// Practice less baseline; nil when the change does not count.
    public var delta: Double? {
        guard use == .yes, let before, let after else { return nil }
        return after - before
    }

    /// Why the change does not count; nil when it does.
    public var reason: String? {
        switch use {
        case .yes: nil
        case .part(let reason), .no(let reason): reason
        }
    }

    /// The changes of every code, by code, then in the order of the measures.
    /// - Parameters:
    ///   - rows: the codes with their quality as the summary judges it.
    ///   - phases: numbers of every code and phase.
    ///   - script: which phases are baseline and practice.
    /// - Returns: one change a code and measure.
    static func all(rows: [SessionSummary.Row], phases: [PhaseSummary], script: Script) -> [CodeChange] {
        let baseline = script.phases.filter(\.isBaseline).map(\.key)
        let practice = script.phases.filter(\.isPractice).map(\.key)
        let byCode = Dictionary(grouping: phases, by: \.code)
        return rows.flatMap { row in
            let own = byCode[row.code] ?? []
            return ChangeMeasure.allCases.map { measure in
                CodeChange(
                    row, measure, from: baseline, to: practice,
                    before: own.filter { baseline.contains($0.phase) },
                    after: own.filter { practice.contains($0.phase) })
            }
        }
    }

    private init(
        _ row: SessionSummary.Row, _ measure: ChangeMeasure, from: [String], to: [String], before: [PhaseSummary],
        after: [PhaseSummary]
    ) {
        code = row.code
        self.measure = measure
        self.from = from.joined(separator: "+")
        self.to = to.joined(separator: "+")
        use = row.use
        if case .no = use { return }
        self.before = measure.mean(of: before)
        self.after = measure.mean(of: after)
        guard use == .yes, self.before == nil || self.after == nil else { return }
        if from.isEmpty {
            use = .no("the script has no baseline")
        } else {
            let lacking = self.before == nil ? before : after
            let reason = lacking.compactMap { $0.reasons[measure.rawValue] }.last
            use = .no(reason ?? "no number in \(self.before == nil ? self.from : self.to)")
        }
    }
}
