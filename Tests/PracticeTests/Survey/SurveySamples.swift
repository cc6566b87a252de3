import Practice

/// Items and answers that tests count.
enum SurveySamples {
    static let agree = (1...5).map { SurveyItem.Level(code: "\($0)", label: "level \($0)") }

    static func likert(
        _ name: String, wave: String = "post", rule: MetRule? = .atLeast(4), isReversed: Bool = false,
        missingCodes: [String] = []
    ) -> SurveyItem {
        SurveyItem(
            wave: wave, name: name, kind: .likert, label: "The \(name)", text: "Is it \(name)?", levels: agree,
            metRule: rule, isReversed: isReversed, missingCodes: missingCodes)
    }

    static func instrument(_ items: [SurveyItem]) -> Instrument {
        Instrument(name: "own", title: "Own", items: items, text: "")
    }

    /// Responses of one wave, numbered from 1; nil is no answer.
    static func responses(_ item: String, _ values: [String?], wave: String = "post", codes: [Int]? = nil) throws
        -> [SurveyResponse]
    {
        try values.enumerated().map { index, value in
            var answers = ["other": "1"]
            answers[item] = value
            return SurveyResponse(
                id: "\(wave)-\(index + 1)", wave: wave,
                code: try codes.map { try Code(group: GroupName("G1"), place: $0[index]) }, answers: answers)
        }
    }
}
