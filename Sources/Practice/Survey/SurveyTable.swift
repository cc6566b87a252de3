/// How many said yes, item by item, with every denominator beside it.
public struct SurveyTable: Sendable, Hashable {
    /// What per cent are taken of.
    public enum Denominator: String, Sendable, Hashable, CaseIterable {
        /// Those who answered the item.
        case valid
        /// Those who answered anything in the wave.
        case respondents
        /// Everybody who was asked.
        case cohort
    }

    /// How many answered in a wave.
    public struct Answered: Sendable, Hashable {
        /// The wave.
        public var wave: String
        /// How many responses it has.
        public var count: Int
        /// Whether the count is not to be told, because the rest of the cohort is small.
        public var isHidden: Bool
    }

    /// One item.
    ///
    /// A count that hides, or that there is none of, is nil.
    public struct Row: Sendable, Hashable {
        /// Name of the item.
        public var item: String
        /// What the table calls it.
        public var label: String
        /// The level whose choosers are counted, of an item of several levels; nil where yes is counted.
        public var option: SurveyItem.Level?
        /// How many said yes, or chose the level.
        public var yes: Int?
        /// How many answered.
        public var valid: Int?
        /// How many respondents did not answer, or raters did not agree on.
        public var missing: Int?
        /// Share of yes of the chosen denominator, 0 to 1.
        public var share: Double?
        /// Its 95 % interval.
        public var interval: ClosedRange<Double>?
        /// Share of yes of the respondents.
        public var ofRespondents: Double?
        /// Share of yes of the cohort.
        public var ofCohort: Double?
        /// Why something is not there; nil when everything is.
        public var reason: String?
    }

    /// The instrument.
    public let instrument: String
    /// The wave.
    public let wave: String
    /// One row an item with a rule of what counts as yes, and one a level of an item of several levels, in the order of
    /// the file.
    public let rows: [Row]
    /// How many answered anything in the wave.
    public let respondents: Int
    /// How many were asked; nil when nobody said.
    public let cohort: Int?
    /// What per cent are taken of.
    public let denominator: Denominator
    /// How intervals are computed.
    public let method: ProportionInterval
    /// Counts of all waves of the instrument, in their order.
    public let answered: [Answered]
    /// Counts below this are hidden; nil when none is.
    public let leastCell: Int?
    /// How many responses are left out because their codes have withdrawn.
    public let withdrawn: Int

    /// What a person asked of a table.
    public struct Options: Sendable, Hashable {
        /// How many were asked.
        public var cohort: Int?
        /// What per cent are taken of.
        public var denominator = Denominator.valid
        /// How intervals are computed.
        public var method = ProportionInterval.wilson
        /// Counts below this are hidden; nil hides none.
        public var leastCell: Int?

        /// Per cent of valid answers, Wilson's interval, nothing hidden.
        public init() {}
    }

    /// Counts one wave.
    ///
    /// - Parameters:
    ///   - answers: everything that was answered to the instrument.
    ///   - wave: the wave.
    ///   - options: what a person asked for; a cohort, where there is one, is at least as large as the respondents.
    public init(_ answers: SurveyAnswers, wave: String, options: Options) {
        let responses = answers.responses(in: wave)
        let hiding = options.leastCell.map(CellHiding.init)
        instrument = answers.instrument.name
        self.wave = wave
        respondents = responses.count
        cohort = options.cohort
        denominator = options.denominator
        method = options.method
        leastCell = options.leastCell
        withdrawn = answers.withdrawn
        answered = answers.instrument.waves.map { wave in
            let count = answers.responses(in: wave).count
            let rest = options.cohort.map { $0 - count } ?? 0
            return Answered(wave: wave, count: count, isHidden: hiding?.hidesAbsent(rest) ?? false)
        }
        rows = answers.instrument.items(of: wave).flatMap { item in
            let yes = item.metRule.map { _ in
                Row(item, met: responses.map { answers.isMet(item, in: $0) }, options: options, hiding: hiding)
            }
            let levels = item.kind == .multiple ? item.levels : []
            return [yes].compactMap(\.self)
                + levels.map { level in
                    let chosen = responses.map {
                        $0.answers[item.name].map { item.chosen(in: $0).contains(level.code) }
                    }
                    var row = Row(item, met: chosen, options: options, hiding: hiding)
                    row.option = level
                    return row
                }
        }
    }
}

extension SurveyTable.Row {
    fileprivate init(_ item: SurveyItem, met: [Bool?], options: SurveyTable.Options, hiding: CellHiding?) {
        let valid = met.count { $0 != nil }
        let yes = met.count { $0 == true }
        let missing = met.count - valid
        let hidesMissing = hiding.map { $0.hidesAbsent(missing) || valid < $0.least } ?? false
        let hidesYes = hiding.map { $0.hidesSplit(yes, valid - yes) } ?? false
        self.item = item.name
        label = item.label
        self.yes = hidesYes ? nil : yes
        self.valid = hidesMissing ? nil : valid
        self.missing = hidesMissing ? nil : missing
        let total =
            switch options.denominator {
            case .valid: hidesMissing ? nil : valid
            case .respondents: met.count
            case .cohort: options.cohort
            }
        if !hidesYes, let total {
            let proportion = Proportion(count: yes, total: total)
            share = proportion.share
            interval = proportion.interval(options.method)
        }
        if !hidesYes {
            ofRespondents = Proportion(count: yes, total: met.count).share
            ofCohort = options.cohort.flatMap { Proportion(count: yes, total: $0).share }
        }
        if hidesYes || hidesMissing {
            reason = "counts below \(hiding?.least ?? 0) are hidden, and those that would tell them"
        } else if valid == 0 {
            reason = "nobody answered"
        }
    }
}
