/// A questionnaire: items, each asked in one or several waves, such as before and after a session.
public struct Instrument: Sendable, Hashable {
    /// Its name in files and commands, such as `pal`.
    public var name: String
    /// What it is called.
    public var title: String
    /// Its items, one for each wave it is asked in, in the order of the file.
    public var items: [SurveyItem]
    /// The file it was read from, word for word.
    public var text: String

    /// Makes an instrument.
    public init(name: String, title: String, items: [SurveyItem], text: String) {
        self.name = name
        self.title = title
        self.items = items
        self.text = text
    }

    /// The waves in the order in which their first items stand.
    public var waves: [String] {
        var waves: [String] = []
        for item in items where !waves.contains(item.wave) { waves.append(item.wave) }
        return waves
    }

    /// The items of a wave, in order.
    public func items(of wave: String) -> [SurveyItem] { items.filter { $0.wave == wave } }

    /// An item by wave and name.
    public func item(_ name: String, in wave: String) -> SurveyItem? {
        items.first { $0.wave == wave && $0.name == name }
    }
}

/// One person's answers in one wave.
public struct SurveyResponse: Sendable, Hashable {
    /// Its name, such as `post-012`.
    public var id: String
    /// When it was asked.
    public var wave: String
    /// Whose it is; nil when answers are not linked to codes.
    public var code: Code?
    /// Answers by item, as they are kept; a missing one is not there.
    public var answers: [String: String]

    /// Makes a response.
    public init(id: String, wave: String, code: Code?, answers: [String: String]) {
        self.id = id
        self.wave = wave
        self.code = code
        self.answers = answers
    }
}

/// What a rater found in an answer in own words.
public struct SurveyCoding: Sendable, Hashable {
    /// The response it stands in.
    public var response: String
    /// The item.
    public var item: String
    /// Who rated: initials or a number, never a name of a student.
    public var rater: String
    /// The theme; `none` when the rater found none.
    public var theme: String

    /// Makes a coding.
    public init(response: String, item: String, rater: String, theme: String) {
        self.response = response
        self.item = item
        self.rater = rater
        self.theme = theme
    }

    /// The theme that says that there is none.
    public static let none = "none"
    /// The rater whose word stands above the others': what both agreed on after talking.
    public static let agreed = "agreed"
}

extension Instrument {
    /// Items of an older version that were answered, and that this one asks otherwise or not at all.
    /// - Parameters:
    ///   - old: the older version.
    ///   - answered: names of answered items by wave.
    /// - Returns: such as `post: goals_met`, in the order of the older version.
    public func lost(of old: Instrument, answered: [String: Set<String>]) -> [String] {
        old.items.filter { answered[$0.wave]?.contains($0.name) == true }.filter { before in
            guard let now = item(before.name, in: before.wave) else { return true }
            return now.kind != before.kind || now.levels.map(\.code) != before.levels.map(\.code)
                || now.range != before.range
        }.map { "\($0.wave): \($0.name)" }
    }
}
