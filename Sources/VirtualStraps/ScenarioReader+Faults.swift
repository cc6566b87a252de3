internal import Yams

extension ScenarioReader {
    private static let faultKeys = [
        "strap", "adapter", "at_s", "on_call", "kind", "for_s", "times", "error", "message", "hex",
    ]
    private static let strapKinds = [
        "drop", "silent", "burst", "lose_packets", "connect_fails", "connect_lies", "never_resolves", "removed",
        "bad_packet",
    ]
    /// Methods whose calls can be counted, by what they are called on.
    private static let strapMethods = ["Connect", "Disconnect", "StartNotify", "StopNotify", "ReadValue"]
    private static let adapterMethods = ["StartDiscovery", "StopDiscovery", "SetDiscoveryFilter", "RemoveDevice"]

    /// The faults.
    func faults(_ node: Node, straps: [StrapPlan], adapters: [AdapterPlan]) throws(ScenarioError) -> [Fault] {
        var faults: [Fault] = []
        for entry in try sequence(node, of: "`faults`") {
            let keys = try mapping(entry, of: "a fault", keys: Self.faultKeys)
            let target = try target(of: keys, at: entry, straps: straps, adapters: adapters)
            let kind = try kind(of: keys, at: entry, target: target)
            let trigger = try trigger(of: keys, at: entry, target: target)
            faults.append(Fault(target, trigger, kind))
        }
        return faults
    }

    private func target(
        of keys: [String: Node], at entry: Node, straps: [StrapPlan], adapters: [AdapterPlan]
    ) throws(ScenarioError) -> Fault.Target {
        switch (keys["strap"], keys["adapter"]) {
        case (.some, .some(let node)):
            throw error(node, "a fault cannot name a strap and an adapter", "Leave one of them out")
        case (.some(let node), nil):
            let word = try text(node, "strap")
            if let place = straps.firstIndex(where: { $0.name == word || $0.address == word.uppercased() }) {
                return .strap(place)
            }
            guard let number = Int(word), straps.indices.contains(number - 1) else {
                throw error(
                    node, "there is no strap \(word)",
                    "Write its name, its address, or a number from 1 to \(straps.count)")
            }
            return .strap(number - 1)
        case (nil, .some(let node)):
            return .adapter(try choice(node, "adapter", adapters.enumerated().map { ($1.name, $0) }))
        case (nil, nil):
            return .daemon
        }
    }

    private func trigger(
        of keys: [String: Node], at entry: Node, target: Fault.Target
    ) throws(ScenarioError) -> Fault.Trigger {
        switch (keys["at_s"], keys["on_call"]) {
        case (.some(let node), nil):
            return .at(seconds: try number(node, "at_s", in: 0...1e9))
        case (nil, .some(let node)):
            var methods = Self.strapMethods
            if case .adapter = target { methods = Self.adapterMethods }
            if case .daemon = target {
                throw error(node, "a fault of the daemon cannot wait for a call", "Give `at_s` instead")
            }
            let words = try text(node, "on_call").split(separator: " ").map(String.init)
            let method = words.count == 2 ? words[0] : methods[0]
            guard words.count <= 2, let number = words.last.flatMap({ Int($0) }), number > 0, methods.contains(method)
            else {
                throw error(
                    node, "`on_call` is \(words.joined(separator: " "))",
                    "Write a number, or a method and a number such as \(methods[0]) 2; methods are "
                        + methods.joined(separator: ", "))
            }
            return .onCall(method: method, number: number)
        default:
            throw error(entry, "it must be known when the fault begins", "Give either `at_s` or `on_call`")
        }
    }

    private func kind(
        of keys: [String: Node], at entry: Node, target: Fault.Target
    ) throws(ScenarioError) -> Fault.Kind {
        let names: [String]
        switch target {
        case .strap: names = Self.strapKinds
        case .adapter: names = ["power_off"]
        case .daemon: names = ["daemon_restart"]
        }
        guard let node = keys["kind"] else {
            throw error(entry, "the fault has no `kind`", "Use \(names.joined(separator: ", "))")
        }
        let name = try choice(node, "kind", names.map { ($0, $0) })
        let seconds = try keys["for_s"].map { node throws(ScenarioError) in try number(node, "for_s", in: 0...1e9) }
        let times = try keys["times"].map { node throws(ScenarioError) in
            try integer(node, "times", in: 1...Int(Int32.max))
        }
        switch name {
        case "drop": return .drop(seconds: seconds ?? .infinity)
        case "silent": return .silent(seconds: seconds ?? .infinity)
        case "burst": return .burst(seconds: try needed(seconds, entry))
        case "lose_packets": return .losePackets(seconds: seconds ?? .infinity)
        case "connect_fails": return try connectFails(keys, times: times ?? 1)
        case "connect_lies": return .connectLies(times: times ?? 1)
        case "never_resolves": return .neverResolves(times: times ?? 1)
        case "removed": return .removed
        case "bad_packet": return .badPacket(try packet(keys, entry))
        case "power_off": return .powerOff(seconds: seconds ?? .infinity)
        default: return .daemonRestart(seconds: try needed(seconds, entry))
        }
    }

    private func needed(_ seconds: Double?, _ entry: Node) throws(ScenarioError) -> Double {
        guard let seconds else { throw error(entry, "it must be known how long the fault lasts", "Give `for_s`") }
        return seconds
    }

    private func connectFails(_ keys: [String: Node], times: Int) throws(ScenarioError) -> Fault.Kind {
        var (name, message) = ("org.bluez.Error.Failed", "le-connection-abort-by-local")
        if let node = keys["error"] {
            name = try text(node, "error")
            let parts = name.split(separator: ".", omittingEmptySubsequences: false)
            let isName =
                parts.count > 1
                && parts.allSatisfy { part in
                    part.first?.isNumber == false && part.utf8.allSatisfy { $0.isLetterDigitOrUnderscore }
                }
            guard isName, name.utf8.count <= 255 else {
                throw error(node, "`error` is \(name), no D-Bus error name", "Write one such as org.bluez.Error.Failed")
            }
            message = ""
        }
        if let node = keys["message"] { message = try text(node, "message") }
        return .connectFails(times: times, name: name, message: message)
    }

    private func packet(_ keys: [String: Node], _ entry: Node) throws(ScenarioError) -> [UInt8] {
        guard let node = keys["hex"] else {
            throw error(entry, "the bytes of the packet are missing", "Give `hex`, such as 10 48 3C")
        }
        guard case .scalar(let scalar) = node, let bytes = Hex.bytes(scalar.string), bytes.count <= 512 else {
            throw error(
                node, "`hex` is no row of bytes", "Write at most 512 pairs of hexadecimal digits, such as 10 48 3C")
        }
        return bytes
    }
}

extension UInt8 {
    /// Whether this is an ASCII letter, digit or underscore.
    fileprivate var isLetterDigitOrUnderscore: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
