import HRV

extension SessionSummary {
    /// Below this clean share a phase's numbers do not count.
    static let leastClean = 0.80

    /// Sums a session up from the numbers of its phases.
    public init(info: SessionInfo, seconds: Double, phases: [PhaseSummary], rhythms: [GroupRhythm] = []) {
        let byCode = Dictionary(grouping: phases, by: \.code)
        var rows = byCode.keys.sorted().map { Row(code: $0, phases: byCode[$0] ?? [], script: info.script) }
        for index in rows.indices where info.codes[rows[index].code] == .session {
            let isDeleted = byCode[rows[index].code]?.allSatisfy { $0.beats == 0 } == true
            if isDeleted { rows[index].use = .no("agreed to the session only: deleted at its end") }
        }
        self.init(
            session: info.name, script: info.script.name, seconds: seconds, rows: rows, group: GroupChange(rows: rows),
            rhythms: rhythms, withdrawn: info.withdrawnCount)
    }
}

extension SessionSummary.Row {
    fileprivate init(code: Code, phases: [PhaseSummary], script: Script) {
        let analysed = Set(script.phases.filter(\.isAnalysed).map(\.key))
        let measured = phases.filter { analysed.contains($0.phase) && $0.beats > 0 }
        let beats = measured.reduce(0) { $0 + $1.beats }
        let clean = measured.reduce(0.0) { $0 + ($1.clean ?? 0) * Double($1.beats) }
        let keys = { (isWanted: (Phase) -> Bool) in Set(script.phases.filter(isWanted).map(\.key)) }
        let practice = phases.filter { keys(\.isPractice).contains($0.phase) }
        let baseline = phases.filter { keys(\.isBaseline).contains($0.phase) }
        let recovery = phases.filter { keys(\.isRecovery).contains($0.phase) }
        self.init(
            code: code, clean: beats == 0 ? nil : clean / Double(beats),
            use: Self.use(baseline: baseline, practice: practice, script: script))
        if case .no = use { return }
        self.baseline = Self.mean(baseline)
        self.practice = Self.mean(practice)
        self.recovery = Self.mean(recovery)
        if let before = self.baseline, let after = self.practice { change = after - before }
        low = Self.share(.low, practice)
        medium = Self.share(.medium, practice)
        high = Self.share(.high, practice)
    }

    private static func use(
        baseline: [PhaseSummary], practice: [PhaseSummary], script: Script
    ) -> SessionSummary.Use {
        let all = baseline + practice
        guard all.contains(where: { $0.beats > 0 }) else { return .no("no beats") }
        for phase in all where phase.beats > 0 && (phase.clean ?? 0) < SessionSummary.leastClean {
            let title = script.phases.first { $0.key == phase.phase }?.title ?? phase.phase
            return .no("too few clean beats in \(title) (limit 80 %)")
        }
        guard practice.contains(where: { $0.coherenceMean != nil }) else {
            return .no(practice.compactMap { $0.reasons["coherence_mean"] }.last ?? "no practice phase")
        }
        // A script without a baseline has nothing missing: its practice stands alone.
        guard script.phases.contains(where: \.isBaseline) else { return .yes }
        guard baseline.contains(where: { $0.coherenceMean != nil }) else {
            return .part(
                baseline.compactMap { $0.reasons["coherence_mean"] }.last.map { "no baseline: \($0)" }
                    ?? "no baseline")
        }
        return .yes
    }

    /// The mean over updates of several phases.
    private static func mean(_ phases: [PhaseSummary]) -> Double? {
        let scored = phases.compactMap { phase in
            phase.coherenceMean.map { (sum: $0 * Double(phase.scoredUpdates), count: phase.scoredUpdates) }
        }
        let count = scored.reduce(0) { $0 + $1.count }
        return count == 0 ? nil : scored.reduce(0) { $0 + $1.sum } / Double(count)
    }

    private static func share(_ band: CoherenceBand, _ phases: [PhaseSummary]) -> Double? {
        let whole = phases.reduce(0) { $0 + $1.scoredUpdates }
        return whole == 0 ? nil : Double(phases.reduce(0) { $0 + ($1.bandCounts[band] ?? 0) }) / Double(whole)
    }
}

extension PhaseSummary {
    /// Updates that have a score.
    var scoredUpdates: Int { bandCounts.values.reduce(0, +) }
}

extension SessionSummary.GroupChange {
    fileprivate init?(rows: [SessionSummary.Row]) {
        let changes = rows.filter { $0.use == .yes }.compactMap(\.change)
        guard let median = changes.median else { return nil }
        self.init(
            used: changes.count, of: rows.count, medianChange: median, up: changes.count { $0 > 0 },
            effect: PairedEffect(differences: changes))
    }
}
