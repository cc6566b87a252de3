import GRDB
public import Practice
public import Timekeeping

extension Store {
    /// The name that a new session of `group` on `day` will have: `20260804-G1`, then `20260804-G1-2` ...
    /// - Parameters:
    ///   - group: the group.
    ///   - day: year, month and day, such as `20260804`.
    /// - Returns: the name; another process may still take it before `begin` does.
    /// - Throws: `StoreError.Kind.badSessionName` when the day is none.
    public func nextSessionName(group: GroupName, day: String) async throws(StoreError) -> String {
        let wanted = "\(day)-\(group)"
        try Self.checkName(wanted)
        return try await read { database in try Self.freeName(wanted, in: database) }
    }

    /// Begins to keep a session.
    ///
    /// Its name gets `-2`, `-3` ... when it is taken.
    /// - Parameters:
    ///   - info: the session; its codes must be of its group.
    ///   - clock: the machine's time, at rate 1, by which rows are gathered and tried again.
    /// - Returns: the session under its name, with its writer.
    /// - Throws: `StoreError`; nothing was kept then. `.groupRunning` when a session of the group runs.
    public func begin(
        _ info: SessionInfo, clock: any SessionClock = MachineClock()
    ) async throws(StoreError) -> SessionHandle {
        try Self.checkName(info.name)
        if let stranger = info.codes.keys.sorted().first(where: { $0.group != info.group }) {
            throw StoreError(.unknownCode, "\(stranger)")
        }
        let folder = place
        let (named, id, lock) = try await write { database in
            try Self.refuseSecond(of: info.group, in: database, folder)
            var named = info
            let lock = try Self.lockFreeName(&named, in: database, folder)
            return (named, try Self.insert(named, into: database), lock)
        }
        let writer = SessionWriter(pool: pool, path: place.database, session: id, info: named, clock: clock)
        return SessionHandle(info: named, writer: writer, id: id, lock: lock)
    }

    /// Ends a session: writes what waits, keeps its length, deletes what was agreed to for the session only or is
    /// of codes that withdrew in it, and lets other processes see it ended.
    /// - Parameters:
    ///   - handle: the session.
    ///   - seconds: its length in session time.
    /// - Returns: what could not be written, to be told; nil when everything is in the file. After trouble it may be
    ///   called again.
    public func end(_ handle: SessionHandle, seconds: Double) async -> StoreTrouble? {
        if let unwritten = await handle.writer.close() { return unwritten }
        do {
            let id = handle.id
            try await write { database in try Self.close(id, seconds: seconds, in: database) }
            handle.lock.release(removing: true)
            await tidy()
            return nil
        } catch {
            return StoreTrouble(kind: .unwritten, cause: error, rows: 0)
        }
    }

    /// Ends a session whose process died; its length reaches to the newest row.
    /// - Throws: `StoreError.Kind.unknownSession`, or `.sessionRunning` when a process still records it.
    public func endInterrupted(named name: String) async throws(StoreError) {
        let path = place.lock(of: name)
        guard try await read({ try Self.id(of: name, in: $0) }) != nil else { throw StoreError(.unknownSession, name) }
        guard let lock = try SessionLock(taking: path) else { throw StoreError(.sessionRunning, name) }
        try await write { database in
            guard let id = try Self.id(of: name, in: database) else { throw StoreError(.unknownSession, name) }
            guard try Self.isOpen(id, in: database) else { return }
            try Self.close(id, seconds: try Self.newestTime(of: id, in: database), in: database)
        }
        lock.release(removing: true)
        await tidy()
    }

    /// The process that records a session; nil when none does.
    public func recorder(of name: String) -> Int32? { SessionLock.holder(place.lock(of: name)) }

    /// The D-Bus address at which a running session can be led; nil when it told none.
    public func busAddress(of name: String) -> String? { SessionLock.told(place.lock(of: name)) }

    /// Every session, oldest first.
    public func sessions() async throws(StoreError) -> [SessionListing] {
        let folder = place
        return try await read { database in
            let rows = try Stored.rows(
                "id, name, group_name, started, seconds, beats",
                more: ", (SELECT COUNT(*) FROM session_code WHERE session = id AND consent <> ?)", of: "session",
                "ORDER BY started, id", [Consent.withdrawn.rawValue], in: database, file: folder.database)
            return try rows.map { row in
                let id: Int64 = row[0]
                let name: String = row[1]
                let seconds: Double? = row[4]
                let beats: Int? = row[5]
                return SessionListing(
                    name: name, group: try Stored.group(row[2], in: folder.database),
                    started: UTC(nanosecondsSince1970: row[3]),
                    seconds: try seconds ?? Self.newestTime(of: id, in: database), codes: row[6],
                    beats: try beats ?? Self.beatCount(of: id, in: database),
                    state: Self.state(of: name, isOver: seconds != nil, in: folder))
            }
        }
    }

    /// Folds the log back into the file, so that deleted rows are gone from the disk and nothing waits in the log.
    ///
    /// Another process that reads at this moment may prevent it; the next commit makes up for it.
    private func tidy() async {
        _ = try? await Task { [pool] in
            try await pool.writeWithoutTransaction { database in _ = try database.checkpoint(.truncate) }
        }.value
    }
}

extension Store {
    static func id(of name: String, in database: Database) throws -> Int64? {
        try Int64.fetchOne(database, sql: "SELECT id FROM session WHERE name = ?", arguments: [name])
    }

    static func newestTime(of id: Int64, in database: Database) throws -> Double {
        try Double.fetchOne(
            database,
            sql: """
                SELECT MAX(t) FROM (
                    SELECT MAX(t) AS t FROM packet WHERE session = :id
                    UNION ALL SELECT MAX(t) FROM marker WHERE session = :id
                    UNION ALL SELECT MAX(start) FROM session_phase WHERE session = :id
                    UNION ALL SELECT MAX(stop) FROM session_phase WHERE session = :id)
                """, arguments: ["id": id]) ?? 0
    }

    static func beatCount(of id: Int64, in database: Database) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT COUNT(*) FROM beat WHERE session = ? AND revises = 0", arguments: [id]) ?? 0
    }

    private static func isOpen(_ id: Int64, in database: Database) throws -> Bool {
        try Bool.fetchOne(database, sql: "SELECT seconds IS NULL FROM session WHERE id = ?", arguments: [id]) ?? false
    }

    private static func state(of name: String, isOver: Bool, in folder: DataFolder) -> SessionState {
        if isOver { return .ended }
        return SessionLock.isHeld(folder.lock(of: name)) ? .running : .interrupted
    }

    /// Two sessions of a group at once would share its straps and its codes.
    private static func refuseSecond(of group: GroupName, in database: Database, _ folder: DataFolder) throws {
        let names = try String.fetchAll(
            database, sql: "SELECT name FROM session WHERE group_name = ? AND seconds IS NULL", arguments: [group.text])
        guard let running = names.first(where: { SessionLock.isHeld(folder.lock(of: $0)) }) else { return }
        throw StoreError(.groupRunning, group.text, detail: running)
    }

    private static func close(_ id: Int64, seconds: Double, in database: Database) throws {
        for table in ["packet", "beat", "coherence", "marker", "link"] {
            try database.execute(
                sql: """
                    DELETE FROM \(table) WHERE session = :id AND place IN (
                        SELECT place FROM session_code WHERE session = :id AND consent IN (:session, :withdrawn))
                    """,
                arguments: [
                    "id": id, "session": Consent.session.rawValue, "withdrawn": Consent.withdrawn.rawValue,
                ])
        }
        try database.execute(sql: "DELETE FROM session_rhythm WHERE session = ?", arguments: [id])
        try database.execute(
            sql: "UPDATE session SET seconds = ?, beats = ? WHERE id = ?",
            arguments: [seconds, try beatCount(of: id, in: database), id])
    }

    static func insert(_ info: SessionInfo, into database: Database) throws -> Int64 {
        try database.execute(
            sql: """
                INSERT INTO session (name, group_name, started, zone_offset, script, tool_version, clock_rate, adapters)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                info.name, info.group.text, info.started.nanosecondsSince1970, info.zoneOffsetSeconds,
                try Stored.json(StoredScript(info.script)), info.toolVersion, info.clockRate,
                try Stored.json(info.adapters),
            ])
        let id = database.lastInsertedRowID
        for (code, consent) in info.codes {
            try database.execute(
                sql: "INSERT INTO session_code (session, place, consent) VALUES (?, ?, ?)",
                arguments: [id, code.place, consent.rawValue])
        }
        return id
    }

    // MARK: - Names

    /// Names become file names: letters, digits and hyphens only.
    static func checkName(_ name: String) throws(StoreError) {
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isPlain, (1...60).contains(name.utf8.count), !name.hasPrefix("-") else {
            throw StoreError(.badSessionName, name, detail: "letters, digits and hyphens only")
        }
    }

    static func freeName(_ wanted: String, in database: Database) throws -> String {
        try candidates(wanted).first { try id(of: $0, in: database) == nil } ?? wanted
    }

    private static func candidates(_ wanted: String) -> some Sequence<String> {
        sequence(first: 1) { $0 + 1 }.lazy.map { $0 == 1 ? wanted : "\(wanted)-\($0)" }
    }

    /// Takes the first name that neither the file nor a lock of somebody else has.
    private static func lockFreeName(
        _ info: inout SessionInfo, in database: Database, _ folder: DataFolder
    ) throws -> SessionLock {
        for name in candidates(info.name) where try id(of: name, in: database) == nil {
            guard let lock = try SessionLock(taking: folder.lock(of: name)) else { continue }
            info.name = name
            return lock
        }
        throw StoreError(.badSessionName, info.name)
    }
}
