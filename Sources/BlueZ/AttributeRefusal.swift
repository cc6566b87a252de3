import DBus

/// Why a central may not read or write a characteristic of ours, as the attribute protocol tells it.
public enum AttributeRefusal: Error, Sendable, Hashable {
    /// What the service itself defines, 0x80 to 0x9F (Bluetooth Core Supplement 11, Part B, 1.2).
    case application(UInt8)
    /// The value has the wrong number of bytes.
    case wrongLength
    /// The value ends before the byte that was asked for.
    case wrongOffset
    /// The characteristic is not for that.
    case notPermitted

    /// The answer from which BlueZ makes an ATT error: `dbus_error_to_att_ecode` of `src/gatt-database.c`, BlueZ 5.66.
    ///
    /// The code of an application's error is the text itself.
    var answer: DBusError {
        switch self {
        case .application(let code):
            DBusError(name: "org.bluez.Error.Failed", message: "0x" + String(code, radix: 16))
        case .wrongLength:
            DBusError(name: "org.bluez.Error.InvalidValueLength", message: "the value has the wrong length")
        case .wrongOffset:
            DBusError(name: "org.bluez.Error.InvalidOffset", message: "the value ends before that")
        case .notPermitted:
            DBusError(name: "org.bluez.Error.NotPermitted", message: "the characteristic is not for that")
        }
    }
}
