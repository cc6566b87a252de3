import GRDB
import Glibc
public import Timekeeping

/// One line of what was done to what people gave: who, when and what, never a value.
public struct PrivacyEntry: Sendable, Hashable {
    /// What was done.
    public enum Action: String, Sendable, Hashable, CaseIterable {
        case keyImported = "key imported"
        case keyRemoved = "key removed"
        case sealed
        case slipsMade = "slips made"
        case withdrawn
        case erased
        case keepUntil = "keep until"
        case purged
    }

    /// When.
    public var at: UTC
    /// The account it was done from.
    public var account: String
    /// What, as a word of `Action`.
    public var action: String
    /// To what: codes, sessions, fingerprints of keys.
    public var about: String

    /// Makes a line.
    public init(at: UTC, account: String, action: String, about: String) {
        self.at = at
        self.account = account
        self.action = action
        self.about = about
    }
}

extension Store {
    /// Everything that was done, oldest first.
    public func privacyLog() async throws(StoreError) -> [PrivacyEntry] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT at, account, action, about FROM privacy_log ORDER BY id").map {
                PrivacyEntry(
                    at: UTC(nanosecondsSince1970: $0[0]), account: $0[1], action: $0[2], about: $0[3])
            }
        }
    }

    /// Notes in the same transaction what is done in it.
    static func note(_ action: PrivacyEntry.Action, _ about: String, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO privacy_log (at, account, action, about) VALUES (?, ?, ?, ?)",
            arguments: [
                MachineClock().now().utc.nanosecondsSince1970, accountName(), action.rawValue, about,
            ])
    }

    private static func accountName() -> String {
        var record = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 4096)
        let code = getpwuid_r(geteuid(), &record, &buffer, buffer.count, &found)
        guard code == 0, found != nil, let name = record.pw_name else { return "uid \(geteuid())" }
        return String(cString: name)
    }
}
