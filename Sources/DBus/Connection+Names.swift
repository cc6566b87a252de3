extension Connection {
    /// How to ask for a bus name (D-Bus specification, `RequestName`).
    public struct NameOptions: OptionSet, Sendable {
        /// The flags as the bus daemon reads them.
        public let rawValue: UInt32

        /// Makes options from the flags.
        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// Others may take the name over.
        public static let allowReplacement = NameOptions(rawValue: 1)
        /// Take the name from an owner who allows it.
        public static let replaceExisting = NameOptions(rawValue: 2)
        /// Do not wait in line when another owns the name.
        public static let doNotQueue = NameOptions(rawValue: 4)
    }

    /// Takes a well-known name.
    /// - Parameters:
    ///   - name: the name, such as `org.example.Service`.
    ///   - options: how to ask; without `doNotQueue` success may also mean to stand in line.
    /// - Throws: `NameTaken` when another owns it, `AccessDenied` when the policy forbids it, and all that `call` throws.
    public func requestName(_ name: String, options: NameOptions = .doNotQueue) async throws(DBusError) {
        let reply = try await call(.toBus("RequestName", [.string(name), .uint32(options.rawValue)]))
        guard reply.arguments.first?.int != 3 else {
            throw DBusError(
                name: DBusError.Name.nameTaken, message: "another connection owns the name",
                operation: "taking the bus name \(name)")
        }
    }

    /// Gives a well-known name back; no error when it was not ours.
    public func releaseName(_ name: String) async throws(DBusError) {
        try await call(.toBus("ReleaseName", [.string(name)]))
    }

    /// The unique name of a name's owner; nil when it has none.
    public func ownerOf(_ name: String) async throws(DBusError) -> String? {
        do {
            return try await call(.toBus("GetNameOwner", [.string(name)])).arguments.first?.string
        } catch  where error.name == DBusError.Name.nameHasNoOwner {
            return nil
        }
    }

    /// The numeric user id of the process behind a bus name, for instance an incoming call's `sender`.
    public func callerUnixUser(_ name: String) async throws(DBusError) -> UInt32 {
        let reply = try await call(.toBus("GetConnectionUnixUser", [.string(name)]))
        guard case .uint32(let user) = reply.arguments.first else {
            throw DBusError(name: DBusError.Name.inconsistentMessage, message: "the bus gave no user id")
        }
        return user
    }

    /// The process behind a bus name; nil when nobody owns it.
    public func processOf(_ name: String) async throws(DBusError) -> Int? {
        do {
            return try await call(.toBus("GetConnectionUnixProcessID", [.string(name)])).arguments.first?.int
        } catch  where error.name == DBusError.Name.nameHasNoOwner {
            return nil
        }
    }
}
