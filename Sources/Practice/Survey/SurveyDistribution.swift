/// How often each level of an item was chosen, in one wave.
public struct SurveyDistribution: Sendable, Hashable {
    /// One level.
    public struct Level: Sendable, Hashable {
        /// How it is kept.
        public var code: String
        /// What it says.
        public var label: String
        /// How many chose it; nil when that is hidden.
        public var count: Int?
    }

    /// Name of the item.
    public let item: String
    /// What a table calls it.
    public let label: String
    /// Whether levels have an order.
    public let isOrdered: Bool
    /// The levels, from the least to the most for an item that is not reversed, the other way round for one that is.
    public let levels: [Level]
    /// How many answered; nil when that is hidden.
    public let valid: Int?
    /// Quartiles of the scores; nil where levels have no order, nobody answered or too few to be told.
    public let quartiles: Quartiles?

    /// The distributions of the items of a wave that have levels.
    public static func all(
        _ answers: SurveyAnswers, wave: String, leastCell: Int? = nil
    ) -> [SurveyDistribution] {
        let responses = answers.responses(in: wave)
        return answers.instrument.items(of: wave).filter { !$0.levels.isEmpty || $0.kind == .number }.map { item in
            SurveyDistribution(
                item, values: responses.compactMap { $0.answers[item.name] }, asked: responses.count,
                hiding: leastCell.map(CellHiding.init))
        }
    }

    private init(_ item: SurveyItem, values: [String], asked: Int, hiding: CellHiding?) {
        self.item = item.name
        label = item.label
        isOrdered = item.isOrdered
        let order = item.isReversed ? item.levels.reversed() : item.levels
        let counts = order.map { level in values.count { $0 == level.code } }
        let hidden = hiding?.hidden(counts) ?? counts.map { _ in false }
        levels = zip(order, zip(counts, hidden)).map { level, cell in
            Level(code: level.code, label: level.label, count: cell.1 ? nil : cell.0)
        }
        let isSmall = hiding.map { values.count < $0.least } ?? false
        let hidesValid = hiding.map { isSmall || $0.hidesAbsent(asked - values.count) } ?? false
        valid = hidesValid ? nil : values.count
        quartiles = isSmall || !item.isOrdered ? nil : Quartiles(values.compactMap { item.score(of: $0) })
    }
}
