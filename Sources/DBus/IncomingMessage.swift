internal import CDBus
package import Timekeeping

/// A message as it was read, before anybody looked at what it means.
package struct IncomingMessage: Sendable {
    package enum Kind: Sendable {
        case call
        case reply
        case error
        case signal
    }

    package let kind: Kind
    package let serial: UInt32
    package let replySerial: UInt32
    package let wantsReply: Bool
    package let sender: String?
    package let path: ObjectPath?
    package let interface: String?
    package let member: String?
    package let errorName: String?
    package let arguments: Result<[Value], DBusError>
    package let received: Moment
    package let arrival: UInt64
}

extension IncomingMessage {
    /// Reads a message of libdbus; nil for one of a type this library does not know (D-Bus asks to ignore it).
    package init?(_ message: OpaquePointer, received: Moment, arrival: UInt64) {
        switch dbus_message_get_type(message) {
        case DBUS_MESSAGE_TYPE_METHOD_CALL: kind = .call
        case DBUS_MESSAGE_TYPE_METHOD_RETURN: kind = .reply
        case DBUS_MESSAGE_TYPE_ERROR: kind = .error
        case DBUS_MESSAGE_TYPE_SIGNAL: kind = .signal
        default: return nil
        }
        serial = dbus_message_get_serial(message)
        replySerial = dbus_message_get_reply_serial(message)
        wantsReply = dbus_message_get_no_reply(message) == 0
        sender = dbus_message_get_sender(message).map { String(cString: $0) }
        path = dbus_message_get_path(message).map { ObjectPath(trusted: String(cString: $0)) }
        interface = dbus_message_get_interface(message).map { String(cString: $0) }
        member = dbus_message_get_member(message).map { String(cString: $0) }
        errorName = dbus_message_get_error_name(message).map { String(cString: $0) }
        arguments = Result { () throws(DBusError) in try MessageReader.arguments(of: message) }
        self.received = received
        self.arrival = arrival
    }
}
