/// A stretch of time in which a pacer leads the breath.
public struct PacedStretch: Sendable, Hashable {
    /// When it begins, seconds since the simulator's start.
    public var from: Double
    /// When it ends, seconds since the simulator's start; infinity when it has no end.
    public var to: Double
    /// Breaths a minute, 3 to 20.
    public var rate: Double
    /// How many times larger than at rest the heart-rate swing of one who follows wholly becomes, 1 to 6.
    public var depth: Double

    /// How much larger the swing becomes when the scenario says nothing.
    public static let defaultDepth = 2.5

    /// Makes a stretch.
    public init(from: Double, to: Double, rate: Double, depth: Double = defaultDepth) {
        self.from = from
        self.to = to
        self.rate = rate
        self.depth = depth
    }
}

/// When a pacer leads the breath, and how fast.
///
/// Hearts know it from here only: no call of a gateway reaches them.
public struct PacerSchedule: Sendable, Hashable {
    /// The paced stretches, in order of time, without overlap; rest lies between them.
    public var stretches: [PacedStretch]

    /// Makes a schedule of `stretches`.
    public init(_ stretches: [PacedStretch]) {
        self.stretches = stretches.sorted { $0.from < $1.from }
    }

    /// Rest for 90 s, then six breaths a minute without end.
    public static let standard = PacerSchedule([PacedStretch(from: 90, to: .infinity, rate: 6)])

    /// The stretch that holds `seconds` since the simulator's start; nil at rest.
    func stretch(at seconds: Double) -> PacedStretch? {
        stretches.first { $0.from <= seconds && seconds < $0.to }
    }
}
