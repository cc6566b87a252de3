/// Two waves of the same items: paired by code where codes are there, side by side where they are not.
public struct SurveyComparison: Sendable, Hashable {
    /// One item asked in both waves.
    public struct Item: Sendable, Hashable {
        /// Name of the item.
        public var item: String
        /// What a table calls it.
        public var label: String
        /// Valid answers in the first wave.
        public var before: Int
        /// Valid answers in the second wave.
        public var after: Int
        /// Quartiles of the first wave: of pairs where there are any, else of all; nil where answers have no order.
        public var beforeQuartiles: Quartiles?
        /// Quartiles of the second wave.
        public var afterQuartiles: Quartiles?
        /// Codes with an answer in both.
        public var pairs: Int
        /// Wilcoxon's signed-rank test of the pairs; nil without pairs or order.
        public var ranks: SignedRank?
        /// The typical change; nil without pairs or order.
        public var change: HodgesLehmann?
        /// McNemar's test of yes and no; nil without pairs or a rule of what counts as yes.
        public var changers: McNemar?
        /// Pairs with a yes or no in both waves; nil without `changers`.
        public var yesNoPairs: Int?
        /// Pairs that said yes in the first wave; nil without `changers`.
        public var yesBefore: Int?
        /// Pairs that said yes in the second wave; nil without `changers`.
        public var yesAfter: Int?
    }

    /// The instrument.
    public let instrument: String
    /// The first wave.
    public let from: String
    /// The second wave.
    public let to: String
    /// The items of both waves, in the order of the second.
    public let items: [Item]
    /// Codes that answered in both waves.
    public let linked: Int
    /// Responses of the first wave that have no partner in the second.
    public let unlinkedBefore: Int
    /// Responses of the second wave that have none in the first.
    public let unlinkedAfter: Int
    /// How pairs without a difference are handled.
    public let zeros: SignedRank.Zeros
    /// Counts below this are hidden; nil when none is.
    public let leastCell: Int?

    /// Compares two waves; a code that answered an item in both makes a pair.
    /// - Parameters:
    ///   - answers: everything that was answered.
    ///   - from: the first wave.
    ///   - to: the second wave.
    ///   - zeros: how pairs without a difference are handled.
    ///   - leastCell: hides what fewer people said; p and odds go with the counts that they would tell.
    public init(
        _ answers: SurveyAnswers, from: String, to: String, zeros: SignedRank.Zeros, leastCell: Int? = nil
    ) {
        let before = answers.responses(in: from)
        let after = answers.responses(in: to)
        let later = Dictionary(after.compactMap { own in own.code.map { ($0, own) } }) { first, _ in first }
        let pairs = before.compactMap { own in
            own.code.flatMap { later[$0] }.map { (before: own, after: $0) }
        }
        instrument = answers.instrument.name
        (self.from, self.to, self.zeros) = (from, to, zeros)
        linked = pairs.count
        unlinkedBefore = before.count - pairs.count
        unlinkedAfter = after.count - pairs.count
        self.leastCell = leastCell
        items = answers.instrument.items(of: to).compactMap { item in
            guard item.kind != .choice, let earlier = answers.instrument.item(item.name, in: from) else { return nil }
            guard item.isOrdered || item.metRule != nil else { return nil }
            return Item(
                earlier: earlier, item: item, answers: answers, before: before, after: after, pairs: pairs,
                zeros: zeros
            ).hiding(below: leastCell)
        }
    }
}

extension SurveyComparison.Item {
    /// The item without what fewer people than `least` said.
    fileprivate func hiding(below least: Int?) -> Self {
        guard let least else { return self }
        var shown = self
        if (pairs > 0 ? pairs : min(before, after)) < least {
            (shown.beforeQuartiles, shown.afterQuartiles, shown.ranks, shown.change) = (nil, nil, nil, nil)
        }
        if let changers, let yesBefore, let yesNoPairs {
            let stayed = yesBefore - changers.lost
            let cells = [changers.gained, changers.lost, stayed, yesNoPairs - stayed - changers.gained - changers.lost]
            if cells.contains(where: { $0 < least }) {
                (shown.changers, shown.yesNoPairs, shown.yesBefore, shown.yesAfter) = (nil, nil, nil, nil)
            }
        }
        return shown
    }

    fileprivate init(
        earlier: SurveyItem, item: SurveyItem, answers: SurveyAnswers, before: [SurveyResponse],
        after: [SurveyResponse], pairs: [(before: SurveyResponse, after: SurveyResponse)], zeros: SignedRank.Zeros
    ) {
        self.item = item.name
        label = item.label
        self.before = before.count { $0.answers[item.name] != nil }
        self.after = after.count { $0.answers[item.name] != nil }
        let both = pairs.filter { $0.before.answers[item.name] != nil && $0.after.answers[item.name] != nil }
        self.pairs = both.count
        func scores(_ item: SurveyItem, _ responses: [SurveyResponse]) -> [Double] {
            responses.compactMap { $0.answers[item.name].flatMap { item.score(of: $0) } }
        }
        if item.isOrdered {
            let first = scores(earlier, both.isEmpty ? before : both.map(\.before))
            let second = scores(item, both.isEmpty ? after : both.map(\.after))
            beforeQuartiles = Quartiles(first)
            afterQuartiles = Quartiles(second)
            if !both.isEmpty {
                let differences = zip(second, first).map { $0 - $1 }
                ranks = SignedRank(differences: differences, zeros: zeros)
                change = HodgesLehmann(differences: differences)
            }
        }
        guard item.metRule != nil, earlier.metRule != nil else { return }
        let met = both.compactMap { pair -> (Bool, Bool)? in
            guard let first = answers.isMet(earlier, in: pair.before), let second = answers.isMet(item, in: pair.after)
            else { return nil }
            return (first, second)
        }
        guard !met.isEmpty else { return }
        changers = McNemar(gained: met.count { !$0.0 && $0.1 }, lost: met.count { $0.0 && !$0.1 })
        yesNoPairs = met.count
        yesBefore = met.count { $0.0 }
        yesAfter = met.count { $0.1 }
    }
}
