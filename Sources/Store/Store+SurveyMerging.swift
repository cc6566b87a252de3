import GRDB
public import Practice
import Timekeeping

extension Store {
    /// Everything that was answered to an instrument, with the moment it was taken in; newest answers only, without codes
    /// that have withdrawn.
    public func keptResponses(to instrument: Instrument) async throws(StoreError) -> [SurveyMerge.Kept] {
        let responses = try await answers(to: instrument).responses
        let moments = try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT wave, number, made FROM survey_response WHERE instrument = ? AND replaced IS NULL",
                arguments: [instrument.name])
            return Dictionary(
                uniqueKeysWithValues: rows.map { (Self.name(wave: $0[0], number: $0[1]), $0[2] as Int64) })
        }
        return responses.map { SurveyMerge.Kept($0, made: moments[$0.id] ?? 0) }
    }

    /// Takes answers of another place in, without doubling; all that is new of them, or nothing.
    ///
    /// What a code that has withdrawn here answered is left out.
    /// - Parameters:
    ///   - responses: what was answered there.
    ///   - codings: what raters found in it, by the names of those responses.
    ///   - instrument: what was asked; kept with them when it is not here.
    /// - Returns: what became of them.
    /// - Throws: `StoreError` when the file cannot be written.
    public func merge(
        _ responses: [SurveyMerge.Kept], codings: [SurveyCoding], of instrument: Instrument
    ) async throws(StoreError) -> SurveyMerge {
        let there = try await keptResponses(to: instrument)
        let gone = try await read { database in
            try responses.compactMap(\.response.code).filter { try Self.hasWithdrawn($0, in: database) }
        }
        let merge = SurveyMerge(
            responses.filter { $0.response.code.map { !gone.contains($0) } ?? true }, into: there)
        try await write { database in
            if try Self.text(of: instrument.name, in: database) == nil {
                try Self.keep(instrument, at: UTC(nanosecondsSince1970: responses.map(\.made).max() ?? 0), in: database)
            }
            var names = merge.names
            for kept in merge.new {
                names[kept.response.id] = try Self.insert(
                    kept.response, instrument.name, source: "collected", at: UTC(nanosecondsSince1970: kept.made),
                    into: database)
            }
            let ids = try Self.responseIDs(of: instrument.name, in: database)
            for (name, answers) in merge.added {
                for (item, value) in answers {
                    try database.execute(
                        sql: "INSERT OR IGNORE INTO survey_answer (response, item, value) VALUES (?, ?, ?)",
                        arguments: [ids[name], item, value])
                }
            }
            try Self.add(codings, named: names, ids, in: database)
        }
        return merge
    }

    /// Adds codings of raters who have not rated that answer here.
    private static func add(
        _ codings: [SurveyCoding], named names: [String: String], _ ids: [String: Int64], in database: Database
    ) throws {
        let rated = try Row.fetchAll(database, sql: "SELECT DISTINCT response, item, rater FROM survey_coding")
        let known = Set(rated.map { "\($0[0] as Int64) \($0[1] as String) \($0[2] as String)" })
        for coding in codings {
            guard let id = names[coding.response].flatMap({ ids[$0] }) else { continue }
            guard !known.contains("\(id) \(coding.item) \(coding.rater)") else { continue }
            try database.execute(
                sql: "INSERT OR IGNORE INTO survey_coding (response, item, rater, theme) VALUES (?, ?, ?, ?)",
                arguments: [id, coding.item, coding.rater, coding.theme])
        }
    }

    private static func hasWithdrawn(_ code: Code, in database: Database) throws -> Bool {
        try consent(of: code, in: database) == Consent.withdrawn.rawValue
    }

    private static func responseIDs(of instrument: String, in database: Database) throws -> [String: Int64] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT id, wave, number FROM survey_response WHERE instrument = ? AND replaced IS NULL",
            arguments: [instrument])
        return Dictionary(uniqueKeysWithValues: rows.map { (name(wave: $0[1], number: $0[2]), $0[0] as Int64) })
    }
}
