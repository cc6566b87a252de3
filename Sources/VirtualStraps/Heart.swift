/// A simulated heart and the electrodes on it: where its beats fall, and which intervals a strap makes of them.
///
/// Integral pulse frequency modulation (Hyndman and Mohn 1975; de Boer et al. 1985, IEEE TBME 32:71): a beat falls
/// whenever the integral of the modulated rate reaches a threshold of 1,
///
///     rate(t) = meanRate/60 * (1 + breath(t) + mayer(t) + wander(t))
///
/// with the breath of ``HeartParameters/breathingRate``, a Mayer wave at 0.1 Hz, 1/f wandering that is held during a beat,
/// and noise on each threshold. An ectopic beat is a threshold of 0.60 to 0.75 followed by one that makes up for it. The
/// electrodes may miss a beat or see one too many. The same parameters and seed give the same intervals.
///
/// Intervals are whole 1/1024 s; the remainder is carried on, so that their sum follows true time within one tick.
public struct Heart: Sendable {
    /// Step of the integration, seconds.
    private static let step = 1.0 / 16
    /// The modulated rate never falls below this share of the mean.
    private static let slowest = 0.35

    private let parameters: HeartParameters
    private var random: SplitMix64
    private var breathing: Breathing
    private var mayer: MayerWave
    private var wander: Wander
    private var steps = 0
    private var rate = 0.0
    private var held = 0.0
    private var integral = 0.0
    private var threshold = 1.0
    private var owed: Double?
    private var lastBeat = 0.0
    private var next = 0.0
    private var lastTick = 0
    private var missedLast = false

    /// A heart at second zero.
    public init(parameters: HeartParameters, schedule: PacerSchedule, seed: UInt64) {
        self.parameters = parameters
        random = SplitMix64(seed: seed)
        breathing = Breathing(
            parameters: parameters, schedule: schedule, random: SplitMix64(seed: seed, index: 0))
        mayer = MayerWave(step: Self.step, random: &random)
        wander = Wander(random: &random)
        held = wander.advance(by: 0, &random)
        next = findBeat()
    }

    /// The intervals whose last beat fell after the previous call and not later than `seconds` since the start.
    ///
    /// Oldest first, in 1/1024 s. Counted from the start, their sum is the moment of the last beat.
    public mutating func intervals(until seconds: Double) -> [UInt16] {
        var found: [UInt16] = []
        while next <= seconds {
            detect(next, into: &found)
            lastBeat = next
            next = findBeat()
        }
        return found
    }

    /// What the electrodes make of a beat.
    private mutating func detect(_ beat: Double, into found: inout [UInt16]) {
        let (missing, adding, place) = (random.uniform(), random.uniform(), random.uniform(in: 0.3...0.7))
        if missing < parameters.missed, !missedLast {
            missedLast = true
            return
        }
        if adding < parameters.extra, !missedLast {
            append(lastBeat + place * (beat - lastBeat), to: &found)
        }
        missedLast = false
        append(beat, to: &found)
    }

    private mutating func append(_ beat: Double, to found: inout [UInt16]) {
        let tick = Int((beat * 1024).rounded(.down))
        let interval = tick - lastTick
        guard interval > 0 else { return }
        lastTick = tick
        found.append(UInt16(clamping: interval))
    }

    /// Goes on to the next beat of the heart itself.
    private mutating func findBeat() -> Double {
        while integral < threshold {
            steps += 1
            let now = Double(steps) * Self.step
            let breath = breathing.advance(by: Self.step, to: now)
            let wave = mayer.advance(&random) * parameters.mayer
            let modulation = 1 + breath + wave + held * parameters.wander
            rate = parameters.meanRate / 60 * max(Self.slowest, modulation)
            integral += rate * Self.step
        }
        integral -= threshold
        let beat = Double(steps) * Self.step - integral / rate
        held = wander.advance(by: beat - lastBeat, &random)
        drawThreshold()
        return beat
    }

    private mutating func drawThreshold() {
        let (chance, early, noise) = (random.uniform(), random.uniform(in: 0.60...0.75), random.normal())
        let plain = max(0.5, 1 + parameters.beatNoise * noise)
        if let pause = owed {
            owed = nil
            threshold = pause
        } else if chance < parameters.ectopic {
            threshold = early
            owed = 2 - early
        } else {
            threshold = plain
        }
    }
}
