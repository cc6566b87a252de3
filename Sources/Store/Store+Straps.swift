import GRDB
public import Practice
public import Timekeeping

extension Store {
    /// Every strap that belongs to a code or carries a label: by label, so that `S3` comes before `S10`, then code, then
    /// name.
    public func knownStraps() async throws(StoreError) -> [KnownStrap] {
        let file = place.database
        return try await read { database in try Self.knownStraps(in: database, file: file) }
    }

    static func knownStraps(in database: Database, file: String) throws -> [KnownStrap] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM (
                    SELECT strap_address AS address, COALESCE(NULLIF(strap_name, ''), name, '') AS name, label,
                        group_name, place
                    FROM member LEFT JOIN strap_label ON strap_label.address = strap_address
                    WHERE strap_address IS NOT NULL
                    UNION ALL
                    SELECT address, name, label, NULL, NULL FROM strap_label
                    WHERE NOT EXISTS (SELECT 1 FROM member WHERE strap_address = strap_label.address))
                ORDER BY label IS NULL, LENGTH(label), label COLLATE NOCASE, group_name IS NULL, group_name, place,
                    name, address
                """)
        return try rows.map { try Self.strap($0, file: file) }
    }

    /// Gives a strap a label of the school, or takes it away with nil.
    /// - Throws: `StoreError.Kind.labelTaken` when another strap has it.
    public func setLabel(_ strap: StrapIdentity, _ label: SchoolLabel?) async throws(StoreError) {
        try await write { database in
            guard let label else {
                try database.execute(sql: "DELETE FROM strap_label WHERE address = ?", arguments: [strap.address])
                return
            }
            let holder = try Row.fetchOne(
                database, sql: "SELECT address, name FROM strap_label WHERE label = ? AND address <> ?",
                arguments: [label.text, strap.address])
            if let holder {
                let identity = StrapIdentity(address: holder[0], name: holder[1])
                throw StoreError(.labelTaken, label.text, detail: identity.printedID)
            }
            try database.execute(
                sql: """
                    INSERT INTO strap_label (address, label, name) VALUES (?, ?, ?)
                    ON CONFLICT (address) DO UPDATE SET label = excluded.label, name = excluded.name
                    """, arguments: [strap.address, label.text, strap.name])
        }
    }

    /// Takes a strap's label and its place in a group away; what was recorded from it stays.
    /// - Throws: `StoreError.Kind.sessionRunning` when a session of its group runs.
    public func forgetStrap(_ address: String) async throws(StoreError) {
        if let owner = try await owner(ofStrap: address) {
            let running = try await sessions().first { $0.state == .running && $0.group == owner.group }
            if let running { throw StoreError(.sessionRunning, running.name) }
        }
        try await write { database in
            try database.execute(sql: "DELETE FROM strap_label WHERE address = ?", arguments: [address])
            try database.execute(
                sql: "UPDATE member SET strap_address = NULL, strap_name = NULL WHERE strap_address = ?",
                arguments: [address])
        }
    }

    /// The newest signal that sessions wrote down of a strap: what it advertised with before it was connected.
    /// - Parameter strap: the strap, found by what it was called.
    /// - Returns: dBm, and when that was written; nil when nothing was.
    /// - Throws: `StoreError` when the file cannot be read.
    public func lastSignal(of strap: StrapIdentity) async throws(StoreError) -> (rssi: Int, at: UTC)? {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT link.rssi, session.started + CAST(link.t * 1e9 AS INTEGER) AS moment FROM link
                    JOIN session ON session.id = link.session
                    JOIN session_strap ON session_strap.session = link.session AND session_strap.number = link.strap
                    WHERE link.rssi IS NOT NULL AND session_strap.label IN (?, ?, ?) ORDER BY moment DESC LIMIT 1
                    """, arguments: [strap.label, "\(strap.label) (\(strap.address.suffix(5)))", strap.address])
            return try row.map {
                (
                    rssi: try $0.decode(Int.self, atIndex: 0),
                    at: UTC(nanosecondsSince1970: try $0.decode(Int64.self, atIndex: 1))
                )
            }
        }
    }

    private static func strap(_ row: Row, file: String) throws -> KnownStrap {
        let label: String? = row[2]
        let group: String? = row[3]
        let place: Int? = row[4]
        var strap = KnownStrap(identity: StrapIdentity(address: row[0], name: row[1]))
        do {
            strap.label = try label.map { try SchoolLabel($0) }
        } catch {
            throw Stored.damaged(file, "\(error)")
        }
        if let group, let place { strap.code = try Stored.code(group, place, in: file) }
        return strap
    }
}
