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
        let changes = CodeChange.all(rows: rows, phases: phases, script: info.script)
        let effects = GroupEffect.all(of: changes)
        self.init(
            session: info.name, script: info.script.name, seconds: seconds, rows: rows,
            group: effects.first { $0.measure == .coherence }.flatMap(GroupChange.init), changes: changes,
            effects: effects, rhythms: rhythms, withdrawn: info.withdrawnCount)
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
        self.baseline = ChangeMeasure.coherence.mean(of: baseline)
        self.practice = ChangeMeasure.coherence.mean(of: practice)
        self.recovery = ChangeMeasure.coherence.mean(of: recovery)
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
    fileprivate init?(_ effect: GroupEffect) {
        guard let median = effect.medianDelta else { return nil }
        self.init(
            used: effect.used, of: effect.of, medianChange: median, up: effect.up, down: effect.down,
            effect: effect.effect, rankBiserial: effect.rankBiserial)
    }
}
