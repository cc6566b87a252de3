import FoundationEssentials
import GRDB
import Glibc
import Practice
import Store

/// The store file: whatever stands in it, it is read or refused with a sentence.
///
/// An input that begins as a database does is the file itself. Any other is what is changed in a whole file: with a first
/// byte that is even, bytes by their places, with an odd one, columns of tables by their numbers.
enum StoreEntry {
    static func take(_ bytes: [UInt8]) async throws {
        let folder = try MemoryFolder()
        defer { folder.remove() }
        let file = "\(folder.path)/entrain.sqlite"
        if bytes.starts(with: "SQLite".utf8) {
            try Data(bytes).write(to: file)
        } else {
            let whole = try await PristineStore.shared.bytes
            let isOdd = (bytes.first ?? 0) & 1 == 1
            try Data(isOdd ? whole : changed(whole, bytes.dropFirst())).write(to: file)
            if isOdd { try await change(file, bytes.dropFirst()) }
        }
        try await read(folder.path)
    }

    // MARK: - Changes

    /// Three bytes are a place, the fourth is what comes there.
    private static func changed(_ whole: [UInt8], _ changes: ArraySlice<UInt8>) -> [UInt8] {
        var file = whole
        var rest = changes
        while rest.count >= 4 {
            let place = rest.prefix(3).reduce(0) { $0 << 8 | Int($1) } % file.count
            file[place] = rest[rest.startIndex + 3]
            rest = rest.dropFirst(4)
        }
        return file
    }

    private static let values: [DatabaseValue] = [
        .null, 0.databaseValue, (-1).databaseValue, Int64.max.databaseValue, Int64.min.databaseValue,
        1e300.databaseValue, (-Double.infinity).databaseValue, 0.5.databaseValue, "".databaseValue, "x".databaseValue,
        "G1".databaseValue, "study".databaseValue, "[]".databaseValue, "{}".databaseValue,
        Data([0, 255]).databaseValue, Data().databaseValue,
    ]

    /// A byte is a column among all there are, the next is what comes into every row of it.
    private static func change(_ file: String, _ changes: ArraySlice<UInt8>) async throws {
        let queue = try DatabaseQueue(path: file)
        let changes = Array(changes.prefix(16))
        try await queue.writeWithoutTransaction { database in
            try database.execute(
                sql: "PRAGMA foreign_keys = OFF; PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF")
            let columns = try Row.fetchAll(
                database,
                sql: """
                    SELECT m.name, c.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c
                    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2
                    """)
            for place in stride(from: 0, to: changes.count - 1, by: 2) {
                let column = columns[Int(changes[place]) % columns.count]
                let value = values[Int(changes[place + 1]) % values.count]
                do {
                    try database.execute(
                        sql: "UPDATE \"\(column[0] as String)\" SET \"\(column[1] as String)\" = ?", arguments: [value])
                } catch is DatabaseError {
                    continue  // a value that the table refuses
                }
            }
        }
        try queue.close()
    }

    // MARK: - Reading

    private static func read(_ folder: String) async throws {
        do throws(StoreError) {
            let store = try Store(folder: folder)
            try await expect { () throws(StoreError) in try await readPeople(of: store) }
            try await expect { () throws(StoreError) in try await readSessions(of: store) }
            try await expect { () throws(StoreError) in try await readSurveys(of: store) }
            try await expect { () throws(StoreError) in
                _ = try await Store(reading: folder).wallReading(nil, followsAll: true)
                _ = try await Store(reading: folder).wallReading("20260804-G1", followsAll: false)
            }
        } catch {
            guard !error.description.isEmpty else { throw error }
        }
    }

    /// One part may be refused, the next is read all the same.
    private static func expect(_ part: () async throws(StoreError) -> Void) async throws(StoreError) {
        do throws(StoreError) { try await part() } catch {
            guard !error.description.isEmpty else { throw error }
        }
    }

    private static func readPeople(of store: Store) async throws(StoreError) {
        if case .success(let receipt) = Result(catching: { () throws(PersonalReceipt.Fault) in
            try PersonalReceipt(PristineStore.receipt)
        }) {
            try await expect { () throws(StoreError) in _ = try await store.reading(receipt) }
        }
        for roster in try await store.rosters() { _ = try await store.roster(roster.group) }
        _ = try await store.owner(ofStrap: "A0:9E:1A:00:00:01")
        _ = try await store.knownStraps()
        _ = try await store.knownAdapters()
        _ = try await store.strapsElsewhere()
        _ = try await store.rooms(isOwn: true)
        _ = try await store.lastSignal(of: StrapIdentity(address: "A0:9E:1A:00:00:01", name: "Polar H10 A1B2C3D4"))
    }

    private static func readSessions(of store: Store) async throws(StoreError) {
        for listing in try await store.sessions() {
            try await expect { () throws(StoreError) in _ = try await store.record(named: listing.name) }
            try await expect { () throws(StoreError) in _ = try await store.original(named: listing.name) }
        }
        _ = try await store.imported("abc")
    }

    private static func readSurveys(of store: Store) async throws(StoreError) {
        _ = try await store.instrumentTexts()
        _ = try await store.answeredItems(of: "own")
        let item = SurveyItem(wave: "post", name: "next", kind: .text, label: "Next", text: "Next?")
        _ = try await store.answers(to: Instrument(name: "own", title: "Own", items: [item], text: ""))
    }
}

extension Data {
    fileprivate func write(to file: String) throws {
        try write(to: URL(filePath: file))
        chmod(file, 0o600)
    }
}
