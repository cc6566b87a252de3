import Crypto
import FoundationEssentials
import GRDB
public import Practice

extension Store {
    /// Reads a session wherever it stands: in the clear, or sealed and opened in memory, never on the disk.
    /// - Parameters:
    ///   - name: the session.
    ///   - key: what opens it.
    ///   - database: the store.
    ///   - file: its path, for errors.
    ///   - body: reads the tables.
    /// - Returns: what the body read.
    /// - Throws: `StoreError.Kind.unknownSession`, `.sealed`, `.otherKey`.
    static func opened<Value>(
        _ name: String, with key: FacilitatorPrivateKey?, in database: Database, file: String,
        _ body: (Database, Int64, SessionInfo) throws -> Value
    ) throws -> Value {
        guard let id = try id(of: name, in: database) else { throw StoreError(.unknownSession, name) }
        let info = try sessionInfo(of: id, in: database, file: file)
        let parts = try SealedPart.all(of: id, in: database)
        guard !parts.isEmpty else { return try body(database, id, info) }
        guard let key else {
            let recipients = try SealedPart.recipients(of: id, in: database)
            throw StoreError(.sealed, name, detail: recipients.joined(separator: ", "))
        }
        let rows = try parts.map { part in
            let own = try part.key(for: key, session: name, in: database, file: file)
            return try part.rows(with: own, session: name, file: file)
        }
        return try inMemory(id, rows, besides: database) { try body($0, id, info) }
    }

    /// Does something with a session whose rows are all in the clear, in a database that is nowhere but in memory.
    private static func inMemory<Value>(
        _ id: Int64, _ opened: [RowArchive], besides database: Database, _ body: (Database) throws -> Value
    ) throws -> Value {
        var rest = RowArchive()
        try rest.take("session", where: "id = ?", [id], in: database)
        for table in ["session_code", "session_phase", "reassignment", "import"] + PersonalRows.all {
            try rest.take(table, where: "session = ?", [id], in: database)
        }
        let queue = try DatabaseQueue()
        try Schema.migrator.migrate(queue)
        return try queue.write { memory in
            try rest.insert(into: memory)
            for archive in opened { try archive.insert(into: memory) }
            return try body(memory)
        }
    }

    /// What may be known of a session without any key.
    /// - Returns: counts and clean shares; nil when it is not sealed.
    /// - Throws: `StoreError.Kind.unknownSession`.
    public func sealedSession(_ name: String) async throws(StoreError) -> SealedSession? {
        let file = place.database
        return try await read { database in
            guard let id = try Self.id(of: name, in: database) else { throw StoreError(.unknownSession, name) }
            guard try SealedPart.isAny(of: id, in: database) else { return nil }
            let info = try Self.sessionInfo(of: id, in: database, file: file)
            let rows = try Row.fetchAll(
                database,
                sql: "SELECT place, packets, beats, clean FROM sealed_part WHERE session = ? ORDER BY place, id",
                arguments: [id])
            let parts = try rows.map { row in
                SealedSession.Part(
                    code: try Stored.code(info.group.text, row[0], in: file), packets: row[1], beats: row[2],
                    clean: row[3])
            }
            return SealedSession(
                info: info, parts: parts.filter { info.codes[$0.code] != .withdrawn },
                recipients: try SealedPart.recipients(of: id, in: database))
        }
    }

    /// A student's own part of a session.
    public struct OwnPart: Sendable {
        /// Whose.
        public var code: Code
        /// Their part, and what concerns the whole group.
        public var record: SessionRecord
    }

    /// The part of a session that a receipt opens; nil when it opens none.
    ///
    /// Corrections that concern the part are applied as far as they can be without other people's parts.
    /// - Throws: `StoreError` when the file cannot be read or was changed.
    public func ownPart(_ receipt: PersonalReceipt) async throws(StoreError) -> OwnPart? {
        guard let lock = try await readingLock(making: false) else { return nil }
        let door: ReadingSeal
        do { door = try ReadingSeal(receipt, salt: lock.salt, rounds: lock.rounds) } catch {
            throw StoreError(error, at: place.database)
        }
        let file = place.database
        return try await read { database in
            let found = try Row.fetchOne(
                database,
                sql: """
                    SELECT session, id, place, content, wrapped FROM sealed_key
                    JOIN sealed_part ON sealed_part.id = sealed_key.part WHERE lookup = ?
                    """, arguments: [door.lookup])
            guard let row = found else { return nil }
            let session: Int64 = row[0]
            let info = try Self.sessionInfo(of: session, in: database, file: file)
            let code = try Stored.code(info.group.text, row[2], in: file)
            let part = SealedPart(id: row[1], place: row[2], content: row[3])
            let key: SymmetricKey
            do { key = try door.unwrap(row[4]) } catch { throw Stored.damaged(file, "a lock that was changed") }
            let rows = try part.rows(with: key, session: info.name, file: file)
            return try Self.inMemory(session, [rows], besides: database) { memory in
                let changes = try Self.reassignments(of: session, group: info.group, in: memory, file: file)
                let record = try Self.recorded(session, info, only: nil, in: memory, file: file).applying(changes)
                return OwnPart(code: code, record: record.keeping { $0 == code })
            }
        }
    }
}
