import GRDB
import Glibc

/// The database file before anybody writes into it: what it is, found out without changing a byte of it.
struct StoreFile {
    /// How the file stands to this program.
    enum Standing {
        /// Nothing of ours is in it yet.
        case new
        /// It has every table of this version.
        case current
        /// An earlier version wrote it.
        case older
        /// A later version wrote it.
        case newer
    }

    let place: DataFolder

    /// How the file stands; nil when only somebody who may write can tell, because a start was broken off.
    /// - Throws: `StoreError.Kind.damaged` when it is of another program, or when its log is all that is left.
    func standing() throws -> Standing? {
        guard Self.size(of: place.database) > 0 else {
            guard Self.size(of: place.log) == 0 else {
                throw StoreError(.damaged, place.database, detail: "it is empty, but its log \(place.log) is not")
            }
            return .new
        }
        do {
            let queue = try DatabaseQueue(path: place.database, configuration: Self.reading)
            return try queue.read { try Self.standing(in: $0, file: place.database) }
        } catch {
            let codes: [ResultCode] = [.SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_BUSY]
            guard let failure = error as? DatabaseError, codes.contains(failure.resultCode) else { throw error }
            return nil
        }
    }

    static func standing(in database: Database, file: String) throws -> Standing {
        let migrator = Schema.migrator
        guard try !migrator.appliedIdentifiers(database).isEmpty else {
            let strangers = try Int.fetchOne(
                database,
                sql: "SELECT COUNT(*) FROM sqlite_schema WHERE name NOT LIKE 'grdb%' AND name NOT LIKE 'sqlite%'")
            guard strangers == 0 else { throw StoreError(.damaged, file, detail: "it belongs to another program") }
            return .new
        }
        if try migrator.hasBeenSuperseded(database) { return .newer }
        return try migrator.hasCompletedMigrations(database) ? .current : .older
    }

    /// Opens the file for reading, also where nothing can be written: on a read-only disk, or without the right to.
    ///
    /// SQLite shares an index of the log between processes, in a file beside the database. Where that is missing and
    /// cannot be made nobody else is writing either; so the file is then read without it, and without locks.
    ///
    /// - Parameter isTolerant: whether tables are read whose neighbours' definitions are damaged.
    /// - Returns: connections that cannot write.
    /// - Throws: what SQLite says.
    func openForReading(isTolerant: Bool = false) throws -> any DatabaseWriter {
        var configuration = Self.reading
        if isTolerant { configuration.prepareDatabase { try $0.execute(sql: "PRAGMA writable_schema = ON") } }
        do {
            return try DatabasePool(path: place.database, configuration: configuration)
        } catch {
            let codes: [ResultCode] = [.SQLITE_CANTOPEN, .SQLITE_READONLY]
            guard let failure = error as? DatabaseError, codes.contains(failure.resultCode) else { throw error }
        }
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
        let manner = Self.size(of: place.log) > 0 ? "vfs=unix-none" : "immutable=1"
        return try DatabaseQueue(path: "file:\(escapedPath)?mode=ro&\(manner)", configuration: configuration)
    }

    /// The path as a URI has it (RFC 3986); SQLite needs this for what parts a URI only.
    private var escapedPath: String {
        place.database.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
    }

    private static var reading: Configuration {
        var configuration = Configuration()
        configuration.label = "entrain.reading"
        configuration.readonly = true
        configuration.busyMode = .timeout(Store.longestWait)
        configuration.maximumReaderCount = 1
        return configuration
    }

    /// Bytes of a file; 0 when there is none.
    static func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
}
