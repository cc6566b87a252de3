import GRDB
import Practice
import Timekeeping

extension Store {
    static func keep(_ instrument: Instrument, at made: UTC, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO instrument (name, text, defined) VALUES (?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET text = excluded.text, defined = excluded.defined
                """, arguments: [instrument.name, instrument.text, made.nanosecondsSince1970])
    }

    static func text(of instrument: String, in database: Database) throws -> String? {
        try String.fetchOne(database, sql: "SELECT text FROM instrument WHERE name = ?", arguments: [instrument])
    }

    /// The name that people and files know a response by, such as `post-012`.
    static func name(wave: String, number: Int) -> String {
        let digits = String(number)
        return "\(wave)-\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits)"
    }

    /// Why responses cannot be kept beside those that are there; nil when they can.
    static func refusal(
        of responses: [SurveyResponse], _ instrument: String, _ merging: SurveyMerging, in database: Database
    ) throws -> SurveyError? {
        let codes = Set(responses.compactMap(\.code))
        let strangers = try codes.filter { try isStranger($0, in: database) }
        guard strangers.isEmpty else { return .unknownCodes(strangers.sorted()) }
        let gone = try codes.filter { try consent(of: $0, in: database) == Consent.withdrawn.rawValue }
        guard gone.isEmpty else { return .withdrawn(gone.sorted()) }
        guard merging != .replace else { return nil }
        for wave in Set(responses.map(\.wave)).sorted() {
            let own = responses.filter { $0.wave == wave }
            let known = try own.compactMap(\.code).filter { code in
                try Bool.fetchOne(
                    database,
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM survey_response WHERE instrument = ? AND wave = ?
                            AND group_name = ? AND place = ? AND replaced IS NULL)
                        """, arguments: [instrument, wave, code.group.text, code.place]) ?? false
            }
            guard known.isEmpty else { return .answeredAlready(known.sorted(), wave: wave) }
            guard merging == .refuse, own.contains(where: { $0.code == nil }) else { continue }
            let unlinked =
                try Int.fetchOne(
                    database,
                    sql: """
                        SELECT COUNT(*) FROM survey_response
                        WHERE instrument = ? AND wave = ? AND group_name IS NULL AND replaced IS NULL
                        """, arguments: [instrument, wave]) ?? 0
            guard unlinked == 0 else { return .unlinkedThere(unlinked, wave: wave) }
        }
        return nil
    }

    /// Whether a group of this store has no such place; groups that are not here may have any.
    private static func isStranger(_ code: Code, in database: Database) throws -> Bool {
        let isGroup = try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM roster WHERE name = ?)", arguments: [code.group.text])
        return try isGroup == true && consent(of: code, in: database) == nil
    }

    static func consent(of code: Code, in database: Database) throws -> String? {
        try String.fetchOne(
            database, sql: "SELECT consent FROM member WHERE group_name = ? AND place = ?",
            arguments: [code.group.text, code.place])
    }

    /// Leaves what a code answered out from now on.
    /// - Returns: whether it answered anything.
    static func withdrawAnswers(of code: Code, in database: Database) throws -> Bool {
        try database.execute(
            sql: "UPDATE survey_response SET withdrawn = 1 WHERE group_name = ? AND place = ?",
            arguments: [code.group.text, code.place])
        return database.changesCount > 0
    }

    /// Makes history of the responses that new ones take the place of.
    static func retire(
        _ responses: [SurveyResponse], _ instrument: String, at made: UTC, in database: Database
    ) throws {
        for code in responses {
            guard let own = code.code else { continue }
            try database.execute(
                sql: """
                    UPDATE survey_response SET replaced = ? WHERE instrument = ? AND wave = ?
                        AND group_name = ? AND place = ? AND replaced IS NULL
                    """,
                arguments: [made.nanosecondsSince1970, instrument, code.wave, own.group.text, own.place])
        }
        for wave in Set(responses.filter { $0.code == nil }.map(\.wave)) {
            try database.execute(
                sql: """
                    UPDATE survey_response SET replaced = ?
                    WHERE instrument = ? AND wave = ? AND group_name IS NULL AND replaced IS NULL
                    """, arguments: [made.nanosecondsSince1970, instrument, wave])
        }
    }

    /// Writes a response under the next number of its wave.
    static func insert(
        _ response: SurveyResponse, _ instrument: String, source: String, at made: UTC, into database: Database
    ) throws -> String {
        let number =
            try Int.fetchOne(
                database,
                sql: "SELECT COALESCE(MAX(number), 0) + 1 FROM survey_response WHERE instrument = ? AND wave = ?",
                arguments: [instrument, response.wave]) ?? 1
        try database.execute(
            sql: """
                INSERT INTO survey_response (instrument, wave, number, group_name, place, source, made)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                instrument, response.wave, number, response.code?.group.text, response.code?.place, source,
                made.nanosecondsSince1970,
            ])
        let id = database.lastInsertedRowID
        for (item, value) in response.answers {
            try database.execute(
                sql: "INSERT INTO survey_answer (response, item, value) VALUES (?, ?, ?)",
                arguments: [id, item, value])
        }
        return name(wave: response.wave, number: number)
    }

    static func answers(of instrument: String, in database: Database) throws -> [Int64: [String: String]] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT response, item, value FROM survey_answer JOIN survey_response ON survey_response.id = response
                WHERE instrument = ? AND replaced IS NULL
                """, arguments: [instrument])
        return rows.reduce(into: [:]) { answers, row in answers[row[0], default: [:]][row[1]] = row[2] as String }
    }

    static func codings(
        of instrument: String, named names: [Int64: String], in database: Database
    ) throws -> [SurveyCoding] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT response, item, rater, theme FROM survey_coding
                JOIN survey_response ON survey_response.id = response
                WHERE instrument = ? AND replaced IS NULL ORDER BY wave, number, item, rater, theme
                """, arguments: [instrument])
        return rows.compactMap { row in
            names[row[0]].map { SurveyCoding(response: $0, item: row[1], rater: row[2], theme: row[3]) }
        }
    }
}
