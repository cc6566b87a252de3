import GRDB
public import Practice
public import Timekeeping

extension Store {
    /// The texts of the instruments that were defined or answered, by name.
    public func instrumentTexts() async throws(StoreError) -> [String: String] {
        try await read { database in
            let rows = try Row.fetchAll(database, sql: "SELECT name, text FROM instrument")
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as String, $0[1] as String) })
        }
    }

    /// Keeps an instrument; one of the same name is replaced, and its answers stay.
    public func keepInstrument(_ instrument: Instrument, at made: UTC) async throws(StoreError) {
        try await write { try Self.keep(instrument, at: made, in: $0) }
    }

    /// Names of the items that somebody answered, by wave.
    public func answeredItems(of instrument: String) async throws(StoreError) -> [String: Set<String>] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT wave, item FROM survey_answer
                    JOIN survey_response ON survey_response.id = response WHERE instrument = ?
                    """, arguments: [instrument])
            return rows.reduce(into: [:]) { items, row in items[row[0], default: []].insert(row[1]) }
        }
    }

    /// What becomes of answers that are there already.
    public enum SurveyMerging: Sendable, Hashable {
        /// They stay, and nothing new is kept when both concern the same code, or answers without codes are there.
        case refuse
        /// New answers without codes come beside those that are there.
        case add
        /// New answers take the place of the old ones of the same code, and of all without a code when some of the new
        /// ones have none; the old ones are kept as history.
        case replace
    }

    /// Keeps responses, all of them or none.
    ///
    /// - Parameters:
    ///   - responses: what was answered; their own names are not used.
    ///   - instrument: what was asked; kept with them, so that a later version of the program cannot change its meaning.
    ///   - merging: what becomes of answers that are there already.
    ///   - source: where they come from, such as `entered` or `redcap`.
    ///   - made: now.
    /// - Returns: the names they got, in the same order; or why none was kept.
    /// - Throws: `StoreError` when the file cannot be written.
    public func keep(
        _ responses: [SurveyResponse], of instrument: Instrument, merging: SurveyMerging, source: String, at made: UTC
    ) async throws(StoreError) -> Result<[String], SurveyError> {
        try await write { database in
            if let refusal = try Self.refusal(of: responses, instrument.name, merging, in: database) {
                return .failure(refusal)
            }
            if try Self.text(of: instrument.name, in: database) == nil {
                try Self.keep(instrument, at: made, in: database)
            }
            if merging == .replace { try Self.retire(responses, instrument.name, at: made, in: database) }
            return .success(
                try responses.map { response in
                    try Self.insert(response, instrument.name, source: source, at: made, into: database)
                })
        }
    }

    /// Everything that was answered to an instrument, newest answers only, without codes that have withdrawn.
    /// - Throws: `StoreError` when the file cannot be read.
    public func answers(to instrument: Instrument) async throws(StoreError) -> SurveyAnswers {
        let file = place.database
        return try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT id, wave, number, group_name, place, withdrawn FROM survey_response
                    WHERE instrument = ? AND replaced IS NULL ORDER BY wave, number
                    """, arguments: [instrument.name])
            let present = rows.filter { !($0[5] as Bool) }
            let given = try Self.answers(of: instrument.name, in: database)
            var names: [Int64: String] = [:]
            let responses = try present.map { row in
                let group: String? = row[3]
                let place: Int? = row[4]
                let response = SurveyResponse(
                    id: Self.name(wave: row[1], number: row[2]), wave: row[1],
                    code: try group.flatMap { group in try place.map { try Stored.code(group, $0, in: file) } },
                    answers: given[row[0]] ?? [:])
                names[row[0]] = response.id
                return response
            }
            return SurveyAnswers(
                instrument: instrument, responses: responses,
                codings: try Self.codings(of: instrument.name, named: names, in: database),
                withdrawn: rows.count - present.count)
        }
    }

    /// How many answers of a code were replaced by newer ones.
    public func replacedResponses(of code: Code, instrument: String, wave: String) async throws(StoreError) -> Int {
        try await read { database in
            try Int.fetchOne(
                database,
                sql: """
                    SELECT COUNT(*) FROM survey_response
                    WHERE instrument = ? AND wave = ? AND group_name = ? AND place = ? AND replaced IS NOT NULL
                    """, arguments: [instrument, wave, code.group.text, code.place]) ?? 0
        }
    }

    /// Keeps what raters found; what the same rater found in the same answer before is replaced.
    /// - Returns: names of responses that are not there; when there are any, nothing is kept.
    /// - Throws: `StoreError` when the file cannot be written.
    public func keep(_ codings: [SurveyCoding], of instrument: String) async throws(StoreError) -> [String] {
        try await write { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT id, wave, number FROM survey_response WHERE instrument = ? AND replaced IS NULL",
                arguments: [instrument])
            let ids = Dictionary(
                uniqueKeysWithValues: rows.map { (Self.name(wave: $0[1], number: $0[2]), $0[0] as Int64) })
            let unknown = Set(codings.map(\.response)).filter { ids[$0] == nil }.sorted()
            guard unknown.isEmpty else { return unknown }
            for coding in codings {
                try database.execute(
                    sql: "DELETE FROM survey_coding WHERE response = ? AND item = ? AND rater = ?",
                    arguments: [ids[coding.response], coding.item, coding.rater])
            }
            for coding in codings {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO survey_coding (response, item, rater, theme) VALUES (?, ?, ?, ?)",
                    arguments: [ids[coding.response], coding.item, coding.rater, coding.theme])
            }
            return []
        }
    }
}
