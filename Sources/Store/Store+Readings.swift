import FoundationEssentials
import GRDB
public import Practice

extension Store {
    /// What became of a reading that was to be deleted.
    public enum Deletion: Sendable, Hashable {
        /// There is none under that receipt.
        case unknown
        /// Its key and its bytes are gone from every file of the store.
        case done
        /// The same of the database; the journal is cleared as soon as nobody else uses it.
        case journalLater
    }

    /// Keeps a reading so that only its receipt opens it: neither whose it is nor when it was can be told without.
    /// - Throws: `StoreError` when it cannot be written.
    public func keep(_ record: PersonalRecord, under receipt: PersonalReceipt) async throws(StoreError) {
        let lock = try await readingLock(making: true)
        guard let lock else { throw StoreError(.damaged, place.database, detail: "no salt of kept readings") }
        do {
            let seal = try ReadingSeal(receipt, salt: lock.salt, rounds: lock.rounds)
            let sealed = try seal.seal(record)
            try await write { database in
                try database.execute(
                    sql: "INSERT INTO reading (lookup, wrapped_key, sealed) VALUES (?, ?, ?)",
                    arguments: [seal.lookup, sealed.wrappedKey, sealed.reading])
            }
        } catch {
            throw StoreError(error, at: place.database)
        }
    }

    /// The reading that a receipt opens; nil when it opens none.
    /// - Throws: `StoreError` when the file cannot be read or the reading was tampered with.
    public func reading(_ receipt: PersonalReceipt) async throws(StoreError) -> PersonalRecord? {
        guard let lock = try await readingLock(making: false) else { return nil }
        do {
            let seal = try ReadingSeal(receipt, salt: lock.salt, rounds: lock.rounds)
            let row = try await read { database in
                try Row.fetchOne(
                    database, sql: "SELECT wrapped_key, sealed FROM reading WHERE lookup = ?", arguments: [seal.lookup]
                ).map { ReadingSeal.Sealed(wrappedKey: $0[0], reading: $0[1]) }
            }
            guard let row else { return nil }
            do { return try seal.open(row, in: place.database) } catch {
                throw StoreError(.damaged, place.database, detail: "a kept reading was changed")
            }
        } catch {
            throw StoreError(error, at: place.database)
        }
    }

    /// Destroys the reading under a receipt: its key and all its bytes are overwritten, in the journal as well.
    /// - Throws: `StoreError` when the file cannot be written.
    public func deleteReading(_ receipt: PersonalReceipt) async throws(StoreError) -> Deletion {
        guard let lock = try await readingLock(making: false) else { return .unknown }
        let lookup: Data
        do { lookup = try ReadingSeal(receipt, salt: lock.salt, rounds: lock.rounds).lookup } catch {
            throw StoreError(error, at: place.database)
        }
        let isGone = try await write { database in
            // Overwritten where it lies, and then deleted.
            try database.execute(
                sql: """
                    UPDATE reading SET wrapped_key = zeroblob(length(wrapped_key)), sealed = zeroblob(length(sealed))
                    WHERE lookup = ?
                    """, arguments: [lookup])
            try database.execute(sql: "DELETE FROM reading WHERE lookup = ?", arguments: [lookup])
            return database.changesCount > 0
        }
        guard isGone else { return .unknown }
        return try await clearJournal() ? .done : .journalLater
    }

    /// Writes the whole database anew, so that no page holds rests of deleted rows, and empties the journal.
    ///
    /// The copy that SQLite makes meanwhile is in memory, or, of a large store, in a nameless file in its own folder;
    /// never in a folder for all.
    /// - Parameter most: the largest store whose copy is made in memory, bytes.
    /// - Returns: whether it is done; false when others use the store, or the disk has no room for it.
    /// - Throws: `StoreError` when the file cannot be written for another reason.
    func sweep(inMemoryUpTo most: Int = 64 << 20) async throws(StoreError) -> Bool {
        let folder = place.path.replacing("'", with: "''")
        do {
            try await pool.writeWithoutTransaction { database in
                let size = try Int.fetchOne(
                    database, sql: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
                guard let size, size > most else { return try database.execute(sql: "VACUUM") }
                try database.execute(sql: "PRAGMA temp_store = FILE; PRAGMA temp_store_directory = '\(folder)'")
                let outcome = Result { try database.execute(sql: "VACUUM") }
                try database.execute(sql: "PRAGMA temp_store_directory = ''; PRAGMA temp_store = MEMORY")
                try outcome.get()
            }
        } catch {
            let failure = StoreError(error, at: place.database)
            guard failure.kind == .busy || failure.kind == .diskFull else { throw failure }
            return false
        }
        return try await clearJournal()
    }

    /// Writes the journal into the database and empties it; false when others read or write for too long.
    func clearJournal() async throws(StoreError) -> Bool {
        let end = ContinuousClock.now.advanced(by: .seconds(Self.longestWait))
        repeat {
            let isCleared = try await clearJournalOnce()
            if isCleared { return true }
            do { try await Task.sleep(for: .milliseconds(50)) } catch { break }
        } while ContinuousClock.now < end
        return false
    }

    private func clearJournalOnce() async throws(StoreError) -> Bool {
        do {
            return try await pool.writeWithoutTransaction { database in
                try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)").map { $0[0] == 0 } ?? false
            }
        } catch {
            let failure = StoreError(error, at: place.database)
            guard failure.kind == .busy else { throw failure }
            return false
        }
    }

    func readingLock(making isMade: Bool) async throws(StoreError) -> (salt: Data, rounds: Int)? {
        let known = try await read { try Self.readingLock(in: $0) }
        guard known == nil, isMade else { return known }
        return try await write { database in
            if let known = try Self.readingLock(in: database) { return known }
            var generator = SystemRandomNumberGenerator()
            let salt = Data((0..<ReadingSeal.saltBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
            try database.execute(
                sql: "INSERT INTO reading_lock (salt, rounds) VALUES (?, ?)", arguments: [salt, ReadingSeal.rounds])
            return (salt, ReadingSeal.rounds)
        }
    }

    private static func readingLock(in database: Database) throws -> (salt: Data, rounds: Int)? {
        try Row.fetchOne(database, sql: "SELECT salt, rounds FROM reading_lock").map { ($0[0], $0[1]) }
    }
}
