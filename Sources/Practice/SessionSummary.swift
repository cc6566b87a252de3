/// What a session was, code by code and for the group: a description, never a ranking.
public struct SessionSummary: Sendable, Hashable {
    /// Session name.
    public var session: String
    /// Script name.
    public var script: String
    /// Length, seconds.
    public var seconds: Double
    /// One line a code, in the order of codes.
    public var rows: [Row]
    /// The group's line; nil when no code has both phases.
    public var group: GroupChange?
    /// What differs between baseline and practice, by code and measure.
    public var changes: [CodeChange]
    /// The same for the group, one a measure.
    public var effects: [GroupEffect]
    /// How far the group moved together, by phase.
    public var rhythms: [GroupRhythm]
    /// How many codes have withdrawn and are left out.
    public var withdrawn: Int

    /// Makes a summary.
    public init(
        session: String, script: String, seconds: Double, rows: [Row], group: GroupChange?,
        changes: [CodeChange] = [], effects: [GroupEffect] = [], rhythms: [GroupRhythm] = [], withdrawn: Int = 0
    ) {
        self.session = session
        self.script = script
        self.seconds = seconds
        self.rows = rows
        self.group = group
        self.changes = changes
        self.effects = effects
        self.rhythms = rhythms
        self.withdrawn = withdrawn
    }

    /// Whether a code's numbers count.
    public enum Use: Sendable, Hashable {
        /// Baseline and practice are there and clean.
        case yes
        /// Something is missing; the sentence says what.
        case part(String)
        /// Nothing can be said; the sentence says why.
        case no(String)
    }

    /// One code.
    public struct Row: Sendable, Hashable {
        /// The code.
        public var code: Code
        /// Clean share over the analysed phases, 0 to 1.
        public var clean: Double?
        /// Whether the numbers count.
        public var use: Use
        /// Mean score of the baseline.
        public var baseline: Double?
        /// Mean score of practice.
        public var practice: Double?
        /// Practice less baseline.
        public var change: Double?
        /// Share of clean practice time in the low band, 0 to 1; then medium, then high.
        public var low: Double?
        /// Share in the medium band.
        public var medium: Double?
        /// Share in the high band.
        public var high: Double?
        /// Mean score of recovery.
        public var recovery: Double?

        /// Makes a row.
        public init(
            code: Code, clean: Double?, use: Use, baseline: Double? = nil, practice: Double? = nil,
            change: Double? = nil, low: Double? = nil, medium: Double? = nil, high: Double? = nil,
            recovery: Double? = nil
        ) {
            self.code = code
            self.clean = clean
            self.use = use
            self.baseline = baseline
            self.practice = practice
            self.change = change
            self.low = low
            self.medium = medium
            self.high = high
            self.recovery = recovery
        }
    }

    /// The change of the group.
    public struct GroupChange: Sendable, Hashable {
        /// Codes with both phases.
        public var used: Int
        /// Codes in all.
        public var of: Int
        /// Median change of the mean score.
        public var medianChange: Double
        /// Codes that went up.
        public var up: Int
        /// Codes that went down.
        public var down: Int
        /// The size of the change with its interval; nil for fewer than three codes.
        public var effect: PairedEffect?
        /// Matched-pairs rank-biserial correlation, -1 to 1; nil when nobody changed.
        public var rankBiserial: Double?

        /// Makes a change.
        public init(
            used: Int, of: Int, medianChange: Double, up: Int, down: Int, effect: PairedEffect? = nil,
            rankBiserial: Double? = nil
        ) {
            self.used = used
            self.of = of
            self.medianChange = medianChange
            self.up = up
            self.down = down
            self.effect = effect
            self.rankBiserial = rankBiserial
        }
    }
}
