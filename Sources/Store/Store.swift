import GRDB

/// Everything that is kept: groups, consent, straps and sessions, in one SQLite file that survives a killed process.
///
/// The file is in WAL mode with `synchronous = NORMAL`: what was committed is safe from the death of any process; a
/// power cut may cost the last commits, never the file. Several processes may use it at the same time.
public final class Store: Sendable {
    /// How long one process waits for another, seconds of machine time.
    static let longestWait = 5.0

    /// The folder that holds the file.
    public var folder: String { place.path }

    let place: DataFolder
    let pool: DatabasePool

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

    init(place: DataFolder, pool: DatabasePool) {
        self.place = place
        self.pool = pool
    }

    /// SQLite cannot make a file, set its mode and bring it up to date in one step, so processes do it one by one.
    private static func open(_ place: DataFolder) throws -> DatabasePool {
        let pool = try DatabasePool(path: place.database, configuration: configuration)
        let migrator = Schema.migrator
        if try pool.read({ database in try migrator.hasBeenSuperseded(database) }) {
            throw StoreError(.newerSchema, place.database)
        }
        try migrator.migrate(pool)
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
