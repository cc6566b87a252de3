import GRDB

/// What a table's columns may hold, so that a row of a damaged file is told from a sound one before it is used.
struct TableShape {
    /// A column.
    struct Column {
        var name: String
        /// Its declared type: INTEGER, REAL, TEXT or BLOB.
        var type: String
        var isRequired: Bool
        /// Its place in the primary key, from 1; 0 outside of it.
        var keyPlace: Int

        func fits(_ value: DatabaseValue) -> Bool {
            switch value.storage {
            case .null: !isRequired
            case .int64: type == "INTEGER" || type == "REAL"
            case .double: type == "REAL"
            case .string: type == "TEXT"
            case .blob: type == "BLOB"
            }
        }
    }

    let table: String
    var columns: [Column]

    init(of table: String, in database: Database) throws {
        self.table = table
        columns = try Row.fetchAll(
            database, sql: "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?) ORDER BY cid",
            arguments: [table]
        ).map { Column(name: $0[0], type: $0[1], isRequired: $0[2], keyPlace: $0[3]) }
    }

    /// Some of the columns, in the order of a list such as `place, t`.
    func columns(named list: String) -> TableShape {
        var shape = self
        shape.columns = list.split(separator: ",").compactMap { name in
            columns.first { $0.name == name.filter { $0 != " " } }
        }
        return shape
    }

    /// Whether a row that begins with these columns holds what may stand there.
    func fits(_ row: Row) -> Bool {
        guard row.count >= columns.count else { return false }
        return zip(columns, row.databaseValues).allSatisfy { $0.fits($1) }
    }

    /// The names of the primary key's columns, in its order; empty for a table that has row numbers only.
    var key: [String] { columns.filter { $0.keyPlace > 0 }.sorted { $0.keyPlace < $1.keyPlace }.map(\.name) }
}

extension Stored {
    /// Rows of a table, each of them seen to hold what its columns may, or else `StoreError.Kind.damaged`.
    ///
    /// `columns` are parted by commas; what follows them in `more` is not looked at; `rest` follows the table's name.
    static func rows(
        _ columns: String, more: String = "", of table: String, _ rest: String, _ arguments: StatementArguments,
        in database: Database, file: String
    ) throws -> [Row] {
        let shape = try TableShape(of: table, in: database).columns(named: columns)
        let rows = try Row.fetchAll(
            database, sql: "SELECT \(columns)\(more) FROM \(table) \(rest)", arguments: arguments)
        guard rows.allSatisfy(shape.fits) else { throw Stored.damaged(file, "a row of \(table) that means nothing") }
        return rows
    }
}
