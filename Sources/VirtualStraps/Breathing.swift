import Glibc

/// The breath of one student, breath by breath: uneven at rest, led by the pacer when there is one and it is followed.
///
/// At rest each breath draws its own length and size (coefficient of variation as in Tobin et al. 1988, Chest 94:1202).
/// Under a pacer a follower takes the pacer's rate, steers towards its phase, and the swing grows within two breaths, as
/// it does near the resonance of the baroreflex (Vaschillo et al. 2002, Appl Psychophysiol Biofeedback 27:1).
struct Breathing: Sendable {
    /// Time constant with which the swing grows and shrinks, seconds.
    private static let settling = 8.0
    /// How evenly a follower breathes: standard deviation of a paced breath's length, as a share.
    private static let pacedVariation = 0.07
    /// How many breaths one who follows partly keeps to what they do.
    private static let episode = 4

    private let parameters: HeartParameters
    private let schedule: PacerSchedule
    private var random: SplitMix64
    private var phase: Double
    private var stretch: PacedStretch?
    private var breathLength = 1.0
    private var breathSize = 1.0
    private var breathsLeft = 0
    private var size = 1.0
    /// Whether the breath that is under way keeps to the pacer.
    private(set) var isFollowing = false

    init(parameters: HeartParameters, schedule: PacerSchedule, random: SplitMix64) {
        self.parameters = parameters
        self.schedule = schedule
        self.random = random
        phase = self.random.uniform()
        drawBreath()
    }

    /// Goes on by `step` seconds, to `seconds` since the start.
    /// - Returns: the swing of the heart rate as a share of its mean; positive while breathing in.
    mutating func advance(by step: Double, to seconds: Double) -> Double {
        let current = schedule.stretch(at: seconds)
        if current != stretch {
            stretch = current
            breathsLeft = 0
            drawBreath()
        }
        phase += step * frequency(at: seconds)
        if phase >= 1 {
            phase -= phase.rounded(.down)
            drawBreath()
        }
        let target = isFollowing ? (stretch?.depth ?? 1) * (0.5 + 0.5 * parameters.following) : 1
        size += (target - size) * min(1, step / Self.settling)
        return parameters.breathingDepth * size * breathSize * sin(2 * .pi * phase)
    }

    private func frequency(at seconds: Double) -> Double {
        guard isFollowing, let stretch else { return parameters.breathingRate / 60 / breathLength }
        let frequency = stretch.rate / 60
        let leader = (seconds - stretch.from) * frequency
        var behind = leader - phase
        behind -= behind.rounded()
        return frequency / breathLength * (1 + 0.4 * behind)
    }

    private mutating func drawBreath() {
        breathsLeft -= 1
        let chance = random.uniform()
        if stretch == nil {
            isFollowing = false
        } else if breathsLeft < 0 {
            isFollowing = chance < parameters.following
            breathsLeft = Self.episode
        }
        let variation = isFollowing ? Self.pacedVariation : parameters.breathingVariation
        breathLength = max(0.4, 1 + variation * random.normal())
        breathSize = max(0.2, 1 + variation * random.normal())
    }
}
