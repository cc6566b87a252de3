import GRDB
public import Practice

extension Store {
    /// Keeps a new group.
    /// - Throws: `StoreError.Kind.groupExists`, or `.strapTaken` when one of its straps belongs to another code.
    public func createGroup(_ roster: Roster) async throws(StoreError) {
        try await write { database in
            guard try !Self.exists(roster.group, in: database) else {
                throw StoreError(.groupExists, roster.group.text)
            }
            try database.execute(
                sql: "INSERT INTO roster (name, coach) VALUES (?, ?)",
                arguments: [roster.group.text, roster.coach?.text])
            for member in roster.members { try Self.insert(member, into: roster.group, database) }
        }
    }

    /// Every group, by name.
    public func rosters() async throws(StoreError) -> [Roster] {
        let file = place.database
        return try await read { database in
            let names = try String.fetchAll(database, sql: "SELECT name FROM roster ORDER BY name")
            return try names.map { try Self.roster(Stored.group($0, in: file), in: database, file: file) }
        }
    }

    /// The group of that name.
    /// - Throws: `StoreError.Kind.unknownGroup`.
    public func roster(_ group: GroupName) async throws(StoreError) -> Roster {
        let file = place.database
        return try await read { database in
            guard try Self.exists(group, in: database) else { throw StoreError(.unknownGroup, group.text) }
            return try Self.roster(group, in: database, file: file)
        }
    }

    /// Makes a place after the last one of a group, for a student who comes late.
    /// - Parameters:
    ///   - group: the group.
    ///   - consent: what the student agreed to.
    /// - Returns: the code of the place.
    /// - Throws: `StoreError.Kind.unknownGroup`, or `.groupFull` when it has as many places as codes can name.
    public func addPlace(to group: GroupName, consent: Consent) async throws(StoreError) -> Code {
        try await write { database in
            guard try Self.exists(group, in: database) else { throw StoreError(.unknownGroup, group.text) }
            let last = try Int.fetchOne(
                database, sql: "SELECT MAX(place) FROM member WHERE group_name = ?", arguments: [group.text])
            guard let code = try? Code(group: group, place: (last ?? 0) + 1) else {
                throw StoreError(.groupFull, group.text)
            }
            try Self.insert(Member(code: code, consent: consent), into: group, database)
            return code
        }
    }

    /// Gives a strap to a code, or takes it away with nil.
    /// - Parameters:
    ///   - code: who wears it.
    ///   - strap: the strap.
    ///   - isLent: whether it is nobody's again after the group's next session; see ``returnStraps(of:)``.
    /// - Throws: `StoreError.Kind.unknownCode`, or `.strapTaken` when the strap belongs to another code.
    public func setStrap(_ code: Code, _ strap: StrapIdentity?, isLent: Bool = false) async throws(StoreError) {
        try await write { database in
            if let strap { try Self.refuseTaken(strap, for: code, in: database) }
            try database.execute(
                sql: """
                    UPDATE member SET strap_address = ?, strap_name = ?, strap_is_lent = ?
                    WHERE group_name = ? AND place = ?
                    """,
                arguments: [strap?.address, strap?.name, isLent, code.group.text, code.place])
            guard database.changesCount == 1 else { throw StoreError(.unknownCode, "\(code)") }
        }
    }

    /// Takes the straps away that the codes of a group were lent.
    /// - Returns: how many.
    public func returnStraps(of group: GroupName) async throws(StoreError) -> Int {
        try await write { database in
            try database.execute(
                sql: """
                    UPDATE member SET strap_address = NULL, strap_name = NULL, strap_is_lent = 0
                    WHERE group_name = ? AND strap_is_lent AND strap_address IS NOT NULL
                    """, arguments: [group.text])
            return database.changesCount
        }
    }

    /// Gives straps to codes of groups that are there, all of them or none; what those codes wore before is free then.
    /// - Throws: `StoreError.Kind.unknownCode`, or `.strapTaken` when a strap belongs to a code that is not among them.
    public func setStraps(_ straps: [Code: StrapIdentity]) async throws(StoreError) {
        try await write { database in
            for code in straps.keys {
                try database.execute(
                    sql: "UPDATE member SET strap_address = NULL, strap_name = NULL WHERE group_name = ? AND place = ?",
                    arguments: [code.group.text, code.place])
                guard database.changesCount == 1 else { throw StoreError(.unknownCode, "\(code)") }
            }
            for (code, strap) in straps.sorted(by: { $0.key < $1.key }) {
                try Self.refuseTaken(strap, for: code, in: database)
                try database.execute(
                    sql: """
                        UPDATE member SET strap_address = ?, strap_name = ?, strap_is_lent = 0
                        WHERE group_name = ? AND place = ?
                        """,
                    arguments: [strap.address, strap.name, code.group.text, code.place])
            }
        }
    }

    /// Puts on record what the student of a code agreed to.
    /// - Throws: `StoreError.Kind.unknownCode`.
    public func setConsent(_ code: Code, _ consent: Consent) async throws(StoreError) {
        try await write { database in
            try database.execute(
                sql: "UPDATE member SET consent = ? WHERE group_name = ? AND place = ?",
                arguments: [consent.rawValue, code.group.text, code.place])
            guard database.changesCount == 1 else { throw StoreError(.unknownCode, "\(code)") }
        }
    }

    /// Takes consent back: the code gives up its strap and its account, nothing more of it is recorded, and sessions that
    /// are over and surveys leave it out whenever they are read.
    /// - Returns: names of the sessions it took part in, oldest first.
    /// - Throws: `StoreError.Kind.unknownCode` when neither its group nor any session has it.
    public func withdraw(_ code: Code) async throws(StoreError) -> [String] {
        try await write { database in
            try database.execute(
                sql: """
                    UPDATE member SET consent = ?, strap_address = NULL, strap_name = NULL, account = NULL
                    WHERE group_name = ? AND place = ?
                    """, arguments: [Consent.withdrawn.rawValue, code.group.text, code.place])
            let isMember = database.changesCount == 1
            let sessions = try Row.fetchAll(
                database,
                sql: """
                    SELECT id, name FROM session JOIN session_code ON session_code.session = session.id
                    WHERE group_name = ? AND place = ? ORDER BY started, id
                    """, arguments: [code.group.text, code.place])
            let hasAnswers = try Self.withdrawAnswers(of: code, in: database)
            guard isMember || hasAnswers || !sessions.isEmpty else { throw StoreError(.unknownCode, "\(code)") }
            for session in sessions {
                try database.execute(
                    sql: "UPDATE session_code SET consent = ? WHERE session = ? AND place = ?",
                    arguments: [Consent.withdrawn.rawValue, session[0] as Int64, code.place])
            }
            try Self.note(.withdrawn, "\(code)", in: database)
            return sessions.map { $0[1] }
        }
    }

    /// Gives a group another name, also in its past sessions; the names of those stay as they are.
    /// - Throws: `StoreError.Kind.unknownGroup`, `.groupExists`, or `.sessionRunning` while a session of it runs.
    public func renameGroup(_ group: GroupName, to name: GroupName) async throws(StoreError) {
        try await refuseRunning(group)
        try await write { database in
            guard try Self.exists(group, in: database) else { throw StoreError(.unknownGroup, group.text) }
            let isTaken = try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM session WHERE group_name = :name)
                        OR EXISTS (SELECT 1 FROM survey_response WHERE group_name = :name)
                    """, arguments: ["name": name.text])
            guard try !Self.exists(name, in: database), isTaken != true else {
                throw StoreError(.groupExists, name.text)
            }
            try database.execute(
                sql: "INSERT INTO roster (name, coach) SELECT ?, coach FROM roster WHERE name = ?",
                arguments: [name.text, group.text])
            for table in ["member", "session", "survey_response"] {
                try database.execute(
                    sql: "UPDATE \(table) SET group_name = ? WHERE group_name = ?", arguments: [name.text, group.text])
            }
            try database.execute(sql: "DELETE FROM roster WHERE name = ?", arguments: [group.text])
        }
    }

    /// Takes a group away with its places, consents and straps; its sessions stay.
    /// - Throws: `StoreError.Kind.unknownGroup`, or `.sessionRunning` while a session of it runs.
    public func removeGroup(_ group: GroupName) async throws(StoreError) {
        try await refuseRunning(group)
        try await write { database in
            try database.execute(sql: "DELETE FROM roster WHERE name = ?", arguments: [group.text])
            guard database.changesCount > 0 else { throw StoreError(.unknownGroup, group.text) }
        }
    }

    private func refuseRunning(_ group: GroupName) async throws(StoreError) {
        let running = try await sessions().first { $0.state == .running && $0.group == group }
        if let running { throw StoreError(.sessionRunning, running.name) }
    }

    /// The code that a strap was given to; nil when it belongs to nobody.
    ///
    /// Upper and lower case make no difference.
    public func owner(ofStrap address: String) async throws(StoreError) -> Code? {
        let file = place.database
        return try await read { database in
            try Self.owner(of: address, in: database).map { try Stored.code($0, $1, in: file) }
        }
    }

    private static func exists(_ group: GroupName, in database: Database) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM roster WHERE name = ?)", arguments: [group.text]) ?? false
    }

    private static func insert(_ member: Member, into group: GroupName, _ database: Database) throws {
        if let strap = member.strap { try refuseTaken(strap, for: member.code, in: database) }
        try database.execute(
            sql: """
                INSERT INTO member (group_name, place, consent, strap_address, strap_name, account)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                group.text, member.code.place, member.consent.rawValue, member.strap?.address, member.strap?.name,
                member.account,
            ])
    }

    private static func owner(of address: String, in database: Database) throws -> (String, Int)? {
        try Row.fetchOne(
            database, sql: "SELECT group_name, place FROM member WHERE strap_address = ?", arguments: [address]
        ).map { ($0[0], $0[1]) }
    }

    private static func refuseTaken(_ strap: StrapIdentity, for code: Code, in database: Database) throws {
        try refuseElsewhere(strap, in: database)
        guard let (group, place) = try owner(of: strap.address, in: database) else { return }
        guard group != code.group.text || place != code.place else { return }
        throw StoreError(.strapTaken, strap.label, detail: "\(group)-\(place < 10 ? "0" : "")\(place)")
    }

    private static func roster(_ group: GroupName, in database: Database, file: String) throws -> Roster {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT place, consent, strap_address, strap_name, account FROM member WHERE group_name = ? ORDER BY place
                """, arguments: [group.text])
        return Roster(
            group: group,
            members: try rows.map { row in
                let address: String? = row[2]
                return Member(
                    code: try Stored.code(group.text, row[0], in: file),
                    strap: address.map { StrapIdentity(address: $0, name: row[3] ?? "") },
                    consent: try Stored.consent(row[1], in: file), account: row[4])
            },
            coach: try coach(of: group, in: database, file: file))
    }

    private static func coach(of group: GroupName, in database: Database, file: String) throws -> CoachCode? {
        let text = try String.fetchOne(
            database, sql: "SELECT coach FROM roster WHERE name = ?", arguments: [group.text])
        do {
            return try text.map { try CoachCode($0) }
        } catch {
            throw Stored.damaged(file, "\(error)")
        }
    }
}
