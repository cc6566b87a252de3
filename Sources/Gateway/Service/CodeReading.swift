public import Practice

/// What the service tells a caller of one code: the newest state, and beats that the caller has not had.
public struct CodeReading: Sendable, Hashable {
    /// Whose it is.
    public var code: Code
    /// Where the session stands.
    public var moment: SessionMoment
    /// The strap's state as the screen words it: `on`, `loose?`, `lost` ...
    public var strap: String
    /// What somebody has to do about the strap; empty when nothing.
    public var advice: String
    /// Label of the strap that is worn, such as `Polar H10 A1B2C3D4`; empty without one.
    public var strapLabel: String
    /// Battery, per cent.
    public var battery: Int?
    /// Signal when the strap last advertised, dBm.
    public var rssi: Int?
    /// Whether numbers are kept from this caller in the present phase; then all below are empty.
    public var isHidden: Bool
    /// Heart rate of the newest packet, beats a minute.
    public var heartRate: Int?
    /// Beats, oldest first: in a first reading those of the last 60 s, afterwards those that are new.
    public var beats: [Readout.BeatPoint]
    /// The newest coherence score, or the reason why there is none.
    public var score: ScoreReadout
    /// Frequency of the newest peak, Hz.
    public var peakHz: Double?
    /// Clean share of the last 64 s, 0 to 1.
    public var clean: Double?

    /// A reading as a caller may see it.
    /// - Parameters:
    ///   - state: the code now.
    ///   - moment: where the session stands.
    ///   - sinceBeat: beats that end later than this are told, seconds from the session's start.
    ///   - seesAll: whether the caller sees numbers in every phase; a student sees the own ones where the script shows
    ///     them, and no beat from before that phase.
    init(_ state: CodeState, _ moment: SessionMoment, sinceBeat: Double, seesAll: Bool) {
        let readout = state.readout
        code = readout.code
        self.moment = moment
        strap = readout.strap.word
        advice = if case .needsPerson(let sentence) = readout.strap { sentence } else { "" }
        strapLabel = state.strapLabel
        battery = readout.battery
        rssi = readout.rssi
        isHidden = !seesAll && !moment.showsNumbers
        guard !isHidden else {
            beats = []
            score = .none(reason: Self.hiddenReason)
            return
        }
        let first = seesAll ? sinceBeat : max(sinceBeat, moment.start)
        heartRate = readout.heartRate
        beats = readout.beats.filter { $0.t > first }
        score = readout.score
        peakHz = readout.peakHz
        clean = readout.clean
    }

    /// A reading as it came from the bus.
    init(
        code: Code, moment: SessionMoment, strap: String, advice: String, strapLabel: String, isHidden: Bool,
        beats: [Readout.BeatPoint], score: ScoreReadout
    ) {
        self.code = code
        self.moment = moment
        self.strap = strap
        self.advice = advice
        self.strapLabel = strapLabel
        self.isHidden = isHidden
        self.beats = beats
        self.score = score
    }

    /// The reason in place of numbers that the present phase hides.
    static let hiddenReason = "no numbers in this phase"
}

/// A code of a running session as its conductor knows it.
struct CodeState: Sendable, Hashable {
    var readout: Readout
    var strapLabel: String
}
