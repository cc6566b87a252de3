internal import DBus
internal import HeartRate

/// The services that BlueZ shows of a strap once they are resolved: Heart Rate and Device Information.
///
/// The battery service is not among them: up to 5.79 BlueZ keeps it to itself and shows `Battery1` instead.
struct GattTable: Sendable {
    /// One characteristic of a strap.
    struct Characteristic: Sendable, Hashable {
        /// What a characteristic is for.
        enum Role: Sendable, Hashable {
            /// 0x2A37, notified.
            case measurement
            /// 0x2A39, written.
            case controlPoint
            /// Read, always the same.
            case constant([UInt8])
        }

        let uuid: String
        let role: Role
        let path: ObjectPath
        let service: ObjectPath
        /// The Client Characteristic Configuration; nil when there is none.
        let configuration: ObjectPath?
    }

    /// The services, parents of the characteristics.
    private(set) var services: [(path: ObjectPath, uuid: String)] = []
    /// All characteristics, in the order of their handles.
    private(set) var characteristics: [Characteristic] = []
    private let device: ObjectPath
    private var handle = 0x0E

    /// The table of a strap whose device object is at `device`.
    init(plan: StrapPlan, device: ObjectPath) throws(DBusError) {
        self.device = device
        var heart: [(uuid: String, role: Characteristic.Role)] = [(HeartRateUUID.measurement, .measurement)]
        if let location = plan.location {
            heart.append((HeartRateUUID.bodySensorLocation, .constant([location.rawValue])))
        }
        if plan.sendsEnergy { heart.append((Self.uuid(0x2A39), .controlPoint)) }
        try add(HeartRateUUID.service, heart)
        let texts = [
            (0x2A29, plan.manufacturer), (0x2A24, plan.model), (0x2A25, plan.serial), (0x2A26, plan.firmware),
        ]
        try add(
            Self.uuid(0x180A),
            texts.filter { !$0.1.isEmpty }.map { (Self.uuid($0.0), .constant(Array($0.1.utf8))) })
    }

    /// A UUID of the Bluetooth SIG in full.
    static func uuid(_ short: Int) -> String {
        "0000\(Hex.byte(UInt8(short >> 8)))\(Hex.byte(UInt8(short & 0xFF)))-0000-1000-8000-00805f9b34fb".lowercased()
    }

    /// All objects with their interfaces and first values, parents first.
    var objects: [(path: ObjectPath, interfaces: [String: [String: Value]])] {
        services.flatMap { service in
            [(service.path, [BlueZInterface.service: properties(of: service)])]
                + characteristics.filter { $0.service == service.path }.flatMap(objects(of:))
        }
    }

    private func properties(of service: (path: ObjectPath, uuid: String)) -> [String: Value] {
        [
            "UUID": .string(service.uuid), "Device": .objectPath(device), "Primary": .boolean(true),
            "Includes": .objectPaths([]),
        ]
    }

    private func objects(
        of characteristic: Characteristic
    ) -> [(path: ObjectPath, interfaces: [String: [String: Value]])] {
        var properties: [String: Value] = [
            "UUID": .string(characteristic.uuid), "Service": .objectPath(characteristic.service),
            "MTU": .uint16(23),
        ]
        switch characteristic.role {
        case .measurement:
            properties["Flags"] = .strings(["notify"])
            properties["Notifying"] = .boolean(false)
            properties["NotifyAcquired"] = .boolean(false)
        case .controlPoint: properties["Flags"] = .strings(["write"])
        case .constant: properties["Flags"] = .strings(["read"])
        }
        let own = (characteristic.path, [BlueZInterface.characteristic: properties])
        guard let configuration = characteristic.configuration else { return [own] }
        let values: [String: Value] = [
            "UUID": .string(Self.uuid(0x2902)), "Characteristic": .objectPath(characteristic.path),
        ]
        return [own, (configuration, [BlueZInterface.descriptor: values])]
    }

    private mutating func add(
        _ uuid: String, _ roles: [(uuid: String, role: Characteristic.Role)]
    ) throws(DBusError) {
        let service = try device.appending("service\(nextHandle())")
        services.append((service, uuid))
        for (uuid, role) in roles {
            let path = try service.appending("char\(nextHandle())")
            _ = nextHandle()
            let isMeasurement = role == .measurement
            let configuration = isMeasurement ? try path.appending("desc\(nextHandle())") : nil
            characteristics.append(
                Characteristic(uuid: uuid, role: role, path: path, service: service, configuration: configuration))
        }
    }

    /// The next attribute handle, as BlueZ writes it in paths.
    private mutating func nextHandle() -> String {
        defer { handle += 1 }
        return (Hex.byte(UInt8(handle >> 8)) + Hex.byte(UInt8(handle & 0xFF))).lowercased()
    }
}
