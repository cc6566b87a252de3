public import HRV

/// What a person is held against: nobody but themselves, by the first full window that had a score.
public struct PersonalYardstick: Sendable, Hashable {
    /// How a later window stands to the first.
    public enum Standing: String, Sendable, Hashable, CaseIterable {
        /// At least one cell of the bar more.
        case smoother
        /// Less than a cell apart.
        case same
        /// At least one cell of the bar less.
        case rougher
    }

    /// How far apart two scores are told apart, `open-coherence-1`; ours: one cell of a bar of ten that is full at 5.
    public static let leastDifference = 0.5

    /// The first score; nil until there is one.
    public private(set) var first: Double?

    /// When the first window ended, seconds.
    private var end = 0.0
    private var later: [Double] = []

    /// Nothing measured yet.
    public init() {}

    /// Takes an update in the order of time.
    /// - Returns: how its window stands to the first; nil without a score, for the first itself, and for a window that
    ///   shares time with it.
    public mutating func take(_ update: CoherenceUpdate) -> Standing? {
        update.result.flatMap { take($0.score, endsAt: update.tEnd) }
    }

    /// Takes the score of a window of 64 s that ends at `t`, seconds, in the order of time.
    /// - Returns: the same.
    public mutating func take(_ score: Double, endsAt t: Double) -> Standing? {
        guard let first else {
            self.first = score
            end = t
            return nil
        }
        guard t - CoherenceWindow.seconds >= end else { return nil }
        later.append(score)
        return Self.standing(of: score, to: first)
    }

    /// The mean score of all windows that share no time with the first; nil when there was none.
    public var laterMean: Double? { later.isEmpty ? nil : later.reduce(0, +) / Double(later.count) }

    /// How all of them together stand to the first; nil when there was none.
    public var overall: Standing? {
        guard let first, let laterMean else { return nil }
        return Self.standing(of: laterMean, to: first)
    }

    private static func standing(of score: Double, to first: Double) -> Standing {
        if score >= first + leastDifference { return .smoother }
        return score <= first - leastDifference ? .rougher : .same
    }
}
