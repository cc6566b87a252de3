import Crypto
import FoundationEssentials
import GRDB

/// A sealed part as it stands in the file.
struct SealedPart: Sendable {
    /// The recipient of a lock that a student's receipt opens.
    static let receipt = "receipt"

    let id: Int64
    let place: Int
    let content: Data

    static func all(of session: Int64, in database: Database) throws -> [SealedPart] {
        try Row.fetchAll(
            database, sql: "SELECT id, place, content FROM sealed_part WHERE session = ? ORDER BY id",
            arguments: [session]
        ).map { SealedPart(id: $0[0], place: $0[1], content: $0[2]) }
    }

    static func isAny(of session: Int64, in database: Database) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM sealed_part WHERE session = ?)", arguments: [session]) ?? false
    }

    /// Fingerprints of the keys that open all of a session.
    static func recipients(of session: Int64, in database: Database) throws -> [String] {
        try String.fetchAll(
            database,
            sql: """
                SELECT DISTINCT recipient FROM sealed_key JOIN sealed_part ON sealed_part.id = sealed_key.part
                WHERE session = ? AND recipient <> ? ORDER BY recipient
                """, arguments: [session, receipt])
    }

    /// The key of this part.
    /// - Throws: `StoreError.Kind.otherKey`, or `.damaged`.
    func key(
        for key: FacilitatorPrivateKey, session: String, in database: Database, file: String
    ) throws -> SymmetricKey {
        let wrapped = try Data.fetchOne(
            database, sql: "SELECT wrapped FROM sealed_key WHERE part = ? AND recipient = ?",
            arguments: [id, key.publicKey.fingerprint])
        guard let wrapped else {
            let known = try String.fetchAll(
                database, sql: "SELECT recipient FROM sealed_key WHERE part = ? AND recipient <> ? ORDER BY 1",
                arguments: [id, Self.receipt])
            throw StoreError(.otherKey, session, detail: known.joined(separator: ", "))
        }
        do {
            return try key.unwrap(wrapped, binding: PartSeal(session: session, place: place).binding)
        } catch {
            throw Stored.damaged(file, "a lock of session \(session) that was changed")
        }
    }

    /// The rows of this part.
    /// - Throws: `StoreError.Kind.damaged` when they were changed.
    func rows(with key: SymmetricKey, session: String, file: String) throws -> RowArchive {
        do {
            return try PartSeal(session: session, place: place).open(content, with: key)
        } catch {
            throw Stored.damaged(file, "a sealed part of session \(session) that was changed")
        }
    }
}
