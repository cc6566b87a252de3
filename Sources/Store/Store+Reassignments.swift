import GRDB
import HeartRate
public import Practice
import Timekeeping

extension Store {
    /// Keeps a correction of a session: what was recorded as one code's belongs to another's.
    ///
    /// Rows that were recorded stay as they are; the correction is applied whenever the session is read.
    /// - Parameters:
    ///   - name: the session.
    ///   - change: the correction; both codes must be of the session's group.
    ///   - key: what opens it, where it is sealed.
    /// - Returns: how many packets it moves, and how many beats of recordings made elsewhere, which have no packets.
    /// - Throws: `StoreError.Kind.unknownSession`, `.unknownCode`, or `.badReassignment` with the reason: nothing to
    ///   move, beats of the other code at the same time, or another consent.
    public func reassign(
        _ name: String, _ change: Reassignment, key: FacilitatorPrivateKey? = nil
    ) async throws(StoreError) -> (packets: Int, imported: Int) {
        let record = try await record(named: name, key: key)
        for code in [change.from, change.to] where code.group != record.info.group {
            throw StoreError(.unknownCode, "\(code)")
        }
        let moved = Self.recorded(of: change.from, in: record, during: change)
        let inTheWay = Self.recorded(of: change.to, in: record, during: change)
        if let problem = Self.problem(of: change, moved: moved, inTheWay: inTheWay) {
            throw StoreError(.badReassignment, name, detail: problem)
        }
        let consent = try await consent(of: change.to, in: record.info)
        let own = record.info.codes[change.from] ?? .none
        guard consent == own else {
            throw StoreError(
                .badReassignment, name,
                detail: "\(change.to) \(consent.words), but \(change.from) \(own.words), and what was recorded was "
                    + "recorded under that. Put consent on record first: entrain privacy consent \(change.to) ...")
        }
        try await write { database in try Self.insert(change, consent, session: name, into: database) }
        let back: Moments = change.isExchange ? inTheWay : ([], [])
        return (moved.packets.count + back.packets.count, moved.imported.count + back.imported.count)
    }

    /// When packets came, and when beats of recordings made elsewhere ended.
    private typealias Moments = (packets: [Double], imported: [Double])

    private static func recorded(of code: Code, in record: SessionRecord, during change: Reassignment) -> Moments {
        let beats = record.beats.filter { $0.code == code && $0.beat.packet == 0 }
        return (
            record.packets.filter { $0.code == code && change.contains($0.t) }.map(\.t),
            beats.compactMap(\.beat.end).filter(change.contains)
        )
    }

    /// Why a correction cannot be made; nil when it can.
    private static func problem(
        of change: Reassignment, moved: Moments, inTheWay: Moments
    ) -> String? {
        if change.from == change.to { return "both codes are \(change.to). Name two." }
        guard !moved.packets.isEmpty || !moved.imported.isEmpty else {
            return "nothing of \(change.from) was recorded in that time."
        }
        let others = inTheWay.packets + inTheWay.imported
        guard !change.isExchange, let first = others.min(), let last = others.max() else { return nil }
        return
            "\(change.to) has beats of its own from \(Int(first)) to \(Int(last)) s. Exchange both with --swap, or "
            + "name a shorter time with --t."
    }

    /// What a code agreed to: as the session knows it, or, when it took no part, as its group does now.
    private func consent(of code: Code, in info: SessionInfo) async throws(StoreError) -> Consent {
        if let known = info.codes[code] { return known }
        let roster = try await roster(code.group)
        guard let member = roster.members.first(where: { $0.code == code }) else {
            throw StoreError(.unknownCode, "\(code)")
        }
        return member.consent
    }

    static func insert(
        _ change: Reassignment, _ consent: Consent, session name: String, into database: Database
    ) throws {
        guard let id = try id(of: name, in: database) else { throw StoreError(.unknownSession, name) }
        try database.execute(
            sql: "INSERT OR IGNORE INTO session_code (session, place, consent) VALUES (?, ?, ?)",
            arguments: [id, change.to.place, consent.rawValue])
        try database.execute(
            sql: """
                INSERT INTO reassignment (session, number, from_place, to_place, start, stop, exchange, made)
                VALUES (:id, (SELECT COUNT(*) + 1 FROM reassignment WHERE session = :id), :from, :to, :start, :stop,
                    :exchange, :made)
                """,
            arguments: [
                "id": id, "from": change.from.place, "to": change.to.place, "start": change.start,
                "stop": change.end.isFinite ? change.end : nil, "exchange": change.isExchange,
                "made": change.made.nanosecondsSince1970,
            ])
    }

    static func reassignments(
        of id: Int64, group: GroupName, in database: Database, file: String
    ) throws -> [Reassignment] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT from_place, to_place, start, stop, exchange, made FROM reassignment
                WHERE session = ? ORDER BY number
                """, arguments: [id]
        ).map { row in
            Reassignment(
                from: try Stored.code(group.text, row[0], in: file), to: try Stored.code(group.text, row[1], in: file),
                start: row[2], end: row[3] ?? .infinity, isExchange: row[4],
                made: UTC(nanosecondsSince1970: row[5]))
        }
    }
}
