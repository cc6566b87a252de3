import GRDB
public import Practice

extension Store {
    /// Takes the places of a group over from another room: those that are not here yet, and consents that nobody has put on
    /// record here; straps stay in their room.
    public func mergeRoster(_ roster: Roster) async throws(StoreError) {
        try await write { database in
            try database.execute(sql: "INSERT OR IGNORE INTO roster (name) VALUES (?)", arguments: [roster.group.text])
            for member in roster.members {
                try database.execute(
                    sql: """
                        INSERT INTO member (group_name, place, consent) VALUES (?, ?, ?)
                        ON CONFLICT (group_name, place) DO UPDATE SET consent = excluded.consent WHERE consent = ?
                        """,
                    arguments: [
                        roster.group.text, member.code.place, member.consent.rawValue, Consent.none.rawValue,
                    ])
            }
        }
    }

    /// Keeps the kit of a room.
    /// - Parameters:
    ///   - name: the room.
    ///   - text: the kit, word for word; it takes the place of an earlier one.
    ///   - isOwn: whether this computer works in that room, and in no other any more; otherwise it only packed the kit.
    ///   - elsewhere: straps that it gives to other rooms; they are nobody's here, as long as it is the own room's.
    /// - Returns: the codes here that wore a strap of another room, and wear none now.
    /// - Throws: `StoreError`; the kit was not kept then.
    @discardableResult
    public func keepRoom(
        _ name: String, text: String, isOwn: Bool, elsewhere: StrapsElsewhere
    ) async throws(StoreError) -> [Code] {
        let file = place.database
        return try await write { database in
            if isOwn { try database.execute(sql: "UPDATE room_kit SET is_own = 0") }
            try database.execute(
                sql: """
                    INSERT INTO room_kit (name, is_own, text) VALUES (?, ?, ?)
                    ON CONFLICT (name) DO UPDATE SET is_own = MAX(is_own, excluded.is_own), text = excluded.text
                    """, arguments: [name, isOwn, text])
            try database.execute(sql: "DELETE FROM room_elsewhere WHERE room = ?", arguments: [name])
            for digest in elsewhere.digests {
                try database.execute(
                    sql: "INSERT INTO room_elsewhere (room, salt, digest) VALUES (?, ?, ?)",
                    arguments: [name, elsewhere.salt, digest])
            }
            return try Self.freeElsewhere(in: database, file: file)
        }
    }

    /// Takes away what codes wear of other rooms.
    private static func freeElsewhere(in database: Database, file: String) throws -> [Code] {
        let lists = try strapsElsewhere(in: database)
        guard !lists.isEmpty else { return [] }
        var freed: [Code] = []
        for known in try knownStraps(in: database, file: file) {
            guard let code = known.code,
                lists.contains(where: { $0.contains(known.identity, label: known.label?.text) })
            else { continue }
            try database.execute(
                sql: "UPDATE member SET strap_address = NULL, strap_name = NULL WHERE group_name = ? AND place = ?",
                arguments: [code.group.text, code.place])
            freed.append(code)
        }
        return freed.sorted()
    }

    /// Refuses a strap that the kit of this computer's room gives to another.
    /// - Throws: `StoreError.Kind.strapElsewhere`.
    public func refuseElsewhere(_ strap: StrapIdentity) async throws(StoreError) {
        try await read { database in try Self.refuseElsewhere(strap, in: database) }
    }

    /// Straps that the kits of this computer's rooms give to others.
    public func strapsElsewhere() async throws(StoreError) -> [StrapsElsewhere] {
        try await read { database in try Self.strapsElsewhere(in: database) }
    }

    static func strapsElsewhere(in database: Database) throws -> [StrapsElsewhere] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT salt, digest FROM room_elsewhere JOIN room_kit ON room_kit.name = room_elsewhere.room WHERE is_own
                """)
        return Dictionary(grouping: rows.map { ($0[0] as String, $0[1] as String) }, by: \.0)
            .map { salt, pairs in StrapsElsewhere(salt: salt, digests: pairs.map(\.1)) }
    }

    /// Refuses a strap that belongs to another room.
    static func refuseElsewhere(_ strap: StrapIdentity, in database: Database) throws {
        let lists = try strapsElsewhere(in: database)
        guard !lists.isEmpty else { return }
        let label = try String.fetchOne(
            database, sql: "SELECT label FROM strap_label WHERE address = ?", arguments: [strap.address])
        guard lists.contains(where: { $0.contains(strap, label: label) }) else { return }
        throw StoreError(.strapElsewhere, strap.label)
    }

    /// The kits of rooms, by name.
    /// - Parameter isOwn: those this computer works in, or those it packed.
    /// - Returns: the kits, word for word.
    /// - Throws: `StoreError` when the file cannot be read.
    public func rooms(isOwn: Bool) async throws(StoreError) -> [String] {
        try await read { database in
            try String.fetchAll(
                database, sql: "SELECT text FROM room_kit WHERE is_own = ? ORDER BY name", arguments: [isOwn])
        }
    }
}
