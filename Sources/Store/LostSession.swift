import GRDB
import Practice

/// A session whose own row cannot be read any more, though rows of its codes, packets and beats may be.
///
/// Its name stands once more in the index of names. Group and beginning follow from that and from the packets; the script
/// is what ran of it. It counts as interrupted, until `entrain session recover` gives it its length.
struct LostSession {
    let id: Int64
    let name: String
    let group: String
    let started: Int64
    let script: String

    /// Sessions that other tables know, and that are not among `known`.
    static func all(in database: Database, except known: [Int64: String]) throws -> [LostSession] {
        var names: [Int64: String] = [:]
        let rows = Salvage.readable("SELECT id, name FROM session ORDER BY name", in: database)
        for row in rows {
            if let id = Int64.fromDatabaseValue(row[0]) { names[id] = String.fromDatabaseValue(row[1]) }
        }
        let codes = Salvage.readable("SELECT session FROM session_code GROUP BY session ORDER BY session", in: database)
        let ids = Set(names.keys).union(codes.compactMap { Int64.fromDatabaseValue($0[0]) }).subtracting(known.keys)
        return ids.sorted().map { id in
            let parts = (names[id] ?? "").split(separator: "-").map(String.init)
            let packet = Salvage.readable(
                "SELECT utc, t FROM packet WHERE session = \(id) ORDER BY line LIMIT 1", in: database)
            let phases = Salvage.readable(
                "SELECT phase FROM session_phase WHERE session = \(id) ORDER BY number", in: database)
            let list = phases.compactMap { String.fromDatabaseValue($0[0]) }.joined(separator: ", ")
            return LostSession(
                id: id, name: names[id] ?? "lost-\(id)", group: parts.count > 1 ? parts[1] : "lost\(id)",
                started: packet.first.flatMap(beginning) ?? 0,
                script: "{\"name\": \"lost\", \"purpose\": \"\", \"phases\": [\(list)]}")
        }
    }

    func restore(in copy: Database) throws {
        try copy.execute(
            sql: """
                INSERT INTO session (id, name, group_name, started, zone_offset, script, tool_version, clock_rate, adapters)
                VALUES (?, ?, ?, ?, 0, ?, 'lost', 1, '[]')
                """, arguments: [id, name, group, started, script])
    }

    private static func beginning(_ packet: Row) -> Int64? {
        guard let utc = Int64.fromDatabaseValue(packet[0]), utc >= 0, let t = Double.fromDatabaseValue(packet[1]),
            (0...1e7).contains(t)
        else { return nil }
        return utc - Int64(t * 1e9)
    }
}
