import GRDB

/// Whether what stands in columns is of the type that their tables declare.
///
/// SQLite keeps any value in any column, and a damaged page gives any value back; whoever reads a row takes the types for
/// granted.
enum StoredTypes {
    /// The tables that hold the rows of sessions; they are long, so each session's are held against their types when it
    /// is read.
    static let rowTables = ["packet", "beat", "coherence", "marker", "link"]

    /// Holds all tables but the long ones against their types.
    /// - Throws: `StoreError.Kind.damaged` naming the table.
    static func checkShortTables(in database: Database, file: String) throws {
        let tables = try String.fetchAll(
            database,
            sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
        for table in tables where !rowTables.contains(table) { try check(table, in: database, file: file) }
    }

    /// Holds the rows of one session against their types.
    /// - Throws: `StoreError.Kind.damaged` naming the table.
    static func checkRows(of session: Int64, in database: Database, file: String) throws {
        for table in rowTables { try check(table, of: session, in: database, file: file) }
    }

    private static func check(_ table: String, of session: Int64? = nil, in database: Database, file: String) throws {
        let faults = try database.columns(in: table).map { column in
            guard let type = types[column.type.uppercased()] else {
                throw Stored.damaged(file, "column \(column.name) of \(table) has the type '\(column.type)'")
            }
            let mayBeMissing = !column.isNotNull && column.primaryKeyIndex == 0
            let allowed = (type + (mayBeMissing ? ["null"] : [])).map { "'\($0)'" }.joined(separator: ", ")
            return "typeof(\(column.name.quotedDatabaseIdentifier)) NOT IN (\(allowed))"
        }
        let condition = (session == nil ? "" : "session = :session AND ") + "(\(faults.joined(separator: " OR ")))"
        let found = try Int.fetchOne(
            database, sql: "SELECT 1 FROM \(table.quotedDatabaseIdentifier) WHERE \(condition) LIMIT 1",
            arguments: session.map { ["session": $0] } ?? [])
        guard found == nil else { throw Stored.damaged(file, "a value of a wrong type in the table \(table)") }
    }

    private static let types: [String: [String]] = [
        "INTEGER": ["integer"], "REAL": ["real", "integer"], "TEXT": ["text"], "BLOB": ["blob"],
    ]
}
