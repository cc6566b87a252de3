import DBus
import Practice

/// A session on the bus.
struct SessionObject: GuardedObject {
    let service: SessionService

    var interfaces: [InterfaceDescription] { [Self.description] }

    func handle(_ call: IncomingCall) async throws(DBusError) -> [Value] {
        try await service.steer(call)
        return []
    }

    func properties(_ request: PropertyRequest) async throws(DBusError) -> [String: Value] {
        try await service.sessionProperties(request)
    }

    /// Names of properties that only a session has.
    enum Property {
        static let name = "Name"
        static let group = "Group"
        static let script = "Script"
        static let clockRate = "ClockRate"
        static let next = "NextPhaseTitle"
        static let codes = "Codes"
    }

    static let description = InterfaceDescription(
        ServiceName.session,
        methods: [
            .init("Next"), .init("Back"), .init("Pause"), .init("Resume"),
            .init("Mark", takes: [.init("text", .string), .init("code", .string)]),
            .init("Note", takes: [.init("text", .string)]), .init("Stop"),
        ],
        properties: [
            .init(Property.name, .string), .init(Property.group, .string), .init(Property.script, .string),
            .init(Property.clockRate, .double), .init(Property.next, .string), .init(Property.codes, .strings),
        ] + WallProperty.all + MomentProperty.all)
}

/// A code of a session on the bus.
struct CodeObject: GuardedObject {
    let service: SessionService
    let code: Code

    var interfaces: [InterfaceDescription] { [Self.description] }

    func handle(_ call: IncomingCall) async throws(DBusError) -> [Value] {
        if call.member == "Subscribe" {
            try await service.subscribe(call.sender, to: code)
        } else {
            await service.unsubscribe(call.sender, from: code)
        }
        return []
    }

    func properties(_ request: PropertyRequest) async throws(DBusError) -> [String: Value] {
        try await service.codeProperties(code, request)
    }

    static let description = InterfaceDescription(
        ServiceName.code, methods: [.init("Subscribe"), .init("Unsubscribe")],
        signals: [.init(ServiceName.reading, says: [.init("reading", .properties)])], properties: CodeProperty.all)
}
