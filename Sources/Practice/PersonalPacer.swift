/// A breathing pacer for one: its rate changes in the middle of a breath without a jump, and it can stand still.
public struct PersonalPacer: Sendable, Hashable {
    /// Rates it takes, breaths a minute.
    public static let rates = 4.0...12.0
    /// What one key changes, breaths a minute.
    public static let step = 0.5

    /// Its shape: equal in and out, no hold.
    public private(set) var pacer: Pacer

    /// Breaths until `since`.
    private var breaths = 0.0
    private var since: Double
    private var isStill = false

    /// A pacer that begins to breathe in at `t`, seconds.
    public init(rate: Double, at t: Double) {
        pacer = Pacer(rate: min(max(rate, Self.rates.lowerBound), Self.rates.upperBound))
        since = t
    }

    /// The breath at a moment.
    public func position(at t: Double) -> Pacer.Position {
        let breaths = breaths(at: t)
        return pacer.position(at: (breaths - breaths.rounded(.down)) * 60 / pacer.rate)
    }

    /// Makes it so many steps faster, or slower with a negative number, as far as its rates go.
    public mutating func change(by steps: Int, at t: Double) {
        settle(at: t)
        let wanted = pacer.rate + Double(steps) * Self.step
        pacer = Pacer(rate: min(max(wanted, Self.rates.lowerBound), Self.rates.upperBound))
    }

    /// Stands still, or goes on where it stood.
    public mutating func setStill(_ isStill: Bool, at t: Double) {
        settle(at: t)
        self.isStill = isStill
    }

    private func breaths(at t: Double) -> Double {
        isStill ? breaths : breaths + max(0, t - since) * pacer.rate / 60
    }

    private mutating func settle(at t: Double) {
        breaths = breaths(at: t)
        since = max(since, t)
    }
}
