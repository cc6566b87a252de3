import DBus
import Glibc

/// Knows who is behind the unique names on a bus: asked once of the bus, forgotten when the name goes.
actor CallerBook {
    /// How many callers are remembered, above what a system bus lets connect.
    static let mostKnown = 2048

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
        // Who came and went while being asked about stays otherwise.
        if known.count >= Self.mostKnown { known = [:] }
        known[name] = caller
        return caller
    }

    /// A unique name has left the bus.
    func forget(_ name: String) { known[name] = nil }
}
