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
    ///   - isOwn: whether this computer works in that room; otherwise it only packed the kit.
    public func keepRoom(_ name: String, text: String, isOwn: Bool) async throws(StoreError) {
        try await write { database in
            try database.execute(
                sql: """
                    INSERT INTO room_kit (name, is_own, text) VALUES (?, ?, ?)
                    ON CONFLICT (name) DO UPDATE SET is_own = excluded.is_own, text = excluded.text
                    """, arguments: [name, isOwn, text])
        }
    }

    /// The kits of rooms, by name.
    /// - Parameter isOwn: those this computer works in, or those it packed.
    public func rooms(isOwn: Bool) async throws(StoreError) -> [String] {
        try await read { database in
            try String.fetchAll(
                database, sql: "SELECT text FROM room_kit WHERE is_own = ? ORDER BY name", arguments: [isOwn])
        }
    }
}
