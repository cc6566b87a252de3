import BlueZ
import CDBus
import DBus
import Timekeeping

/// Messages of the bus, one after another: libdbus checks the bytes, we read values, and the tree of BlueZ's objects takes
/// them as a snapshot or as signals.
enum BusEntry {
    private static let mostMessages: UInt64 = 64

    static func take(_ bytes: [UInt8]) throws {
        var tree = ObjectTree()
        _ = tree.replace(with: [:], arrival: 0)
        var rest = bytes[...]
        for arrival in 1...mostMessages {
            guard let message = next(&rest) else { break }
            defer { dbus_message_unref(message) }
            let moment = Moment(instant: Instant(nanoseconds: Int64(arrival)), utc: UTC(nanosecondsSince1970: 0))
            guard let incoming = IncomingMessage(message, received: moment, arrival: arrival) else { continue }
            // A file descriptor cannot come along here; a message that names one is refused.
            guard case .success(let arguments) = incoming.arguments else { continue }
            try checkAgain(arguments)
            hand(incoming, arguments, to: &tree)
            try check(tree)
        }
    }

    private static func next(_ rest: inout ArraySlice<UInt8>) -> OpaquePointer? {
        let length = rest.withUnsafeBytes { buffer in
            dbus_message_demarshal_bytes_needed(
                buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
        }
        guard length > 0, Int(length) <= rest.count else { return nil }
        let message = rest.prefix(Int(length)).withUnsafeBytes { buffer in
            dbus_message_demarshal(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), length, nil)
        }
        rest = rest.dropFirst(Int(length))
        return message
    }

    /// What was read can be sent, and is read as the same.
    private static func checkAgain(_ arguments: [Value]) throws {
        try ArgumentCheck.check(arguments)
        guard let copy = dbus_message_new(DBUS_MESSAGE_TYPE_METHOD_RETURN) else { return }
        defer { dbus_message_unref(copy) }
        try claim(MessageWriter.append(arguments, to: copy), "what was read is written")
        let again = try MessageReader.arguments(of: copy)
        try claim(again.map(comparable) == arguments.map(comparable), "what was read is written and read again")
        try claim(again.map(\.signature) == arguments.map(\.signature), "types stay")
    }

    /// The value with bits in place of doubles, because one that is no number is not even the same as itself.
    private static func comparable(_ value: Value) -> Value {
        switch value {
        case .double(let number): .uint64(number.bitPattern)
        case .array(let elements, let type): .array(elements.map(comparable), of: type)
        case .structure(let members): .structure(members.map(comparable))
        case .variant(let content): .variant(comparable(content))
        case .dictionary(let entries, .double, _): .uint64(UInt64(entries.count))
        case .dictionary(let entries, let key, let value):
            .dictionary(entries.mapValues(comparable), key: key, value: value)
        default: value
        }
    }

    private static func hand(_ message: IncomingMessage, _ arguments: [Value], to tree: inout ObjectTree) {
        switch message.kind {
        case .call, .error: break
        case .reply:
            var snapshot: [ObjectPath: ObjectTree.Interfaces] = [:]
            for (path, interfaces) in arguments.first?.entries ?? [:] {
                guard let path = path.objectPath else { continue }
                snapshot[path] = ObjectTree.interfaces(of: interfaces)
            }
            _ = tree.replace(with: snapshot, arrival: message.arrival)
        case .signal:
            guard let path = message.path, let interface = message.interface, let member = message.member else {
                return
            }
            _ = tree.apply(
                Signal(
                    sender: message.sender, path: path, interface: interface, member: member, arguments: arguments,
                    received: message.received, arrival: message.arrival))
        }
    }

    private static func check(_ tree: ObjectTree) throws {
        let devices = tree.devices
        try claim(Set(devices.map(\.key)).count == devices.count, "a device is there once")
        for device in devices {
            _ = tree.battery(of: device.key)
            try claim(tree.device(device.key)?.path == device.path, "a device is found by its key")
        }
        try claim(Set(tree.adapters.map(\.path)).count == tree.adapters.count, "an adapter is there once")
    }
}
