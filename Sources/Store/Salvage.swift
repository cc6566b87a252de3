import GRDB

/// Reads everything of a damaged file that can still be read, row by row, around what cannot.
///
/// SQLite keeps a table as a tree of pages. A page that is damaged takes its own rows with it, or those of the pages below
/// it; the others can be reached, by asking for rows beyond.
struct Salvage {
    /// Rows of one table that could not be read or mean nothing.
    struct Hole: Hashable {
        var table: String
        /// The session they belong to; nil where a table knows none.
        var session: Int64?
    }

    /// A row, in the order of its table's columns.
    typealias Take = (_ shape: TableShape, _ values: [DatabaseValue]) throws -> Void

    /// How many rows beyond the last one that was read are tried one by one, and how far beyond it any are, where the
    /// file does not tell how many there are.
    private static let near: Int64 = 2000
    private static let far: Int64 = 1 << 40

    let database: Database
    private(set) var holes: Set<Hole> = []

    init(_ database: Database) { self.database = database }

    /// The tables there are, those that others refer to first; what is missing of `expected` is a hole.
    mutating func tables(expected: [String]) throws -> [TableShape] {
        let found = Self.readable("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid", in: database)
        let names = found.compactMap { String.fromDatabaseValue($0[0]) }
        var shapes: [TableShape] = []
        for name in expected {
            do {
                guard names.contains(name) else { continue }
                let shape = try TableShape(of: name, in: database)
                if !shape.columns.isEmpty { shapes.append(shape) }
            } catch {
                guard error is DatabaseError else { throw error }
            }
        }
        for name in Set(expected).subtracting(shapes.map(\.table)) { holes.insert(Hole(table: name)) }
        return shapes
    }

    /// The rows that come before the first one that cannot be read.
    static func readable(_ sql: String, in database: Database) -> [Row] {
        var rows: [Row] = []
        do {
            let cursor = try Row.fetchCursor(database, sql: sql)
            while let row = try cursor.next() { rows.append(row.copy()) }
        } catch {
            return rows
        }
        return rows
    }

    /// Hands on every row of a table that can be read.
    mutating func walk(_ shape: TableShape, sessions: [Int64], _ take: Take) throws {
        let key = shape.key
        if key.count == 2, key[0] == "session" {
            for session in sessions { try walk(shape, by: key[1], of: session, take) }
        } else if key.count <= 1, shape.columns.first(where: { $0.name == key.first })?.type ?? "INTEGER" == "INTEGER" {
            try walk(shape, by: key.first ?? "rowid", of: nil, take)
        } else {
            try walkFromBothEnds(shape, key: key, take)
        }
    }

    // MARK: - Tables with numbered rows

    private mutating func walk(_ shape: TableShape, by number: String, of session: Int64?, _ take: Take) throws {
        let columns = shape.columns.map(\.name).joined(separator: ", ")
        let sql = """
            SELECT \(columns), \(number) FROM \(shape.table)
            WHERE \(session == nil ? "" : "session = :session AND ")\(number) >= :next ORDER BY \(number)
            """
        var next: Int64 = 0
        var misses: Int64 = 0
        var end: Int64?
        while true {
            do {
                let arguments: StatementArguments = session.map { ["session": $0, "next": next] } ?? ["next": next]
                let rows = try Row.fetchCursor(database, sql: sql, arguments: arguments)
                while let row = try rows.next() {
                    let values = Array(row.databaseValues)
                    guard let found = Int64.fromDatabaseValue(values[values.count - 1]), found >= next, found < .max
                    else {
                        holes.insert(Hole(table: shape.table, session: session))
                        continue
                    }
                    next = found + 1
                    misses = 0
                    try hand(values.dropLast(), of: shape, session, take)
                }
                return
            } catch {
                guard error is DatabaseError else { throw error }
                holes.insert(Hole(table: shape.table, session: session))
                end = end ?? last(number, of: shape.table, session: session)
                misses += 1
                next += end == nil ? max(1, misses - Self.near) * max(1, misses - Self.near) : 1
                guard next <= end ?? Self.far, misses < 10 * Self.near || end != nil else { return }
            }
        }
    }

    /// The highest number of a table's rows, or of those of its session; nil when that cannot be read.
    private func last(_ number: String, of table: String, session: Int64?) -> Int64? {
        let condition = session == nil ? "" : "WHERE session = :session "
        let arguments: StatementArguments = session.map { ["session": $0] } ?? [:]
        do {
            return try Int64.fetchOne(
                database, sql: "SELECT \(number) FROM \(table) \(condition)ORDER BY \(number) DESC LIMIT 1",
                arguments: arguments)
        } catch {
            return nil
        }
    }

    // MARK: - Other tables

    private mutating func walkFromBothEnds(_ shape: TableShape, key: [String], _ take: Take) throws {
        let columns = shape.columns.map(\.name).joined(separator: ", ")
        var known: Set<[DatabaseValue]> = []
        for direction in ["ASC", "DESC"] {
            let order = key.map { "\($0) \(direction)" }.joined(separator: ", ")
            do {
                let rows = try Row.fetchCursor(database, sql: "SELECT \(columns) FROM \(shape.table) ORDER BY \(order)")
                while let row = try rows.next() {
                    let values = Array(row.databaseValues)
                    guard known.insert(values).inserted else { continue }
                    try hand(values[...], of: shape, nil, take)
                }
                return
            } catch {
                guard error is DatabaseError else { throw error }
                holes.insert(Hole(table: shape.table))
            }
        }
    }

    private mutating func hand(
        _ values: ArraySlice<DatabaseValue>, of shape: TableShape, _ session: Int64?, _ take: Take
    ) throws {
        guard zip(shape.columns, values).allSatisfy({ $0.fits($1) }) else {
            holes.insert(Hole(table: shape.table, session: session))
            return
        }
        try take(shape, Array(values))
    }
}
