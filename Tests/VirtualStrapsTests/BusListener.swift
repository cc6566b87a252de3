import DBus
import Synchronization
import Timekeeping

@testable import VirtualStraps

/// A plain client of org.bluez: calls, keeps what it hears, and waits for what must come.
actor BusListener {
    private let connection: Connection
    private var signals: [Signal] = []
    private var waiters: [(condition: @Sendable ([Signal]) -> Bool, continuation: CheckedContinuation<Void, Never>)] =
        []
    private var listening: Task<Void, Never>?

    private init(_ connection: Connection) {
        self.connection = connection
    }

    static func open(_ simulator: Simulator) async throws -> BusListener {
        let connection = try await Connection.open(.address(simulator.busAddress), clock: MachineClock())
        let listener = BusListener(connection)
        try await listener.listen()
        return listener
    }

    private func listen() async throws {
        let stream = try await connection.signals([
            MatchRule(sender: Simulator.name), .nameOwnerChanged(Simulator.name),
        ])
        listening = Task {
            for await signal in stream { take(signal) }
        }
    }

    private func take(_ signal: Signal) {
        signals.append(signal)
        let ready = waiters.filter { $0.condition(signals) }
        waiters.removeAll { $0.condition(signals) }
        for waiter in ready { waiter.continuation.resume() }
    }

    var heard: [Signal] { signals }

    /// Waits until what was heard so far fulfils a condition; the test's time limit is the deadline.
    func wait(until condition: @escaping @Sendable ([Signal]) -> Bool) async {
        guard !condition(signals) else { return }
        await withCheckedContinuation { waiters.append((condition, $0)) }
    }

    func close() async {
        await connection.close()
        await listening?.value
    }

    @discardableResult
    func call(_ member: String, at path: String, _ interface: String, _ arguments: [Value] = []) async throws -> [Value]
    {
        let call = MethodCall(
            destination: Simulator.name, path: try ObjectPath(path), interface: interface, member: member,
            arguments: arguments)
        return try await connection.call(call).arguments
    }

    /// All objects that org.bluez has: property values by path and interface.
    func objects() async throws -> [String: [String: [String: Value]]] {
        let reply = try await call("GetManagedObjects", at: "/", "org.freedesktop.DBus.ObjectManager")
        return (reply.first?.dictionary ?? [:]).mapValues { interfaces in
            (interfaces.dictionary ?? [:]).mapValues { $0.properties ?? [:] }
        }
    }

    func get(_ property: String, _ interface: String, at path: String) async throws -> Value? {
        try await call("Get", at: path, "org.freedesktop.DBus.Properties", [.string(interface), .string(property)])
            .first?.unwrapped
    }

    func set(_ property: String, _ interface: String, at path: String, _ value: Value) async throws {
        try await call(
            "Set", at: path, "org.freedesktop.DBus.Properties",
            [.string(interface), .string(property), .variant(value)])
    }

    /// Waits until a property of an object was told to have a value.
    func wait(for property: String, _ value: Value, at path: String) async {
        await wait { signals in
            signals.contains { $0.path.rawValue == path && $0.changed[property] == value }
        }
    }

    /// The values of a characteristic, in order.
    func values(at path: String) -> [[UInt8]] {
        signals.filter { $0.path.rawValue == path }.compactMap { $0.changed["Value"]?.bytes }
    }

    /// Finds and connects a strap and starts its notifications.
    /// - Returns: the path of its 0x2A37.
    func stream(_ plan: StrapPlan, adapter: String = "/org/bluez/hci0") async throws -> String {
        let path = adapter + "/dev_" + plan.address.split(separator: ":").joined(separator: "_")
        let name = "org.bluez.Adapter1"
        let before = signals.count
        while try await !connect(path) {
            let old = signals.count
            try await call("StartDiscovery", at: adapter, name)
            await wait { $0[old...].contains { $0.member == "InterfacesAdded" && $0.object == path } }
            try await call("StopDiscovery", at: adapter, name)
        }
        await wait { signals in
            signals[before...].contains { $0.path.rawValue == path && $0.changed["ServicesResolved"] == .boolean(true) }
        }
        let characteristics = try await objects().filter { $0.key.hasPrefix(path) }
        let measurement = characteristics.first {
            $0.value["org.bluez.GattCharacteristic1"]?["UUID"]?.string?.hasPrefix("00002a37") == true
        }
        guard let measurement else { throw DBusError(name: "test", message: "no 0x2A37 below \(path)") }
        try await call("StartNotify", at: measurement.key, "org.bluez.GattCharacteristic1")
        return measurement.key
    }

    /// Connects to a device; false when it is not known, or was forgotten half a minute after it was seen.
    private func connect(_ path: String) async throws -> Bool {
        do {
            try await call("Connect", at: path, "org.bluez.Device1")
        } catch let error as DBusError {
            guard error.name == "org.freedesktop.DBus.Error.UnknownObject" else { throw error }
            return false
        }
        return true
    }
}

extension Signal {
    /// The new values that `PropertiesChanged` tells.
    var changed: [String: Value] {
        guard member == "PropertiesChanged", arguments.count == 3 else { return [:] }
        return arguments[1].properties ?? [:]
    }

    /// The object that `InterfacesAdded` and `InterfacesRemoved` speak of.
    var object: String? {
        arguments.first?.objectPath?.rawValue
    }
}

/// Collects the truth of a simulator.
final class TruthLog: Sendable {
    private let state = Mutex<[TruthRecord]>([])

    var records: [TruthRecord] { state.withLock { $0 } }

    func note(_ record: TruthRecord) {
        state.withLock { $0.append(record) }
    }
}
