internal import DBus

/// Interfaces of org.bluez at one path, as the bus sees them: everything is handed on to the simulator.
struct BlueZObject: ExportedObject {
    let interfaces: [InterfaceDescription]
    let simulator: Simulator

    init(_ names: some Sequence<String>, simulator: Simulator) {
        interfaces = names.sorted().compactMap(BlueZInterface.description)
        self.simulator = simulator
    }

    func handle(_ call: IncomingCall) async throws(DBusError) -> [Value] {
        try await simulator.take(call)
    }

    func set(_ change: PropertyChange) async throws(DBusError) {
        await simulator.take(change)
    }
}
