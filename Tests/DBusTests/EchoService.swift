import DBus

/// An object that answers in every way an object can.
struct EchoService: ExportedObject {
    static let interface = "org.example.Echo"
    static let path = ObjectPath(literal: "/org/example/echo")

    let started = Gate()
    let door = Gate()
    let cancelled = Gate()

    let interfaces = [
        InterfaceDescription(
            EchoService.interface,
            methods: [
                .init("Echo", takes: [.init("value", .variant)], gives: [.init("value", .variant)]),
                .init("Fail", takes: [.init("name", .string), .init("message", .string)]),
                .init("WhoAmI", gives: [.init("sender", .string)]),
                .init("WaitAtTheDoor"),
                .init("Lie", gives: [.init("number", .int32)]),
            ],
            signals: [.init("Happened", says: [.init("what", .string)])],
            properties: [
                .init("Level", .byte, .readWrite), .init("Name", .string), .init("Secret", .string, .write),
                .init("Stubborn", .boolean, .readWrite), .init("Absent", .int16),
            ])
    ]

    func handle(_ call: IncomingCall) async throws(DBusError) -> [Value] {
        switch call.member {
        case "Echo":
            return call.arguments
        case "Fail":
            // A NUL cannot come over the bus: it is spelled %00.
            let message = (call.arguments[1].string ?? "").split(separator: "%00", omittingEmptySubsequences: false)
            throw DBusError(name: call.arguments[0].string ?? "", message: message.joined(separator: "\0"))
        case "WhoAmI":
            return [.string(call.sender)]
        case "WaitAtTheDoor":
            await started.open()
            await door.pass()
            if Task.isCancelled { await cancelled.open() }
            return []
        default:
            return [.string("not the number that was promised")]
        }
    }

    func set(_ change: PropertyChange) async throws(DBusError) {
        guard change.property != "Stubborn" else {
            throw DBusError(name: "org.example.Error.Stubborn", message: "no, \(change.sender)")
        }
    }

    static let firstValues: [String: [String: Value]] = [
        interface: [
            "Level": .byte(80), "Name": .string("H10"), "Secret": .string("hush"), "Stubborn": .boolean(false),
        ]
    ]
}

extension Connection {
    /// Calls a method of the echo service another connection exports.
    func echo(
        _ other: Connection, _ member: String, _ arguments: [Value] = [], deadline: Duration = .seconds(25)
    ) async throws(DBusError) -> [Value] {
        let call = MethodCall(
            destination: other.uniqueName, path: EchoService.path, interface: EchoService.interface, member: member,
            arguments: arguments)
        return try await self.call(call, deadline: deadline).arguments
    }

    /// Calls a method of a standard interface of the echo service, or of another path.
    func standard(
        _ other: Connection, _ interface: String, _ member: String, _ arguments: [Value] = [],
        path: ObjectPath = EchoService.path
    ) async throws(DBusError) -> [Value] {
        let call = MethodCall(
            destination: other.uniqueName, path: path, interface: "org.freedesktop.DBus." + interface, member: member,
            arguments: arguments)
        return try await self.call(call).arguments
    }
}
