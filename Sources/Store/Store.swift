import GRDB
import Glibc

/// Everything that is kept: groups, consent, straps and sessions, in one SQLite file that survives a killed process.
///
/// The file is in WAL mode with `synchronous = FULL`: what was committed is on the disk, safe from the death of any process
/// and from a power cut. Several processes may use it at the same time.
public final class Store: Sendable {
    /// How long one process waits for another, seconds of machine time.
    static let longestWait = 5.0

    /// The folder that holds the file.
    public var folder: String { place.path }

    let place: DataFolder
    let pool: any DatabaseWriter

    /// Opens the store in `folder`, making it where it is missing, and brings an older file up to date.
    /// - Throws: `StoreError` when the folder cannot be written, the file is damaged or newer than this program.
    public init(folder: String) throws(StoreError) {
        place = try DataFolder(preparing: folder)
        do {
            pool = try place.whileAlone { [place] in try Self.open(place) }
        } catch {
            throw StoreError(error, at: place.database)
        }
    }

    init(place: DataFolder, pool: any DatabaseWriter) {
        self.place = place
        self.pool = pool
    }

    /// Opens the store in `folder` for commands that only look: where the folder can be written as `init(folder:)` does,
    /// else as it is, so that a read-only disk can be read.
    /// - Throws: `StoreError` when it cannot be read, or is of another version and cannot be brought up to date.
    public static func consult(folder: String) throws(StoreError) -> Store {
        let place = DataFolder(at: folder)
        let isThere = access(place.database, F_OK) == 0
        let isWritable = access(place.path, W_OK) == 0 && access(place.database, W_OK) == 0
        return isThere && !isWritable ? try Store(reading: folder) : try Store(folder: folder)
    }

    /// SQLite cannot make a file, set its mode and bring it up to date in one step, so processes do it one by one.
    private static func open(_ place: DataFolder) throws -> DatabasePool {
        let known = try StoreFile(place: place).standing()
        if known == .newer { throw StoreError(.newerSchema, place.database) }
        let pool = try DatabasePool(path: place.database, configuration: configuration)
        // GRDB opens with NORMAL, which leaves the newest commits to the system for up to half a minute.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        let standing = try known ?? pool.read { try StoreFile.standing(in: $0, file: place.database) }
        switch standing {
        case .newer: throw StoreError(.newerSchema, place.database)
        case .new: try Schema.migrator.migrate(pool)
        case .older: try Upgrade(place: place, pool: pool).run()
        case .current: Upgrade.removeCopies(in: place)
        }
        try pool.read { try StoredTypes.checkShortTables(in: $0, file: place.database) }
        return pool
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "entrain.store"
        configuration.busyMode = .timeout(longestWait)
        configuration.maximumReaderCount = 2
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY") }
        return configuration
    }

    /// Reads a consistent state, also while another process writes.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let pool = pool
        return try await finished { try await pool.read(body) }
    }

    /// Writes all of it or nothing.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(StoreError) -> Value {
        let pool = pool
        return try await finished { try await pool.write(body) }
    }

    /// Runs in a task of its own, because a cancelled caller (Ctrl-C) must not cut off what is being kept.
    private func finished<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await Task { try await body() }.value
        } catch {
            throw StoreError(error, at: place.database)
        }
    }
}
