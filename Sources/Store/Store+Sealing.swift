import Crypto
import FoundationEssentials
import GRDB
public import Practice
import Timekeeping

extension Store {
    /// Seals what stands in the clear of a session that is over, for every key of this folder and for a receipt of each
    /// student.
    ///
    /// Each code is one transaction: whatever ends the program in between, a part is either in the clear or sealed, and
    /// calling it again goes on. What hinders it after the first code is told in the answer, because the slips until
    /// then are nowhere else.
    /// - Parameters:
    ///   - name: the session.
    ///   - hasSlips: whether each student gets a receipt.
    ///   - tidiesUp: whether rests of the clear rows go out of every file at once, for which the store is written anew;
    ///     who seals several sessions does that once, by `tidyUp()`.
    /// - Returns: what was sealed; nil when the folder has no key, and so seals nothing.
    /// - Throws: `StoreError.Kind.unknownSession`, `.sessionRunning`.
    public func seal(_ name: String, hasSlips: Bool, tidiesUp: Bool = true) async throws(StoreError) -> Sealing? {
        let keys = try await facilitatorKeys()
        guard !keys.isEmpty else { return nil }
        let (id, info) = try await overSession(name)
        let places = try await read { try PersonalRows.plainPlaces(session: id, in: $0) }
        var sealing = Sealing()
        guard !places.isEmpty else { return sealing }
        let lock = hasSlips ? try await readingLock(making: true) : nil
        do {
            for place in places {
                let code = try codeOfPlace(place, in: info)
                let receipt = hasSlips ? Self.newReceipt() : nil
                try await seal(place, of: id, info, for: keys, try receiptSeal(receipt, lock))
                sealing.codes.append(code)
                if let receipt { sealing.slips.append(.init(code: code, receipt: receipt)) }
            }
        } catch {
            guard !sealing.codes.isEmpty else { throw error }
            sealing.trouble = error
        }
        let list = sealing.codes.map(\.description).joined(separator: ", ")
        do {
            try await write { try Self.note(.sealed, "\(name): \(list)", in: $0) }
            if tidiesUp { sealing.isTidy = try await sweep() }
        } catch {
            sealing.trouble = sealing.trouble ?? error
            sealing.isTidy = false
        }
        return sealing
    }

    /// Sessions that are over and of which something stands in the clear, oldest first.
    public func plainSessions() async throws(StoreError) -> [String] {
        let folder = place
        return try await read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT id, name FROM session WHERE seconds IS NOT NULL ORDER BY started, id")
            return try rows.filter { row in
                guard !SessionLock.isHeld(folder.lock(of: row[1])) else { return false }
                return try !PersonalRows.plainPlaces(session: row[0], in: database).isEmpty
            }.map { $0[1] }
        }
    }

    /// Clears rests of deleted rows out of every file of the store.
    /// - Returns: false when another program uses it at this moment.
    /// - Throws: `StoreError` when the file cannot be written.
    public func tidyUp() async throws(StoreError) -> Bool { try await sweep() }

    /// New receipts for the students of a sealed session: the old ones open nothing any more.
    /// - Parameters:
    ///   - name: the session.
    ///   - only: one code; nil for all.
    ///   - key: a key that the session was sealed for.
    /// - Returns: the slips, in the order of codes; none when nothing is sealed.
    /// - Throws: `StoreError.Kind.unknownSession`, `.otherKey`.
    public func newSlips(
        for name: String, only: Code?, key: FacilitatorPrivateKey
    ) async throws(StoreError) -> [Sealing.Slip] {
        let (id, info) = try await overSession(name)
        guard let lock = try await readingLock(making: true) else { return [] }
        let file = place.database
        let parts = try await read { database in try SealedPart.all(of: id, in: database) }
        var slips: [Sealing.Slip] = []
        for part in parts.sorted(by: { $0.place < $1.place }) {
            let code = try codeOfPlace(part.place, in: info)
            guard info.codes[code] != .withdrawn, only == nil || only == code else { continue }
            let receipt = Self.newReceipt()
            guard let door = try receiptSeal(receipt, lock) else { continue }
            try await write { database in
                let own = try part.key(for: key, session: info.name, in: database, file: file)
                let wrapped = try door.wrap(own)
                try database.execute(
                    sql: "INSERT OR REPLACE INTO sealed_key (part, recipient, lookup, wrapped) VALUES (?, ?, ?, ?)",
                    arguments: [part.id, SealedPart.receipt, door.lookup, wrapped])
                try Self.note(.slipsMade, "\(name): \(code)", in: database)
            }
            slips.append(.init(code: code, receipt: receipt))
        }
        return slips
    }

    // MARK: - One part

    private func seal(
        _ place: Int, of id: Int64, _ info: SessionInfo, for keys: [FacilitatorKey], _ door: ReadingSeal?
    ) async throws(StoreError) {
        let file = self.place.database
        try await write { database in
            let own = SymmetricKey(size: .bits256)
            let part = PartSeal(session: info.name, place: place)
            let archive = try PersonalRows.archive(session: id, place: place, in: database)
            guard !archive.tables.isEmpty else { return }
            try database.execute(
                sql: """
                    INSERT INTO sealed_part (session, place, content, packets, beats, clean, sealed)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, place, try part.seal(archive, with: own), archive.count(of: "packet"),
                    try Self.beatCount(of: id, place: place, in: database),
                    try Self.clean(place, of: id, info, in: database, file: file),
                    MachineClock().now().utc.nanosecondsSince1970,
                ])
            let number = database.lastInsertedRowID
            let insertion = "INSERT INTO sealed_key (part, recipient, lookup, wrapped) VALUES (?, ?, ?, ?)"
            for key in keys {
                try database.execute(
                    sql: insertion,
                    arguments: [number, key.fingerprint, nil, try key.wrap(own, binding: part.binding)])
            }
            if let door {
                try database.execute(
                    sql: insertion, arguments: [number, SealedPart.receipt, door.lookup, try door.wrap(own)])
            }
            // What cannot be opened again must not be deleted.
            let content = try Data.fetchOne(
                database, sql: "SELECT content FROM sealed_part WHERE id = ?", arguments: [number])
            guard let content, try part.open(content, with: own) == archive else {
                throw Stored.damaged(file, "a sealed part that does not open")
            }
            try PersonalRows.delete(session: id, place: place, in: database)
        }
    }

    private static func beatCount(of id: Int64, place: Int, in database: Database) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT COUNT(*) FROM beat WHERE session = ? AND place = ? AND revises = 0",
            arguments: [id, place]) ?? 0
    }

    /// The clean share of a code, as the summary of the session tells it.
    private static func clean(
        _ place: Int, of id: Int64, _ info: SessionInfo, in database: Database, file: String
    ) throws -> Double? {
        let code = try Stored.code(info.group.text, place, in: file)
        let record = try recorded(id, info, only: code, in: database, file: file)
        let phases = PhaseSummary.all(of: record, replays: record.replays())
        return SessionSummary(info: info, seconds: info.seconds ?? 0, phases: phases).rows
            .first { $0.code == code }?.clean
    }

    private static func newReceipt() -> PersonalReceipt {
        var generator = SystemRandomNumberGenerator()
        return PersonalReceipt(using: &generator)
    }

    private func receiptSeal(
        _ receipt: PersonalReceipt?, _ lock: (salt: Data, rounds: Int)?
    ) throws(StoreError) -> ReadingSeal? {
        guard let receipt, let lock else { return nil }
        do { return try ReadingSeal(receipt, salt: lock.salt, rounds: lock.rounds) } catch {
            throw StoreError(error, at: place.database)
        }
    }

    func codeOfPlace(_ number: Int, in info: SessionInfo) throws(StoreError) -> Code {
        try Stored.code(info.group.text, number, in: place.database)
    }

    /// A session that is over.
    func overSession(_ name: String) async throws(StoreError) -> (id: Int64, info: SessionInfo) {
        let file = place.database
        let lock = place.lock(of: name)
        return try await read { database in
            guard let id = try Self.id(of: name, in: database) else { throw StoreError(.unknownSession, name) }
            let info = try Self.sessionInfo(of: id, in: database, file: file)
            guard info.seconds != nil else {
                throw StoreError(SessionLock.isHeld(lock) ? .sessionRunning : .sessionInterrupted, name)
            }
            return (id, info)
        }
    }
}
