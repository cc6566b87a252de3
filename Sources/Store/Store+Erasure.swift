import GRDB
public import Practice

/// What was destroyed of one code, or would be.
public struct Erasure: Sendable, Hashable {
    /// Sessions it took part in, oldest first.
    public var sessions: [String] = []
    /// Answers to surveys.
    public var answers = 0
    /// Sessions that had to be sealed anew, because a correction had mixed two people's parts: their slips are void.
    public var resealed: [String] = []
    /// Whether every byte is gone from every file; false when another program used the store at that moment.
    public var isTidy = true

    /// Nothing yet.
    public init() {}
}

extension Store {
    /// What `erase` would destroy.
    /// - Throws: `StoreError.Kind.unknownCode`, `.unknownSession`, `.sessionRunning`.
    public func erasable(_ code: Code, in session: String?) async throws(StoreError) -> Erasure {
        let folder = place
        return try await read { database in try Self.erasable(code, in: session, database, folder) }
    }

    /// Destroys everything of a code: its keys, its rows in the clear, its answers, its strap and its account.
    ///
    /// The code itself stays as one that has withdrawn, so that exports can say so.
    /// - Parameters:
    ///   - code: the code.
    ///   - session: only what it left in this one; nil for all, and surveys.
    ///   - today: the day, for what must be kept until another.
    ///   - mayBreakKeep: whether that may be passed over.
    ///   - key: what opens a sealed session, needed only where a correction gave it a part of another code.
    /// - Returns: what was destroyed.
    /// - Throws: `StoreError.Kind.unknownCode`, `.unknownSession`, `.sessionRunning`, `.mustKeep`, `.sealed`; nothing was
    ///   destroyed then.
    public func erase(
        _ code: Code, in session: String?, on today: CalendarDay, mayBreakKeep: Bool,
        key: FacilitatorPrivateKey? = nil
    ) async throws(StoreError) -> Erasure {
        let folder = place
        var erasure = try await write { database in
            var erasure = try Self.erasable(code, in: session, database, folder)
            for name in erasure.sessions {
                if !mayBreakKeep { try Self.refuseKept(name, on: today, in: database, file: folder.database) }
                if try Self.erase(code, from: name, key: key, in: database, file: folder.database) {
                    erasure.resealed.append(name)
                }
            }
            if session == nil { try Self.eraseMember(code, in: database) }
            try Self.note(
                .erased,
                "\(code): \((erasure.sessions + (erasure.answers > 0 ? ["surveys"] : [])).joined(separator: ", "))",
                in: database)
            return erasure
        }
        for name in erasure.resealed {
            if let trouble = try await seal(name, hasSlips: false, tidiesUp: false)?.trouble { throw trouble }
        }
        erasure.isTidy = try await sweep()
        return erasure
    }

    private static func erasable(
        _ code: Code, in session: String?, _ database: Database, _ folder: DataFolder
    ) throws -> Erasure {
        if let session, try id(of: session, in: database) == nil { throw StoreError(.unknownSession, session) }
        var erasure = Erasure()
        erasure.sessions = try String.fetchAll(
            database,
            sql: """
                SELECT name FROM session JOIN session_code ON session_code.session = session.id
                WHERE group_name = ? AND place = ? ORDER BY started, id
                """, arguments: [code.group.text, code.place]
        ).filter { session == nil || $0 == session }
        for name in erasure.sessions where SessionLock.isHeld(folder.lock(of: name)) {
            throw StoreError(.sessionRunning, name)
        }
        if session == nil {
            erasure.answers =
                try Int.fetchOne(
                    database, sql: "SELECT COUNT(*) FROM survey_response WHERE group_name = ? AND place = ?",
                    arguments: [code.group.text, code.place]) ?? 0
        }
        let isMember = try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM member WHERE group_name = ? AND place = ?)",
            arguments: [code.group.text, code.place])
        guard !erasure.sessions.isEmpty || erasure.answers > 0 || (isMember == true && session == nil) else {
            throw StoreError(.unknownCode, "\(code)")
        }
        return erasure
    }

    private static func eraseMember(_ code: Code, in database: Database) throws {
        try database.execute(
            sql: """
                UPDATE member SET consent = ?, strap_address = NULL, strap_name = NULL, account = NULL
                WHERE group_name = ? AND place = ?
                """, arguments: [Consent.withdrawn.rawValue, code.group.text, code.place])
        try database.execute(
            sql: "DELETE FROM survey_response WHERE group_name = ? AND place = ?",
            arguments: [code.group.text, code.place])
    }

    /// - Returns: whether the session has to be sealed anew.
    private static func erase(
        _ code: Code, from name: String, key: FacilitatorPrivateKey?, in database: Database, file: String
    ) throws -> Bool {
        guard let id = try id(of: name, in: database) else { return false }
        let group = try sessionInfo(of: id, in: database, file: file).group
        let isMixed = try reassignments(of: id, group: group, in: database, file: file).contains {
            $0.from == code || $0.to == code
        }
        let isSealed = try SealedPart.isAny(of: id, in: database)
        if isMixed { try applyCorrections(of: name, id, key: key, in: database, file: file) }
        try PersonalRows.delete(session: id, place: code.place, in: database)
        try database.execute(
            sql: "DELETE FROM sealed_part WHERE session = ? AND place = ?", arguments: [id, code.place])
        try database.execute(sql: "DELETE FROM import WHERE session = ? AND place = ?", arguments: [id, code.place])
        try database.execute(
            sql: "UPDATE session_code SET consent = ? WHERE session = ? AND place = ?",
            arguments: [Consent.withdrawn.rawValue, id, code.place])
        try database.execute(
            sql: """
                UPDATE session SET beats = :plain + (
                    SELECT COALESCE(SUM(beats), 0) FROM sealed_part WHERE session = :id) WHERE id = :id
                """, arguments: ["id": id, "plain": try beatCount(of: id, in: database)])
        return isMixed && isSealed
    }

    /// Writes a session down as its corrections have it, so that nothing of a code stands under another one.
    private static func applyCorrections(
        of name: String, _ id: Int64, key: FacilitatorPrivateKey?, in database: Database, file: String
    ) throws {
        let record = try opened(name, with: key, in: database, file: file) { database, id, info in
            let changes = try reassignments(of: id, group: info.group, in: database, file: file)
            var recorded = try recorded(id, info, only: nil, in: database, file: file)
            recorded.imports = try imports(of: id, group: info.group, in: database, file: file)
            return recorded.applying(changes)
        }
        for table in PersonalRows.all + ["sealed_part", "reassignment", "import"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE session = ?", arguments: [id])
        }
        // Everybody's rows are put back, also of those who have withdrawn: who goes is decided elsewhere.
        var intake = SessionIntake(group: record.info.group, codes: record.info.codes.mapValues { _ in .study })
        intake.add(record.packets)
        intake.add(record.beats)
        intake.add(record.coherence)
        intake.add(record.links)
        intake.add(record.markers)
        for (label, description) in record.straps { intake.describe(strap: label, description) }
        try RowInserter(database: database, session: id).insert(intake.take())
        for recording in record.imports { try insert(recording, session: id, into: database) }
    }
}
