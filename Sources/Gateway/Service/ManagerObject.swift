import DBus

/// What can be asked of the service as a whole where a session owns the name.
struct SessionManager: ExportedObject {
    let connection: Connection

    var interfaces: [InterfaceDescription] { [ManagerDescription.interface] }

    func handle(_ call: IncomingCall) async throws(DBusError) -> [Value] {
        guard call.member == "ListSessions" else {
            throw DBusError(
                name: ServiceErrorName.notAGateway,
                message: "no gateway runs here, only a session that somebody leads; start it: systemctl start entrain")
        }
        return [ManagerDescription.list(try await connection.offeredSessions())]
    }
}

/// What `Manager1` offers.
enum ManagerDescription {
    static let version = "Version"
    static let bluetooth = "Bluetooth"

    static let interface = InterfaceDescription(
        ServiceName.manager,
        methods: [
            .init("ListSessions", gives: [.init("sessions", Signature(literal: "a(so)"))]),
            .init(
                "StartSession", takes: [.init("group", .string), .init("options", .properties)],
                gives: [.init("bus_name", .string), .init("session", .objectPath)]),
        ], properties: [.init(version, .string), .init(bluetooth, .string)])

    /// Sessions as `ListSessions` answers them: bus name and object.
    static func list(_ sessions: [OfferedSession]) -> Value {
        .array(
            sessions.map { .structure([.string($0.busName), .objectPath($0.path)]) }, of: Signature(literal: "(so)"))
    }
}

/// A session that some process offers on a bus.
struct OfferedSession: Sendable, Hashable {
    var busName: String
    var path: ObjectPath
}

extension Connection {
    /// Sessions that processes offer on this bus, by name.
    ///
    /// A session's bus name tells its object's path; a second session of that name on the bus has `__2` behind it.
    func offeredSessions() async throws(DBusError) -> [OfferedSession] {
        let bus = "org.freedesktop.DBus"
        let reply = try await call(
            MethodCall(
                destination: bus, path: ObjectPath(literal: "/org/freedesktop/DBus"), interface: bus,
                member: "ListNames"))
        var sessions: [OfferedSession] = []
        for name in reply.arguments.first?.strings ?? [] where name.hasPrefix(ServiceName.sessionPrefix) {
            let element = name.dropFirst(ServiceName.sessionPrefix.count)
            let session = element.firstRange(of: "__").map { element[..<$0.lowerBound] } ?? element
            sessions.append(
                OfferedSession(busName: name, path: try ServiceName.sessions.appending(String(session))))
        }
        return sessions.sorted { $0.busName < $1.busName }
    }
}
