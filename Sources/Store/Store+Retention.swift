import GRDB
public import Practice

/// What was deleted because its time is over, or would be.
public struct Purged: Sendable, Hashable {
    /// Sessions, oldest first.
    public var sessions: [String] = []
    /// Codes of other sessions whose beats were for the session only.
    public var leftovers: [(session: String, code: Code)] = []
    /// Whether it is gone from every file; false when another program used the store at that moment.
    public var isTidy = true

    /// Nothing yet.
    public init() {}

    /// Equal when the same is gone.
    public static func == (left: Purged, right: Purged) -> Bool {
        left.sessions == right.sessions && left.isTidy == right.isTidy
            && left.leftovers.elementsEqual(right.leftovers, by: ==)
    }

    /// By what is gone.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(sessions)
        hasher.combine(isTidy)
    }
}

extension Store {
    /// Until when sessions are kept, as it was put on record.
    public func retentions() async throws(StoreError) -> [Retention] {
        let file = place.database
        return try await read { database in try Self.retentions(in: database, file: file) }
    }

    static func retentions(in database: Database, file: String) throws -> [Retention] {
        try Row.fetchAll(database, sql: "SELECT session, until, is_required FROM retention ORDER BY session").map {
            row in
            let text: String = row[1]
            guard let day = CalendarDay(text) else { throw Stored.damaged(file, "the day '\(text)'") }
            let session: String = row[0]
            return Retention(session: session.isEmpty ? nil : session, until: day, isRequired: row[2])
        }
    }

    /// Puts on record until when sessions are kept; a later word takes the place of an earlier one.
    /// - Throws: `StoreError.Kind.unknownSession`; nothing was put on record then.
    public func keep(_ retentions: [Retention]) async throws(StoreError) {
        try await write { database in
            for retention in retentions {
                if let name = retention.session, try Self.id(of: name, in: database) == nil {
                    throw StoreError(.unknownSession, name)
                }
                try database.execute(
                    sql: "INSERT OR REPLACE INTO retention (session, until, is_required) VALUES (?, ?, ?)",
                    arguments: [retention.session ?? "", "\(retention.until)", retention.isRequired])
                let what = "\(retention.session ?? "all sessions"): \(retention.until)"
                try Self.note(.keepUntil, what + (retention.isRequired ? ", required" : ""), in: database)
            }
        }
    }

    /// Refuses what would delete a session that must be kept.
    static func refuseKept(_ name: String, on today: CalendarDay, in database: Database, file: String) throws {
        let retention = try retentions(in: database, file: file).holding(for: name)
        guard let retention, retention.forbidsDeletion(on: today) else { return }
        throw StoreError(.mustKeep, name, detail: "\(retention.until)")
    }

    /// Deletes sessions whose day is over, or those that are named, and beats that were for a session only and that a
    /// broken-off session left.
    /// - Parameters:
    ///   - named: sessions that go now; without any, those whose day is over.
    ///   - today: the day.
    ///   - isDry: whether it is only told what would go.
    /// - Returns: what went.
    /// - Throws: `StoreError.Kind.unknownSession`, `.sessionRunning`, `.mustKeep`; nothing was deleted then.
    public func purge(_ named: [String], on today: CalendarDay, isDry: Bool) async throws(StoreError) -> Purged {
        let folder = place
        let choose: @Sendable (Database) throws -> Purged = { database in
            var purge = Purged()
            purge.sessions = try Self.due(named, on: today, in: database, folder)
            let going = Set(purge.sessions)
            purge.leftovers = try Self.leftovers(in: database, folder).filter { !going.contains($0.session) }
            return purge
        }
        guard !isDry else { return try await read(choose) }
        var purge = try await write { database in
            let purge = try choose(database)
            for name in purge.sessions {
                try database.execute(sql: "DELETE FROM session WHERE name = ?", arguments: [name])
                try database.execute(sql: "DELETE FROM retention WHERE session = ?", arguments: [name])
                try Self.note(.purged, name, in: database)
            }
            for (name, code) in purge.leftovers {
                guard let id = try Self.id(of: name, in: database) else { continue }
                try PersonalRows.delete(session: id, place: code.place, in: database)
                try Self.note(.purged, "\(name): \(code), for the session only", in: database)
            }
            return purge
        }
        purge.isTidy = try await sweep()
        return purge
    }

    private static func due(
        _ named: [String], on today: CalendarDay, in database: Database, _ folder: DataFolder
    ) throws -> [String] {
        let all = try String.fetchAll(database, sql: "SELECT name FROM session ORDER BY started, id")
        guard !named.isEmpty else {
            let retentions = try retentions(in: database, file: folder.database)
            return all.filter { name in
                retentions.holding(for: name)?.isDue(on: today) == true && !SessionLock.isHeld(folder.lock(of: name))
            }
        }
        for name in named {
            guard all.contains(name) else { throw StoreError(.unknownSession, name) }
            if SessionLock.isHeld(folder.lock(of: name)) { throw StoreError(.sessionRunning, name) }
            try refuseKept(name, on: today, in: database, file: folder.database)
        }
        return all.filter(named.contains)
    }

    private static func leftovers(in database: Database, _ folder: DataFolder) throws -> [(session: String, code: Code)]
    {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, name, group_name, place FROM session JOIN session_code ON session_code.session = session.id
                WHERE consent = ? ORDER BY started, id, place
                """, arguments: [Consent.session.rawValue])
        return try rows.compactMap { row in
            guard !SessionLock.isHeld(folder.lock(of: row[1])),
                try PersonalRows.plainPlaces(session: row[0], in: database).contains(row[3] as Int)
            else { return nil }
            return (row[1], try Stored.code(row[2], row[3], in: folder.database))
        }
    }
}
