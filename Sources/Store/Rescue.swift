import GRDB
import Glibc
public import Practice

/// What a store holds that can be read, and what cannot.
public struct StoreHealth: Sendable, Hashable {
    /// What is missing of one code.
    public struct Loss: Sendable, Hashable {
        /// Whose.
        public var code: Code
        /// Packets whose numbers are missing.
        public var packets: Int
        /// Beats whose numbers are missing.
        public var beats: Int
    }

    /// A session of which something cannot be read.
    public struct DamagedSession: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// The tables with rows that cannot be read.
        public var tables: [String]
        /// What is missing, of codes whose numbers show it; the last beats of a code can be missing unseen.
        public var losses: [Loss]
        /// How many beats of all codes are missing; nil where the session does not tell how many there were.
        public var missingBeats: Int?
    }

    /// What SQLite finds wrong with the file, page by page, the first of it; empty for a sound one.
    public var faults: [String]
    /// Sessions whose rows can all be read.
    public var soundSessions: Int
    /// Sessions of which something cannot be read.
    public var damagedSessions: [DamagedSession]
    /// Tables beside those of sessions with rows that cannot be read.
    public var damagedTables: [String]
    /// How many rows were read.
    public var rows: Int

    /// Whether everything is there.
    public var isSound: Bool { faults.isEmpty && damagedSessions.isEmpty && damagedTables.isEmpty }
}

extension Store {
    /// Reads a whole store, around what is damaged, and tells what that is; nothing is changed.
    /// - Parameter folder: its folder.
    /// - Returns: what can be read and what cannot.
    /// - Throws: `StoreError` when there is none, when it is of another version, or no table of it can be read.
    public static func health(of folder: String) throws(StoreError) -> StoreHealth {
        let place = DataFolder(at: folder)
        do {
            return try StoreFile(place: place).openForReading(isTolerant: true).unsafeRead { database in
                try Rescue(source: database, file: place.database).health(copyingInto: nil)
            }
        } catch {
            throw StoreError(error, at: place.database)
        }
    }

    /// Copies everything of a store that can be read into a new one; the old one is not changed.
    /// - Parameters:
    ///   - folder: the folder of the damaged store.
    ///   - target: a folder for the new one, empty or not there yet.
    /// - Returns: what was copied and what was lost.
    /// - Throws: `StoreError`; `.folderInUse` when there is a store in `target`.
    public static func rescue(_ folder: String, into target: String) throws(StoreError) -> StoreHealth {
        let place = DataFolder(at: folder)
        guard StoreFile.size(of: place.database) > 0 else { throw StoreError(.damaged, place.database) }
        guard access(DataFolder(at: target).database, F_OK) != 0 else { throw StoreError(.folderInUse, target) }
        let new = try Store(folder: target)
        do {
            return try StoreFile(place: place).openForReading(isTolerant: true).unsafeRead { database in
                try new.pool.writeWithoutTransaction { copy in
                    try Rescue(source: database, file: place.database).health(copyingInto: copy)
                }
            }
        } catch {
            throw StoreError(error, at: place.database)
        }
    }
}

/// Walks through a store and copies what it finds.
private struct Rescue {
    let source: Database
    let file: String

    func health(copyingInto copy: Database?) throws -> StoreHealth {
        let expected = try expectedTables()
        let faults = try faults()
        var salvage = Salvage(source)
        var names: [Int64: String] = [:]
        var rows = 0
        var refused: Set<Salvage.Hole> = []
        let tables = try salvage.tables(expected: expected)
        guard tables.contains(where: { $0.table == "packet" || $0.table == "session" }) else {
            throw StoreError(
                .damaged, file, detail: "no session in it can be read; sqlite3 \(file) .recover may still help")
        }
        for shape in tables {
            let sink = try RowSink(shape, copy)
            try copy?.beginTransaction()
            try salvage.walk(shape, sessions: names.keys.sorted()) { shape, values in
                rows += 1
                if shape.table == "session", let id = Int64.fromDatabaseValue(values[0]) {
                    names[id] = String.fromDatabaseValue(values[1])
                }
                if try sink.take(values) == false {
                    let isOfSession = shape.columns[0].name == "session"
                    let session = isOfSession ? Int64.fromDatabaseValue(values[0]) : nil
                    refused.insert(Salvage.Hole(table: shape.table, session: session))
                }
            }
            if shape.table == "session" {
                for session in try LostSession.all(in: source, except: names) {
                    names[session.id] = session.name
                    refused.insert(Salvage.Hole(table: "session", session: session.id))
                    if let copy { try session.restore(in: copy) }
                }
            }
            try copy?.commit()
        }
        let holes = salvage.holes.union(refused)
        let ids = Set(holes.compactMap(\.session)).sorted()
        return StoreHealth(
            faults: faults, soundSessions: names.count - ids.count,
            damagedSessions: try ids.map { id in
                StoreHealth.DamagedSession(
                    name: names[id] ?? "\(id)", tables: holes.filter { $0.session == id }.map(\.table).sorted(),
                    losses: try copy.map { try losses(of: id, in: $0) } ?? [],
                    missingBeats: try copy.flatMap { try missingBeats(of: id, in: $0) })
            },
            damagedTables: holes.filter { $0.session == nil }.map(\.table).sorted(), rows: rows)
    }

    /// The tables of the version that wrote the file; of this one where that cannot be read any more.
    private func expectedTables() throws -> [String] {
        var steps = Schema.migrator.migrations
        do {
            switch try StoreFile.standing(in: source, file: file) {
            case .newer: throw StoreError(.newerSchema, file)
            case .older: steps = try Schema.migrator.completedMigrations(source)
            case .new, .current: break
            }
        } catch {
            guard error is DatabaseError || (error as? StoreError)?.kind == .damaged else { throw error }
        }
        let model = try DatabaseQueue()
        if let last = steps.last { try Schema.migrator.migrate(model, upTo: last) }
        return try model.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT name FROM sqlite_schema
                    WHERE type = 'table' AND name NOT LIKE 'grdb%' AND name NOT LIKE 'sqlite%' ORDER BY rowid
                    """)
        }
    }

    private func missingBeats(of session: Int64, in copy: Database) throws -> Int? {
        try Int.fetchOne(
            copy,
            sql: """
                SELECT beats - (SELECT COUNT(*) FROM beat WHERE session = id AND revises = 0) FROM session WHERE id = ?
                """, arguments: [session])
    }

    private func faults() throws -> [String] {
        do {
            return try String.fetchAll(source, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
        } catch {
            guard let failure = error as? DatabaseError else { throw error }
            return [failure.message ?? "the file cannot be checked"]
        }
    }

    /// What is missing between the first and the last number of each code.
    private func losses(of session: Int64, in copy: Database) throws -> [StoreHealth.Loss] {
        let counts = try Row.fetchAll(
            copy,
            sql: """
                SELECT group_name, place,
                    MAX((SELECT COALESCE(MAX(number), 0) FROM packet WHERE session = id AND place = session_code.place),
                        (SELECT COALESCE(MAX(packet), 0) FROM beat WHERE session = id AND place = session_code.place))
                    - (SELECT COUNT(*) FROM packet WHERE session = id AND place = session_code.place),
                    (SELECT COALESCE(MAX(sequence) - COUNT(DISTINCT sequence), 0) FROM beat
                     WHERE session = id AND place = session_code.place)
                FROM session JOIN session_code ON session = id WHERE id = ? ORDER BY place
                """, arguments: [session])
        return try counts.compactMap { row in
            guard row[2] as Int > 0 || row[3] as Int > 0 else { return nil }
            return StoreHealth.Loss(code: try Stored.code(row[0], row[1], in: file), packets: row[2], beats: row[3])
        }
    }
}

/// Puts rows into the new store.
private struct RowSink {
    private let copy: Database?
    private let insertion: String
    /// Which of a row's values the new store has a column for.
    private let kept: [Int]

    init(_ shape: TableShape, _ copy: Database?) throws {
        self.copy = copy
        let known = try copy.map { try TableShape(of: shape.table, in: $0).columns.map(\.name) } ?? []
        kept = shape.columns.indices.filter { known.contains(shape.columns[$0].name) }
        let names = kept.map { shape.columns[$0].name }.joined(separator: ", ")
        let marks = kept.map { _ in "?" }.joined(separator: ", ")
        insertion = "INSERT INTO \(shape.table) (\(names)) VALUES (\(marks))"
    }

    /// - Returns: whether the row fits what is there already.
    /// - Throws: `StoreError` when the new store cannot be written.
    func take(_ values: [DatabaseValue]) throws -> Bool {
        guard let copy else { return true }
        do {
            try copy.cachedStatement(sql: insertion).execute(arguments: StatementArguments(kept.map { values[$0] }))
            return true
        } catch {
            guard let failure = error as? DatabaseError, failure.resultCode == .SQLITE_CONSTRAINT else {
                throw StoreError(error, at: "the new folder")
            }
            return false
        }
    }
}
