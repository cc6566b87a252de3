import FoundationEssentials
import GRDB

/// Rows of tables exactly as they stand, as bytes and back.
///
/// Every value keeps its type and all of its bits, so that what comes out is what went in.
struct RowArchive: Sendable, Equatable {
    private static let heading = Array("entrain rows 1\n".utf8)

    /// Rows of one table.
    struct Table: Sendable, Equatable {
        var name: String
        var columns: [String]
        var rows: [[DatabaseValue]]
    }

    var tables: [Table] = []

    /// Takes up the rows of a table.
    /// - Parameters:
    ///   - table: the table.
    ///   - condition: which rows, in SQL.
    ///   - arguments: its values.
    ///   - database: where they stand.
    /// - Throws: what SQLite says.
    mutating func take(
        _ table: String, where condition: String, _ arguments: StatementArguments, in database: Database
    ) throws {
        let columns = try database.columns(in: table).map(\.name)
        let list = columns.joined(separator: ", ")
        let rows = try Row.fetchAll(
            database, sql: "SELECT \(list) FROM \(table) WHERE \(condition)", arguments: arguments)
        guard !rows.isEmpty else { return }
        tables.append(Table(name: table, columns: columns, rows: rows.map { Array($0.databaseValues) }))
    }

    /// Puts the rows into the tables they were taken from; those that are there stay.
    func insert(into database: Database) throws {
        for table in tables {
            let known = Set(try database.columns(in: table.name).map(\.name))
            guard table.columns.allSatisfy(known.contains) else { throw ByteReader.Short() }
            let marks = table.columns.map { _ in "?" }.joined(separator: ", ")
            let statement = try database.cachedStatement(
                sql: "INSERT OR IGNORE INTO \(table.name) (\(table.columns.joined(separator: ", "))) VALUES (\(marks))")
            for row in table.rows { try statement.execute(arguments: StatementArguments(row)) }
        }
    }

    func count(of table: String) -> Int { tables.first { $0.name == table }?.rows.count ?? 0 }

    // MARK: - Bytes

    func bytes() -> [UInt8] {
        var bytes = Self.heading
        bytes.put(count: tables.count)
        for table in tables {
            bytes.put(block: table.name.utf8)
            bytes.put(count: table.columns.count)
            for column in table.columns { bytes.put(block: column.utf8) }
            bytes.put(count: table.rows.count)
            for value in table.rows.joined() { Self.put(value, into: &bytes) }
        }
        return bytes
    }

    /// - Parameters:
    ///   - bytes: what `bytes()` gave.
    ///   - allowed: tables it may hold.
    /// - Throws: when it holds anything else.
    init(bytes: [UInt8], allowed: Set<String>) throws {
        var reader = ByteReader(bytes)
        guard try reader.bytes(Self.heading.count) == Self.heading else { throw ByteReader.Short() }
        for _ in 0..<(try reader.count()) {
            let name = try reader.text()
            guard allowed.contains(name) else { throw ByteReader.Short() }
            var columns: [String] = []
            for _ in 0..<(try reader.count()) { columns.append(try reader.text()) }
            var rows: [[DatabaseValue]] = []
            for _ in 0..<(try reader.count()) {
                var row: [DatabaseValue] = []
                for _ in columns { row.append(try Self.value(from: &reader)) }
                rows.append(row)
            }
            tables.append(Table(name: name, columns: columns, rows: rows))
        }
        guard reader.isAtEnd else { throw ByteReader.Short() }
    }

    init() {}

    private static func put(_ value: DatabaseValue, into bytes: inout [UInt8]) {
        switch value.storage {
        case .null: bytes.append(0)
        case .int64(let number):
            bytes.append(1)
            bytes.put(UInt64(bitPattern: number))
        case .double(let number):
            bytes.append(2)
            bytes.put(number.bitPattern)
        case .string(let text):
            bytes.append(3)
            bytes.put(block: text.utf8)
        case .blob(let data):
            bytes.append(4)
            bytes.put(block: data)
        }
    }

    private static func value(from reader: inout ByteReader) throws -> DatabaseValue {
        switch try reader.byte() {
        case 0: .null
        case 1: Int64(bitPattern: try reader.number64()).databaseValue
        case 2: Double(bitPattern: try reader.number64()).databaseValue
        case 3: try reader.text().databaseValue
        case 4: Data(try reader.block()).databaseValue
        default: throw ByteReader.Short()
        }
    }
}
