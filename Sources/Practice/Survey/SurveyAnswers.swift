/// Everything that was answered to an instrument, and what raters found in it.
public struct SurveyAnswers: Sendable, Hashable {
    /// The instrument.
    public var instrument: Instrument
    /// The responses, by wave and number.
    public var responses: [SurveyResponse]
    /// What raters found.
    public var codings: [SurveyCoding]
    /// How many responses are left out because their codes have withdrawn.
    public var withdrawn: Int

    /// Makes a collection.
    public init(
        instrument: Instrument, responses: [SurveyResponse], codings: [SurveyCoding] = [], withdrawn: Int = 0
    ) {
        self.instrument = instrument
        self.responses = responses
        self.codings = codings
        self.withdrawn = withdrawn
    }

    /// The responses of a wave in which anything was answered.
    public func responses(in wave: String) -> [SurveyResponse] {
        responses.filter { $0.wave == wave && !$0.answers.isEmpty }
    }

    /// The answers of some codes, by code and wave, without what raters found in them; nil when there are none.
    public func of(_ codes: Set<Code>) -> SurveyAnswers? {
        var answers = self
        let waves = instrument.waves
        func place(_ response: SurveyResponse) -> Int { waves.firstIndex(of: response.wave) ?? waves.count }
        answers.responses = responses.filter { $0.code.map(codes.contains) == true && !$0.answers.isEmpty }
        answers.responses.sort { left, right in
            guard let first = left.code, let second = right.code else { return false }
            return first == second ? place(left) < place(right) : first < second
        }
        answers.codings = []
        return answers.responses.isEmpty ? nil : answers
    }

    /// Whether a response counts as yes to an item; nil without an answer, and when raters do not agree.
    func isMet(_ item: SurveyItem, in response: SurveyResponse) -> Bool? {
        guard let value = response.answers[item.name] else { return nil }
        guard case .coded(let theme) = item.metRule else { return item.isMet(value) }
        return hasTheme(theme, in: response.id, item: item.name)
    }

    /// Whether raters gave an answer a theme: what was agreed on afterwards, else what all who rated it say; nil when nobody
    /// rated it, or they differ.
    func hasTheme(_ theme: String, in response: String, item: String) -> Bool? {
        let own = codings.filter { $0.response == response && $0.item == item }
        let raters = Set(own.map(\.rater))
        let deciding = raters.contains(SurveyCoding.agreed) ? [SurveyCoding.agreed] : raters
        let givers = deciding.filter { rater in own.contains { $0.rater == rater && $0.theme == theme } }
        if deciding.isEmpty { return nil }
        return givers.count == deciding.count ? true : givers.isEmpty ? false : nil
    }
}
