import CBluetooth
import Glibc

/// A Bluetooth controller as the kernel knows it, through libbluetooth.
///
/// Works without privileges.
public struct Controller: Sendable, Hashable {
    /// Its number: 0 for `hci0`.
    public var index: Int
    /// Its name, such as `hci0`.
    public var name: String
    /// Whether it is up.
    public var isUp: Bool
    /// How it is attached.
    public var bus: Bus
    /// ACL buffers it offers the host.
    public var aclBuffers: Int
    /// Company that made it (Bluetooth SIG assigned numbers); nil when it did not answer.
    public var manufacturer: Int?
    /// HCI version, 6 for Bluetooth 4.0 and up; nil when it did not answer.
    public var hciVersion: Int?
    /// Whether it has Bluetooth LE; nil while it is down and its features are not known.
    public var isLowEnergy: Bool?

    /// How a controller is attached (kernel: hci.h, `HCI_USB` ...).
    public enum Bus: Int, Sendable, Hashable {
        /// Not known to this program.
        case other = -1
        /// Without hardware.
        case virtual = 0
        /// USB.
        case usb = 1
        /// A serial line, as in a Raspberry Pi.
        case uart = 3
    }

    /// Makes a controller; for tables in tests.
    public init(
        index: Int, name: String, isUp: Bool, bus: Bus, aclBuffers: Int, manufacturer: Int? = nil,
        hciVersion: Int? = nil, isLowEnergy: Bool? = nil
    ) {
        self.index = index
        self.name = name
        self.isUp = isUp
        self.bus = bus
        self.aclBuffers = aclBuffers
        self.manufacturer = manufacturer
        self.hciVersion = hciVersion
        self.isLowEnergy = isLowEnergy
    }

    /// The company that made it, as libbluetooth names it; nil when it did not answer.
    public var makerName: String? {
        manufacturer.flatMap { bt_compidtostr(Int32($0)) }.map { String(cString: $0) }
    }

    /// Bluetooth version such as `4.0` (SIG assigned numbers, HCI version); nil when it did not answer or is older.
    public var bluetoothVersion: String? {
        let versions = [6: "4.0", 7: "4.1", 8: "4.2", 9: "5.0", 10: "5.1", 11: "5.2", 12: "5.3", 13: "5.4", 14: "6.0"]
        return hciVersion.flatMap { versions[$0] }
    }

    /// How many straps such a controller is known to hold at once; nil when nothing is known of its maker.
    ///
    /// Sources: Home Assistant bleak-retry-connector #67 and core #84331 (CSR 5, Broadcom 7, Intel 7), Raspberry Pi onboard
    /// 3 from many reports.
    public var knownSlots: Int? {
        switch manufacturer {
        case Maker.csr: 5
        case Maker.broadcom, Maker.cypress: bus == .uart ? 3 : 7
        case Maker.intel: 7
        default: nil
        }
    }

    /// Company identifiers of the Bluetooth SIG.
    enum Maker {
        static let intel = 2
        static let csr = 10
        static let broadcom = 15
        static let cypress = 305
    }

    /// The controllers the kernel knows, in their order.
    /// - Throws: `HCIError` when the kernel has no Bluetooth.
    public static func all() throws(HCIError) -> [Controller] {
        let probe = socket(AF_BLUETOOTH, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), BTPROTO_HCI)
        guard probe >= 0 else { throw HCIError(code: errno) }
        close(probe)
        return (0..<Int(HCI_MAX_DEV)).compactMap { read($0) }
    }

    private static func read(_ index: Int) -> Controller? {
        var information = hci_dev_info()
        guard hci_devinfo(Int32(index), &information) == 0 else { return nil }
        let name = withUnsafeBytes(of: information.name) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        let version = version(of: Int32(index))
        return Controller(
            index: index, name: name, isUp: information.flags & (1 << UInt32(HCI_UP)) != 0,
            bus: Bus(rawValue: Int(information.type & 0x0F)) ?? .other, aclBuffers: Int(information.acl_pkts),
            manufacturer: version.map { Int($0.manufacturer) }, hciVersion: version.map { Int($0.hci_ver) },
            isLowEnergy: isLowEnergy(information))
    }

    /// LMP feature bit 38, "LE Supported (Controller)"; all features are zero until the controller was up once.
    private static func isLowEnergy(_ information: hci_dev_info) -> Bool? {
        withUnsafeBytes(of: information.features) { features in
            features.allSatisfy { $0 == 0 } ? nil : features[4] & UInt8(LMP_LE) != 0
        }
    }

    private static func version(of index: Int32) -> hci_version? {
        let device = hci_open_dev(index)
        guard device >= 0 else { return nil }
        defer { close(device) }
        var version = hci_version()
        return hci_read_local_version(device, &version, 1000) == 0 ? version : nil
    }
}

/// Why the kernel could not be asked about controllers.
public struct HCIError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The system's error number.
    public var code: Int32

    /// What is missing and what to do.
    public var description: String {
        code == EAFNOSUPPORT
            ? "This kernel has no Bluetooth. Load it with: sudo modprobe bluetooth"
            : "The kernel does not tell about Bluetooth controllers: \(String(cString: strerror(code)))."
    }
}
