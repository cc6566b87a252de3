import DBus
import Glibc

/// Knows who is behind the unique names on a bus: asked once of the bus, forgotten when the name goes.
actor CallerBook {
    private let connection: Connection
    private var known: [String: Caller] = [:]

    init(_ connection: Connection) {
        self.connection = connection
    }

    /// Who calls.
    /// - Throws: what the bus answers, for instance for a name that is gone.
    func caller(_ name: String) async throws(DBusError) -> Caller {
        if let caller = known[name] { return caller }
        let user = try await connection.callerUnixUser(name)
        let isSteward = user == 0 || user == geteuid() || UnixAccount.isMember(user, of: UnixAccount.stewards)
        let caller = Caller(user: user, account: UnixAccount.name(of: user), isSteward: isSteward)
        known[name] = caller
        return caller
    }

    /// A unique name has left the bus.
    func forget(_ name: String) { known[name] = nil }

    /// How many callers are known.
    var count: Int { known.count }
}
