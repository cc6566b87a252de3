/// All that a live screen shows, at one moment.
public struct LiveView: Sendable, Hashable {
    /// Session name, such as `20260804-G1`.
    public var session: String
    /// Group name.
    public var group: String
    /// Title of the phase.
    public var phaseTitle: String
    /// What the coach says in it.
    public var prompt: String
    /// Seconds since the phase began.
    public var elapsed: Double
    /// Length of the phase in seconds; nil when open.
    public var length: Double?
    /// The pacer, when the phase has one.
    public var pacer: PacerView?
    /// What comes next.
    public var next: NextPhase?
    /// Whether beats are being written down.
    public var isRecording: Bool
    /// Whether the phase is interrupted.
    public var isPaused: Bool
    /// Codes, in order.
    public var readouts: [Readout]
    /// How far the group moves together; nil in a phase without a pacer.
    public var rhythm: GroupRhythm?
    /// The newest lines of the log, oldest first.
    public var log: [LogLine]
    /// Whom to help next and how; empty when nobody needs help.
    public var attention: String
    /// Straps held by each adapter, such as `hci0 5 · hci1 3`.
    public var adapters: String
    /// Who of the group does not take part and could come late, in order.
    public var absent: [Member]

    /// Makes a view.
    public init(
        session: String, group: String, phaseTitle: String, prompt: String, elapsed: Double, length: Double?,
        pacer: PacerView?, next: NextPhase?, isRecording: Bool, isPaused: Bool = false, readouts: [Readout],
        rhythm: GroupRhythm? = nil, log: [LogLine], attention: String, adapters: String, absent: [Member] = []
    ) {
        self.session = session
        self.group = group
        self.phaseTitle = phaseTitle
        self.prompt = prompt
        self.elapsed = elapsed
        self.length = length
        self.pacer = pacer
        self.next = next
        self.isRecording = isRecording
        self.isPaused = isPaused
        self.readouts = readouts
        self.rhythm = rhythm
        self.log = log
        self.attention = attention
        self.adapters = adapters
        self.absent = absent
    }

    /// Straps from which beats arrive.
    public var onCount: Int {
        readouts.count { $0.strap == .on || $0.strap == .loose || $0.strap == .noBeats }
    }

    /// Straps that were there and are lost.
    public var lostCount: Int {
        readouts.count { if case .lost = $0.strap { true } else { false } }
    }

    /// The same moment with the numbers and the breath of an earlier one, so that they change no oftener than they are to.
    ///
    /// Who takes part, the phase and the log are those of this moment.
    public func holdingNumbers(of earlier: LiveView) -> LiveView {
        var view = self
        let known = Dictionary(earlier.readouts.map { ($0.code, $0) }) { first, _ in first }
        view.readouts = readouts.map { known[$0.code] ?? $0 }
        view.adapters = earlier.adapters
        guard phaseTitle == earlier.phaseTitle, isPaused == earlier.isPaused else { return view }
        view.elapsed = earlier.elapsed
        view.pacer = earlier.pacer
        view.rhythm = earlier.rhythm
        return view
    }

    /// The pacer at one moment.
    public struct PacerView: Sendable, Hashable {
        /// Its shape.
        public var pacer: Pacer
        /// The breath now.
        public var position: Pacer.Position

        /// Makes a view of a pacer.
        public init(pacer: Pacer, position: Pacer.Position) {
            self.pacer = pacer
            self.position = position
        }
    }

    /// The phase after this one.
    public struct NextPhase: Sendable, Hashable {
        /// Its title.
        public var title: String
        /// What the coach will say.
        public var prompt: String
        /// Its length in seconds; nil when open.
        public var length: Double?

        /// Makes a preview.
        public init(title: String, prompt: String, length: Double?) {
            self.title = title
            self.prompt = prompt
            self.length = length
        }
    }

    /// A line of the log.
    public struct LogLine: Sendable, Hashable {
        /// Time of day, `16:02:41`.
        public var time: String
        /// `group` or a code.
        public var scope: String
        /// What happened.
        public var text: String

        /// Makes a line.
        public init(time: String, scope: String, text: String) {
            self.time = time
            self.scope = scope
            self.text = text
        }
    }
}
