public import DBus

/// What BlueZ or the bus answered, in a class that calls for a reaction, with one sentence of advice.
///
/// Source: BlueZ 5.66 `src/error.h`, `src/error.c`, `doc/*.txt`, and what clients of it have met.
public struct BlueZError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What to do about it.
    public enum Class: Sendable, Hashable {
        /// Something is under way already: the same again, soon.
        case busy
        /// The link is there already.
        case alreadyConnected
        /// The adapter is off, or blocked by rfkill.
        case adapterOff
        /// No link.
        case notConnected
        /// The object is gone: look for the device again.
        case gone
        /// The radio failed this time.
        case transientRadio
        /// The controller holds as many links as it can.
        case outOfSlots
        /// Keys were lost on one side.
        case bondBroken
        /// Cancelled by somebody.
        case cancelled
        /// The device was reached over classic Bluetooth.
        case wrongBearer
        /// An error of the attribute protocol, with its code.
        case attribute(UInt8)
        /// Pairing or a permission is missing.
        case notPermitted
        /// It will not work, however often it is tried.
        case permanent
        /// No answer in time.
        case timeOut
        /// The Bluetooth service does not run.
        case serviceGone
        /// The bus is gone.
        case busGone
        /// The bus forbids it.
        case policy
    }

    /// D-Bus error name.
    public let name: String
    /// The service's own words.
    public let message: String
    /// What was tried.
    public let operation: String
    /// The class.
    public let kind: Class

    /// Classifies an answer of the bus.
    public init(_ error: DBusError, operation: String) {
        name = error.name
        message = error.message
        self.operation = operation
        kind = Self.classify(name: error.name, message: error.message)
    }

    /// What failed, in whose words, and what to do next.
    public var description: String {
        let words = message.isEmpty ? name : message
        return advice.isEmpty ? "\(operation): \(words) (\(name))." : "\(operation): \(words) (\(name)). \(advice)"
    }

    /// One sentence: what to do next; empty when trying again by itself is all.
    public var advice: String {
        switch kind {
        case .busy, .alreadyConnected, .notConnected, .gone, .cancelled, .timeOut: ""
        case .adapterOff:
            "Bluetooth is off. Turn it on with: bluetoothctl power on (blocked: rfkill unblock bluetooth)."
        case .transientRadio: "Come nearer, wet the pads, and close phone apps that use the strap."
        case .outOfSlots: "The adapter holds no more straps. Add a Bluetooth adapter or take a strap out."
        case .bondBroken: "Forget the strap with 'bluetoothctl remove' and try again."
        case .wrongBearer: "The device answered over classic Bluetooth. Forget it with 'bluetoothctl remove'."
        case .attribute: "The strap refused. Take it off and put it on again."
        case .notPermitted: "The strap wants to be paired first, or another program holds it."
        case .permanent: "The strap or the adapter does not support this."
        case .serviceGone: "Start the Bluetooth service with: sudo systemctl start bluetooth."
        case .busGone: "The message bus is gone. Start it, or check DBUS_SYSTEM_BUS_ADDRESS."
        case .policy:
            "Your account may not talk to Bluetooth. Add it to the group bluetooth: sudo usermod -aG bluetooth $USER, then log in again."
        }
    }

    /// The class of a D-Bus error name and message.
    public static func classify(name: String, message: String) -> Class {
        if name.hasPrefix("org.bluez.Error.BREDR.") { return .wrongBearer }
        switch name {
        case "org.bluez.Error.InProgress": return .busy
        case "org.bluez.Error.AlreadyConnected": return .alreadyConnected
        case "org.bluez.Error.NotReady", "org.bluez.Error.Blocked": return .adapterOff
        case "org.bluez.Error.NotConnected": return .notConnected
        case "org.bluez.Error.DoesNotExist", DBusError.Name.unknownObject, DBusError.Name.unknownMethod,
            DBusError.Name.unknownInterface:
            return .gone
        case "org.bluez.Error.AuthenticationFailed", "org.bluez.Error.AuthenticationCanceled",
            "org.bluez.Error.AuthenticationRejected", "org.bluez.Error.AuthenticationTimeout":
            return .bondBroken
        case "org.bluez.Error.NotPermitted": return .notPermitted
        case "org.bluez.Error.NotAvailable": return message.hasPrefix("br-connection") ? .wrongBearer : .permanent
        case "org.bluez.Error.NotAuthorized", "org.bluez.Error.NotSupported", "org.bluez.Error.InvalidArguments",
            "org.bluez.Error.ImproperlyConfigured":
            return .permanent
        case DBusError.Name.noReply, "org.freedesktop.DBus.Error.Timeout", "org.freedesktop.DBus.Error.TimedOut":
            return .timeOut
        case DBusError.Name.serviceUnknown, DBusError.Name.nameHasNoOwner: return .serviceGone
        case DBusError.Name.disconnected, DBusError.Name.noServer, DBusError.Name.fileNotFound,
            DBusError.Name.badAddress, "org.freedesktop.DBus.Error.AuthFailed", "org.freedesktop.DBus.Error.IOError":
            return .busGone
        case DBusError.Name.accessDenied: return .policy
        case DBusError.Name.cancelled: return .cancelled
        default: return classifyRest(name: name, message: message)
        }
    }

    /// What has no row of its own: a bus that could not start the service, the bus itself, or a `Failed` of BlueZ.
    private static func classifyRest(name: String, message: String) -> Class {
        if name.hasPrefix("org.freedesktop.DBus.Error.Spawn.") || name.hasPrefix("org.freedesktop.systemd1.") {
            return .serviceGone
        }
        return name.hasPrefix("org.freedesktop.DBus.") ? .permanent : classifyFailed(message)
    }

    private static func classifyFailed(_ message: String) -> Class {
        let text = message.lowercased()
        if let found = text.firstRange(of: "att error: 0x") {
            return UInt8(text[found.upperBound...].prefix(2), radix: 16).map { .attribute($0) } ?? .permanent
        }
        if text.contains("concurrent-connection-limit") || text.contains("too many links") { return .outOfSlots }
        if text.contains("key-missing") { return .bondBroken }
        if text.contains("br-connection-canceled") { return .cancelled }
        if text.hasPrefix("br-connection") { return .wrongBearer }
        if text.contains("le-connection-busy") || text.contains("resource busy") || text.contains("in progress") {
            return .busy
        }
        if text.contains("le-connection-already-connected") { return .alreadyConnected }
        if text.contains("adapter-not-powered") { return .adapterOff }
        if text.contains("le-connection-not-supported") { return .permanent }
        if text.contains("no discovery started") || text.contains("not connected") { return .notConnected }
        return .transientRadio
    }
}
