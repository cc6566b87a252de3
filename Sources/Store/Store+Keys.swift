import FoundationEssentials
import GRDB
import Timekeeping

extension Store {
    /// The keys that sessions of this folder are sealed for, the oldest first; none when it does not seal.
    public func facilitatorKeys() async throws(StoreError) -> [FacilitatorKey] {
        let file = place.database
        return try await read { database in try Self.facilitatorKeys(in: database, file: file) }
    }

    static func facilitatorKeys(in database: Database, file: String) throws -> [FacilitatorKey] {
        try Data.fetchAll(database, sql: "SELECT key FROM facilitator_key ORDER BY added, fingerprint").map { data in
            do { return try FacilitatorKey(bytes: [UInt8](data)) } catch {
                throw Stored.damaged(file, "a facilitator's key that is none")
            }
        }
    }

    /// Seals for these keys too from now on.
    /// - Returns: those that are new here.
    /// - Throws: `StoreError` when they cannot be kept.
    public func add(_ keys: [FacilitatorKey]) async throws(StoreError) -> [FacilitatorKey] {
        try await write { database in
            var new: [FacilitatorKey] = []
            for key in keys {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO facilitator_key (fingerprint, key, added) VALUES (?, ?, ?)",
                    arguments: [
                        key.fingerprint, Data(key.bytes), MachineClock().now().utc.nanosecondsSince1970,
                    ])
                guard database.changesCount == 1 else { continue }
                new.append(key)
                try Self.note(.keyImported, key.fingerprint, in: database)
            }
            return new
        }
    }

    /// Seals for a key no more; what was sealed for it stays so.
    /// - Returns: whether it was one of this folder's.
    /// - Throws: `StoreError` when the file cannot be written.
    public func removeKey(_ fingerprint: String) async throws(StoreError) -> Bool {
        try await write { database in
            try database.execute(sql: "DELETE FROM facilitator_key WHERE fingerprint = ?", arguments: [fingerprint])
            guard database.changesCount == 1 else { return false }
            try Self.note(.keyRemoved, fingerprint, in: database)
            return true
        }
    }
}
