/// Answers of two places put together: what is new, what was there, and what the two tell differently.
///
/// Of a code, what one place has and the other has not comes together; where both have an answer and they differ, the one
/// that was there first stays. Answers without codes are known again by the moment they were taken in: as many of a moment
/// and of one content as one place has more than the other are new.
public struct SurveyMerge: Sendable, Hashable {
    /// Responses with the moment they were taken in, in ns since 1970; 0 when that is not known.
    public struct Kept: Sendable, Hashable {
        /// The response.
        public var response: SurveyResponse
        /// When it was taken in.
        public var made: Int64

        /// Makes one.
        public init(_ response: SurveyResponse, made: Int64) {
            (self.response, self.made) = (response, made)
        }
    }

    /// Answers of a code that two places tell differently.
    public struct Clash: Sendable, Hashable {
        /// Whose answers.
        public var code: Code
        /// When it was asked.
        public var wave: String
        /// The items that differ, in alphabetical order.
        public var items: [String]
        /// What was there first, in the order of `items`; it stays.
        public var there: [String]
        /// What came, in the order of `items`.
        public var here: [String]
    }

    /// Responses to be added, with the moment they were taken in.
    public private(set) var new: [Kept] = []
    /// Answers to be added to a response that is there, by its name.
    public private(set) var added: [String: [String: String]] = [:]
    /// Responses of which nothing is new.
    public private(set) var known = 0
    /// What two places tell differently.
    public private(set) var clashes: [Clash] = []
    /// Responses without codes that are the very ones of another moment: most likely one file, taken in twice.
    public private(set) var doubles = 0
    /// The name in the study of every response that is there already, by its name in the source.
    public private(set) var names: [String: String] = [:]

    /// Holds what comes against what is there.
    /// - Parameters:
    ///   - source: what comes.
    ///   - study: what is there.
    public init(_ source: [Kept], into study: [Kept]) {
        let linked = Dictionary(
            study.compactMap { kept in kept.response.code.map { ("\(kept.response.wave) \($0)", kept.response) } }
        ) { first, _ in first }
        for kept in source {
            guard let code = kept.response.code else { continue }
            if let there = linked["\(kept.response.wave) \(code)"] {
                join(kept.response, to: there, code)
            } else {
                new.append(kept)
            }
        }
        let unlinked = Dictionary(grouping: source.filter { $0.response.code == nil }, by: Batch.init)
        let there = Dictionary(grouping: study.filter { $0.response.code == nil }, by: Batch.init)
        for (batch, kept) in unlinked.sorted(by: { ($0.key.made, $0.key.wave) < ($1.key.made, $1.key.wave) }) {
            add(kept, beside: there, batch)
        }
    }

    private struct Batch: Hashable {
        let made: Int64
        let wave: String

        init(_ kept: Kept) { (made, wave) = (kept.made, kept.response.wave) }
    }

    /// The fewest answers that are taken for one file when they are the same in both places.
    private static let leastFile = 3

    private mutating func join(_ response: SurveyResponse, to there: SurveyResponse, _ code: Code) {
        names[response.id] = there.id
        let unlike = response.answers.filter { item, answer in there.answers[item].map { $0 != answer } ?? false }
        let items = unlike.keys.sorted()
        if !items.isEmpty {
            clashes.append(
                Clash(
                    code: code, wave: response.wave, items: items, there: items.compactMap { there.answers[$0] },
                    here: items.compactMap { response.answers[$0] }))
        }
        let more = response.answers.filter { there.answers[$0.key] == nil }
        if !more.isEmpty { added[there.id] = more } else if items.isEmpty { known += 1 }
    }

    private mutating func add(_ kept: [Kept], beside there: [Batch: [Kept]], _ batch: Batch) {
        var rest = Dictionary(grouping: there[batch] ?? [], by: \.response.answers)
        let contents = Self.counts(kept)
        let isDouble =
            rest.isEmpty && kept.count >= Self.leastFile
            && there.contains { $0.key.wave == batch.wave && Self.counts($0.value) == contents }
        if isDouble {
            doubles += kept.count
            return
        }
        for own in kept {
            if let same = rest[own.response.answers]?.popLast() {
                names[own.response.id] = same.response.id
                known += 1
            } else {
                new.append(own)
            }
        }
    }

    private static func counts(_ kept: [Kept]) -> [[String: String]: Int] {
        kept.reduce(into: [:]) { $0[$1.response.answers, default: 0] += 1 }
    }
}
