import Crypto
import FoundationEssentials
import GRDB

/// How one person's part of a session is locked: with a key of its own, which is itself locked for each who may open it.
///
/// Sources: RFC 8439 (ChaCha20-Poly1305), RFC 9180 (HPKE).
struct PartSeal: Sendable {
    /// What the locks belong to, so that none can be put on another part.
    let binding: Data

    init(session: String, place: Int) { binding = Data("entrain sealed part 1\n\(session)\n\(place)".utf8) }

    func seal(_ archive: RowArchive, with key: SymmetricKey) throws -> Data {
        try ChaChaPoly.seal(Data(archive.bytes()), using: key, authenticating: binding).combined
    }

    /// - Throws: when it was changed, or the key is another one.
    func open(_ content: Data, with key: SymmetricKey) throws -> RowArchive {
        let bytes = try ChaChaPoly.open(
            ChaChaPoly.SealedBox(combined: content), using: key, authenticating: binding)
        return try RowArchive(bytes: [UInt8](bytes), allowed: Set(PersonalRows.all))
    }
}

/// The tables that hold what was recorded of one person.
enum PersonalRows {
    /// Those with a column `place`.
    static let tables = ["packet", "beat", "coherence", "marker", "link"]
    static let straps = "session_strap"
    static let all = tables + [straps]

    /// Everything of a place, and the straps that it wore or nobody did.
    static func archive(session: Int64, place: Int, in database: Database) throws -> RowArchive {
        var archive = RowArchive()
        for table in tables {
            try archive.take(
                table, where: "session = ? AND place = ? ORDER BY line", [session, place], in: database)
        }
        try archive.take(
            straps,
            where: """
                session = :id AND (
                    number IN (SELECT strap FROM packet WHERE session = :id AND place = :place
                        UNION SELECT strap FROM link WHERE session = :id AND place = :place)
                    OR number NOT IN (SELECT strap FROM packet WHERE session = :id
                        UNION SELECT strap FROM link WHERE session = :id))
                ORDER BY number
                """, ["id": session, "place": place], in: database)
        return archive
    }

    /// Deletes everything of a place, and the straps that nobody has worn any more.
    static func delete(session: Int64, place: Int, in database: Database) throws {
        try database.execute(
            sql: "UPDATE packet SET bytes = zeroblob(length(bytes)) WHERE session = ? AND place = ?",
            arguments: [session, place])
        for table in tables {
            try database.execute(
                sql: "DELETE FROM \(table) WHERE session = ? AND place = ?", arguments: [session, place])
        }
        try database.execute(
            sql: """
                DELETE FROM session_strap WHERE session = :id AND number NOT IN (
                    SELECT strap FROM packet WHERE session = :id UNION SELECT strap FROM link WHERE session = :id)
                """, arguments: ["id": session])
    }

    /// Places of which something stands in the clear.
    static func plainPlaces(session: Int64, in database: Database) throws -> [Int] {
        let places = tables.map { "SELECT place FROM \($0) WHERE session = :id AND place IS NOT NULL" }
        return try Int.fetchAll(
            database, sql: "\(places.joined(separator: " UNION ")) ORDER BY 1", arguments: ["id": session])
    }
}
