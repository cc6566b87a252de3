/// How a group's number differs between baseline and practice, over the codes whose changes count.
///
/// One session without a control group: this describes what happened, and says nothing of why.
public struct GroupEffect: Sendable, Hashable {
    /// What is compared.
    public var measure: ChangeMeasure
    /// Codes whose changes count.
    public var used: Int
    /// Codes in all.
    public var of: Int
    /// Median of the changes; nil when none counts.
    public var medianDelta: Double?
    /// Codes that went up.
    public var up: Int
    /// Codes that went down.
    public var down: Int
    /// Cohen's dz and Hedges' g with exact intervals; nil for fewer than three codes, or when all changes are alike.
    public var effect: PairedEffect?
    /// Matched-pairs rank-biserial correlation, -1 to 1; nil when nobody changed.
    public var rankBiserial: Double?

    /// Why a figure is not there; nil when all are.
    public var reason: String? {
        if used == 0 { return "no code has both baseline and practice" }
        if used < PairedEffect.leastPairs { return "fewer than \(PairedEffect.leastPairs) codes: no paired effect" }
        if effect == nil { return "all changes are alike: no paired effect" }
        return nil
    }

    /// The effects of every measure, in their order; empty without codes.
    public static func all(of changes: [CodeChange]) -> [GroupEffect] {
        guard !changes.isEmpty else { return [] }
        return ChangeMeasure.allCases.map { measure in GroupEffect(measure, changes.filter { $0.measure == measure }) }
    }

    init(_ measure: ChangeMeasure, _ changes: [CodeChange]) {
        self.measure = measure
        let deltas = changes.compactMap(\.delta)
        used = deltas.count
        of = changes.count
        medianDelta = Quartiles(deltas)?.median
        up = deltas.count { $0 > 0 }
        down = deltas.count { $0 < 0 }
        effect = PairedEffect(differences: deltas)
        rankBiserial = SignedRank(differences: deltas, zeros: .wilcox)?.rankBiserial
    }
}
