/// What raters found in answers in own words, theme by theme, and how far they agree.
public struct ThemeTable: Sendable, Hashable {
    /// One theme.
    public struct Row: Sendable, Hashable {
        /// The theme.
        public var theme: String
        /// Answers that have it: what was agreed on, else what all who rated the answer say; nil when that is hidden.
        public var count: Int?
        /// Answers whose raters differ on it, and that nobody decided; nil when that is hidden.
        public var undecided: Int?
        /// Share of the rated answers, 0 to 1; nil when that is hidden.
        public var share: Double?
        /// Its 95 % interval.
        public var interval: ClosedRange<Double>?
        /// Agreement of two raters on the theme; nil unless there are exactly two who rated the same answers.
        public var kappa: Kappa?
    }

    /// The item.
    public let item: String
    /// The wave.
    public let wave: String
    /// Answers there are.
    public let answers: Int
    /// Answers that somebody rated.
    public let rated: Int
    /// Who rated, sorted; without what was agreed on.
    public let raters: [String]
    /// Themes in alphabetical order.
    public let rows: [Row]

    /// Counts below this are hidden; nil when none is.
    public let leastCell: Int?

    /// Counts the themes of one item.
    public init(_ all: SurveyAnswers, wave: String, item: String, leastCell: Int? = nil) {
        let given = all.responses(in: wave).filter { $0.answers[item] != nil }.map(\.id)
        let known = Set(given)
        let codings = all.codings.filter { $0.item == item && known.contains($0.response) }
        let byResponse = Dictionary(grouping: codings, by: \.response)
        let rated = given.filter { byResponse[$0] != nil }
        let raters = Set(codings.map(\.rater)).subtracting([SurveyCoding.agreed]).sorted()
        let themes = Set(codings.map(\.theme)).subtracting([SurveyCoding.none]).sorted()
        self.item = item
        self.wave = wave
        answers = given.count
        self.rated = rated.count
        self.raters = raters
        self.leastCell = leastCell
        let hiding = leastCell.map(CellHiding.init)
        rows = themes.map { theme in
            let found = rated.map { all.hasTheme(theme, in: $0, item: item) }
            let undecided = found.count { $0 == nil }
            let proportion = Proportion(count: found.count { $0 == true }, total: rated.count)
            let others = rated.count - proportion.count
            if let hiding, hiding.hidesSplit(proportion.count, others) || hiding.hidesAbsent(undecided) {
                return Row(theme: theme)
            }
            return Row(
                theme: theme, count: proportion.count, undecided: undecided, share: proportion.share,
                interval: proportion.interval(.wilson), kappa: Self.kappa(theme, raters, byResponse))
        }
    }

    private static func kappa(_ theme: String, _ raters: [String], _ codings: [String: [SurveyCoding]]) -> Kappa? {
        guard raters.count == 2 else { return nil }
        let ratings = codings.values.compactMap { own -> (first: Bool, second: Bool)? in
            let byRater = Dictionary(grouping: own, by: \.rater)
            guard let first = byRater[raters[0]], let second = byRater[raters[1]] else { return nil }
            return (first.contains { $0.theme == theme }, second.contains { $0.theme == theme })
        }
        return Kappa(ratings)
    }
}
