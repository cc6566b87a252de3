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
    /// Whether one person may choose several levels, so that counts add up to more than `valid`.
    public let isMultiple: Bool
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
        isMultiple = item.kind == .multiple
        let order = item.isReversed ? item.levels.reversed() : item.levels
        let counts = order.map { level in values.count { item.chosen(in: $0).contains(level.code) } }
        let missing = asked - values.count
        let hidden = hiding.map { hiding in
            item.kind == .multiple
                ? counts.map { hiding.hidesSplit($0, values.count - $0) }
                : hiding.hidden(counts, met: order.map { item.isMet($0.code) }, missing: missing)
        }
        levels = zip(order, counts).enumerated().map { place, cell in
            Level(code: cell.0.code, label: cell.0.label, count: hidden?[place] == true ? nil : cell.1)
        }
        let isSmall = hiding.map { values.count < $0.least } ?? false
        let hidesValid = hiding.map { isSmall || $0.hidesAbsent(missing) } ?? false
        valid = hidesValid ? nil : values.count
        quartiles = isSmall || !item.isOrdered ? nil : Quartiles(values.compactMap { item.score(of: $0) })
    }
}

extension CellHiding {
    /// Which levels of an item hide, beside a table that tells how many said yes.
    ///
    /// Where the table tells yes and no apart, the levels of either side add up to a known total; a small number of missing
    /// answers is one more hidden cell beside those of no.
    /// - Parameters:
    ///   - counts: answers by level.
    ///   - met: whether a level counts as yes; nil where no rule says so.
    ///   - missing: respondents without an answer.
    /// - Returns: true for each level that hides.
    fileprivate func hidden(_ counts: [Int], met: [Bool?], missing: Int) -> [Bool] {
        let absent = hidesAbsent(missing) ? [missing] : []
        let yes = counts.indices.filter { met[$0] == true }
        let no = counts.indices.filter { met[$0] == false }
        let total = { (places: [Int]) in places.reduce(0) { $0 + counts[$1] } }
        guard yes.count + no.count == counts.count, !hidesSplit(total(yes), total(no)) else {
            return Array(hidden(counts + absent).prefix(counts.count))
        }
        var all = counts.map { _ in false }
        for (places, others) in [(yes, []), (no, absent)] {
            for (place, hides) in zip(places, hidden(places.map { counts[$0] } + others)) { all[place] = hides }
        }
        return all
    }
}
