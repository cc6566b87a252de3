internal import DBus

/// What one client's discovery session looks for (`org.bluez.Adapter1.SetDiscoveryFilter`, BlueZ 5.66).
struct DiscoveryFilter: Sendable, Hashable {
    /// The keys BlueZ 5.66 knows, in the order it lists them.
    static let keys = ["UUIDs", "RSSI", "Pathloss", "Transport", "DuplicateData", "Discoverable", "Pattern"]

    /// Whether the client gave no filter at all.
    var isAbsent = true
    /// Services, one of which must be advertised; any when empty.
    var services: [String] = []
    /// Weakest signal to report, dBm.
    var weakest: Int?
    /// Whether low energy devices are looked for.
    var hearsLowEnergy = true
    /// Whether every advertisement is to be reported.
    var wantsDuplicates = false
    /// What the name or the address must begin with.
    var prefix: String?

    /// No filter.
    init() {}

    /// Reads a filter.
    /// - Returns: nil when BlueZ would refuse it.
    init?(_ properties: [String: Value]) {
        isAbsent = properties.isEmpty
        guard properties["RSSI"] == nil || properties["Pathloss"] == nil else { return nil }
        for (key, value) in properties {
            guard read(key, value) else { return nil }
        }
    }

    private mutating func read(_ key: String, _ value: Value) -> Bool {
        switch (key, value) {
        case ("UUIDs", .array(let uuids, of: .string)):
            services = uuids.compactMap { $0.string.flatMap(Self.fullUUID) }
            return services.count == uuids.count
        case ("RSSI", .int16(let strength)):
            weakest = Int(strength)
        case ("Pathloss", .uint16), ("Discoverable", .boolean):
            break
        case ("Transport", .string(let bearer)):
            hearsLowEnergy = bearer != "bredr"
            return ["auto", "bredr", "le"].contains(bearer)
        case ("DuplicateData", .boolean(let flag)):
            wantsDuplicates = flag
        case ("Pattern", .string(let text)):
            prefix = text
        default:
            return false
        }
        return true
    }

    /// Whether an advertisement is reported.
    func matches(_ plan: StrapPlan, advertising uuid: String, rssi: Int) -> Bool {
        guard hearsLowEnergy else { return false }
        if !services.isEmpty, !services.contains(uuid) { return false }
        if let weakest, rssi < weakest { return false }
        guard let prefix, !prefix.isEmpty else { return true }
        return plan.name.hasPrefix(prefix) || plan.address.hasPrefix(prefix)
    }

    /// A UUID in full lower case; nil when it is none.
    ///
    /// 16 and 32 bits are written as `180D`, with or without `0x`.
    private static func fullUUID(_ text: String) -> String? {
        var digits = text.lowercased()
        if digits.hasPrefix("0x") { digits.removeFirst(2) }
        guard digits.count != 36 else { return digits }
        guard digits.count == 4 || digits.count == 8, UInt32(digits, radix: 16) != nil else { return nil }
        return String(repeating: "0", count: 8 - digits.count) + digits + "-0000-1000-8000-00805f9b34fb"
    }
}
