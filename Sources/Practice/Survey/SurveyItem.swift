/// One question of a survey, asked in one wave.
public struct SurveyItem: Sendable, Hashable {
    /// What kind of answer it takes.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// One of ordered levels with numbers.
        case likert
        /// One of several levels without order.
        case choice
        /// Any number of several levels; kept as their codes, parted by semicolons, in the order of the levels.
        case multiple
        /// Yes (1) or no (0).
        case yesno
        /// A number within a range.
        case number
        /// Text in own words.
        case text
    }

    /// One possible answer.
    public struct Level: Sendable, Hashable {
        /// How it is kept, such as `4`.
        public var code: String
        /// What it says, such as `agree`.
        public var label: String

        /// Makes a level.
        public init(code: String, label: String) {
            self.code = code
            self.label = label
        }
    }

    /// When it is asked, such as `post`.
    public var wave: String
    /// Its name in files, such as `goals`.
    public var name: String
    /// What kind of answer it takes.
    public var kind: Kind
    /// What a table calls it; the question itself where nothing shorter was given.
    public var label: String
    /// The question.
    public var text: String
    /// The possible answers, in order; empty for numbers and text.
    public var levels: [Level]
    /// The possible numbers; nil for anything else.
    public var range: ClosedRange<Double>?
    /// What counts as yes in a table; nil when nothing does.
    public var metRule: MetRule?
    /// Whether a high answer means little: scores are turned around before anything is done with them.
    public var isReversed: Bool
    /// Answers that mean that there is none, such as `99`.
    public var missingCodes: [String]
    /// Where the question comes from.
    public var source: String

    /// Makes an item.
    public init(
        wave: String, name: String, kind: Kind, label: String, text: String, levels: [Level] = [],
        range: ClosedRange<Double>? = nil, metRule: MetRule? = nil, isReversed: Bool = false,
        missingCodes: [String] = [], source: String = ""
    ) {
        self.wave = wave
        self.name = name
        self.kind = kind
        self.label = label
        self.text = text
        self.levels = levels
        self.range = range
        self.metRule = metRule
        self.isReversed = isReversed
        self.missingCodes = missingCodes
        self.source = source
    }

    /// The answers of a question that takes yes or no.
    public static let yesAndNo = [Level(code: "1", label: "yes"), Level(code: "0", label: "no")]

    /// Whether answers have an order, so that medians and ranks mean something.
    public var isOrdered: Bool { kind == .likert || kind == .number }

    /// The levels or the range as the codebook has them: `1=low; 2=high`, or `0..10`.
    public var levelText: String {
        if let range { return "\(Self.short(range.lowerBound))..\(Self.short(range.upperBound))" }
        return levels.map { "\($0.code)=\($0.label)" }.joined(separator: "; ")
    }

    static func short(_ number: Double) -> String { Int(exactly: number).map { "\($0)" } ?? "\(number)" }
}
