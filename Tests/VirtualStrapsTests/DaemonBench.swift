import DBus
import Timekeeping

@testable import VirtualStraps

/// A daemon on no bus: what listeners would see of it.
struct DaemonBench {
    static let client = ":1.7"
    static let device = "org.bluez.Device1"
    static let adapterInterface = "org.bluez.Adapter1"
    static let characteristic = "org.bluez.GattCharacteristic1"

    private(set) var daemon: Daemon
    /// Property values by path and interface.
    private(set) var tree: [String: [String: [String: Value]]] = [:]
    /// Everything that was told, oldest first, as short lines.
    private(set) var log: [String] = []
    private(set) var truth: [TruthRecord] = []
    /// The values of 0x2A37 by path, in order.
    private(set) var values: [String: [[UInt8]]] = [:]
    private(set) var now = 0.0
    private(set) var isOnBus = false
    private var replies: [Int: Result<[Value], DBusError>] = [:]
    private var lastToken = 0

    init(_ scenario: Scenario) throws {
        daemon = try Daemon(scenario)
        take(daemon.start())
    }

    /// A class with the faults.
    init(straps: Int = 1, adapters: [AdapterPlan] = [.standard(0)], faults: [Fault] = []) throws {
        var scenario = Scenario.standard(straps: straps)
        scenario.adapters = adapters
        scenario.faults = faults
        try self.init(scenario)
    }

    mutating func advance(by seconds: Double) {
        now += seconds
        take(daemon.advance(to: now))
    }

    mutating func leave(_ client: String) {
        take(daemon.forget(client: client, at: now))
    }

    mutating func setPower(_ isPowered: Bool, adapter: String = "/org/bluez/hci0") throws {
        let change = PropertyChange(
            sender: Self.client, path: try ObjectPath(adapter), interface: Self.adapterInterface, property: "Powered",
            value: .boolean(isPowered))
        take(daemon.take(change, at: now))
    }

    /// Calls without waiting.
    mutating func send(
        _ member: String, at path: String, _ interface: String, _ arguments: [Value] = [], from sender: String = client
    ) throws -> Int {
        lastToken += 1
        let call = IncomingCall(
            sender: sender, path: try ObjectPath(path), interface: interface, member: member, arguments: arguments,
            received: ManualClock().now(), arrival: 0)
        take(daemon.take(call, token: lastToken, at: now))
        return lastToken
    }

    /// The reply to a call that was sent; nil while there is none.
    func reply(to token: Int) -> Result<[Value], DBusError>? { replies[token] }

    /// Calls and lets time pass until the answer is there, at most a minute.
    @discardableResult
    mutating func call(
        _ member: String, at path: String, _ interface: String, _ arguments: [Value] = [], from sender: String = client
    ) throws -> [Value] {
        let token = try send(member, at: path, interface, arguments, from: sender)
        let limit = now + 60
        while replies[token] == nil, now < limit { advance(by: 0.01) }
        guard let reply = replies[token] else { throw DBusError(name: DBusError.Name.noReply, message: member) }
        return try reply.get()
    }

    func property(_ name: String, _ interface: String, at path: String) -> Value? {
        tree[path]?[interface]?[name]
    }

    private mutating func take(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .appear: isOnBus = true
            case .vanish: (isOnBus, tree, replies) = (false, [:], [:])
            case .reply(let token, let result): replies[token] = result
            case .sent(let record): truth.append(record)
            case .add(let path, let interfaces):
                tree[path.rawValue, default: [:]].merge(interfaces) { $1 }
                log.append("+ \(path.lastElement)")
            case .remove(let path, let interfaces):
                for name in interfaces ?? Array((tree[path.rawValue] ?? [:]).keys) { tree[path.rawValue]?[name] = nil }
                if tree[path.rawValue]?.isEmpty == true { tree[path.rawValue] = nil }
                log.append("- \(path.lastElement)")
            case .change(let path, let interface, let changed, let invalidated):
                tree[path.rawValue]?[interface]?.merge(changed) { $1 }
                for name in invalidated { tree[path.rawValue]?[interface]?[name] = nil }
                if let bytes = changed["Value"]?.bytes { values[path.rawValue, default: []].append(bytes) }
                for (name, value) in changed { log.append("\(name)=\(value.bool.map { "\($0)" } ?? "")") }
                for name in invalidated { log.append("\(name) gone") }
            }
        }
    }
}

extension DaemonBench {
    /// The adapter's path.
    static let adapter = "/org/bluez/hci0"

    /// The path of a strap's device object.
    func path(of strap: Int = 0, adapter: String = DaemonBench.adapter) -> String {
        let address = daemon.scenario.straps[strap].address
        return adapter + "/dev_" + address.split(separator: ":").joined(separator: "_")
    }

    /// The path of a strap's characteristic, once services are resolved.
    func characteristic(_ short: String, of strap: Int = 0) -> String? {
        tree.first { path, interfaces in
            path.hasPrefix(self.path(of: strap))
                && interfaces[Self.characteristic]?["UUID"]?.string?.hasPrefix("0000" + short) == true
        }?.key
    }

    /// Lets every strap be found.
    mutating func discover(_ adapter: String = DaemonBench.adapter, for seconds: Double = 2) throws {
        try call("StartDiscovery", at: adapter, Self.adapterInterface)
        advance(by: seconds)
        try call("StopDiscovery", at: adapter, Self.adapterInterface)
    }

    /// Connects a strap and waits for its services.
    mutating func connect(_ strap: Int = 0) throws {
        try call("Connect", at: path(of: strap), Self.device)
        advance(by: 0.4)
    }

    /// Connects a strap and starts its notifications.
    mutating func stream(_ strap: Int = 0, from sender: String = client) throws {
        try connect(strap)
        let measurement = characteristic("2a37", of: strap) ?? ""
        try call("StartNotify", at: measurement, Self.characteristic, from: sender)
    }

    func device(_ name: String, of strap: Int = 0) -> Value? {
        property(name, Self.device, at: path(of: strap))
    }
}
