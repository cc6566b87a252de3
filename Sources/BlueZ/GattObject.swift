import DBus

/// An object of a GATT server on the bus: what is called goes to the server.
struct GattObject: ExportedObject {
    let interfaces: [InterfaceDescription]
    let server: GattServer

    func handle(_ call: IncomingCall) async throws(DBusError) -> [Value] {
        try await server.take(call)
    }

    static let service = InterfaceDescription(
        BlueZName.gattService, properties: [.init("UUID", .string), .init("Primary", .boolean)])

    static let characteristic = InterfaceDescription(
        BlueZName.characteristic,
        methods: [
            .init("ReadValue", takes: [.init("options", .properties)], gives: [.init("value", .bytes)]),
            .init("WriteValue", takes: [.init("value", .bytes), .init("options", .properties)]),
            .init("StartNotify"), .init("StopNotify"),
        ],
        properties: [
            .init("UUID", .string), .init("Service", .objectPath), .init("Flags", .strings), .init("Value", .bytes),
            .init("Notifying", .boolean),
        ])
}
