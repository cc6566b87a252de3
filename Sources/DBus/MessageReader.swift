internal import CDBus

/// Makes Swift values of what stands in a libdbus message, which libdbus has checked when it came in.
package enum MessageReader {
    private typealias Cursor = UnsafeMutablePointer<DBusMessageIter>

    /// All arguments of a message.
    /// - Throws: `LimitsExceeded` when the process has no file descriptor left for one that came along.
    package static func arguments(of message: OpaquePointer) throws(DBusError) -> [Value] {
        var cursor = DBusMessageIter()
        guard dbus_message_iter_init(message, &cursor) != 0 else { return [] }
        return try values(at: &cursor)
    }

    /// The values from the cursor to the end of its container.
    private static func values(at cursor: Cursor) throws(DBusError) -> [Value] {
        var values: [Value] = []
        while true {
            let type = TypeCode(rawValue: dbus_message_iter_get_arg_type(cursor))
            guard type != .end else { return values }
            values.append(try value(of: type, at: cursor))
            dbus_message_iter_next(cursor)
        }
    }

    private static func value(of type: TypeCode, at cursor: Cursor) throws(DBusError) -> Value {
        switch type {
        case .byte: .byte(basic(cursor, 0))
        case .boolean: .boolean(basic(cursor, dbus_bool_t(0)) != 0)
        case .int16: .int16(basic(cursor, 0))
        case .uint16: .uint16(basic(cursor, 0))
        case .int32: .int32(basic(cursor, 0))
        case .uint32: .uint32(basic(cursor, 0))
        case .int64: .int64(basic(cursor, 0))
        case .uint64: .uint64(basic(cursor, 0))
        case .double: .double(basic(cursor, 0))
        case .string: .string(text(cursor))
        case .objectPath: .objectPath(ObjectPath(trusted: text(cursor)))
        case .signature: .signature(Signature(trusted: text(cursor)))
        case .unixFD: .unixFD(try descriptor(cursor))
        case .array: try array(cursor)
        case .structure: .structure(try contents(cursor))
        case .variant: .variant(try content(ofVariant: cursor))
        default:
            throw DBusError(
                name: DBusError.Name.inconsistentMessage, message: "a value of the unknown type \(type.rawValue)")
        }
    }

    private static func basic<Basic: BitwiseCopyable>(_ cursor: Cursor, _ zero: Basic) -> Basic {
        var basic = zero
        dbus_message_iter_get_basic(cursor, &basic)
        return basic
    }

    private static func text(_ cursor: Cursor) -> String {
        var start: UnsafePointer<CChar>?
        dbus_message_iter_get_basic(cursor, &start)
        return start.map { String(cString: $0) } ?? ""
    }

    private static func descriptor(_ cursor: Cursor) throws(DBusError) -> UnixFD {
        let copy: Int32 = basic(cursor, -1)
        guard copy >= 0 else {
            throw DBusError(
                name: DBusError.Name.limitsExceeded, message: "no file descriptor is left for one that came along")
        }
        return UnixFD(owning: copy)
    }

    private static func contents(_ cursor: Cursor) throws(DBusError) -> [Value] {
        var inner = DBusMessageIter()
        dbus_message_iter_recurse(cursor, &inner)
        return try values(at: &inner)
    }

    private static func content(ofVariant cursor: Cursor) throws(DBusError) -> Value {
        var inner = DBusMessageIter()
        dbus_message_iter_recurse(cursor, &inner)
        return try value(of: TypeCode(rawValue: dbus_message_iter_get_arg_type(&inner)), at: &inner)
    }

    private static func array(_ cursor: Cursor) throws(DBusError) -> Value {
        let element = TypeCode(rawValue: dbus_message_iter_get_element_type(cursor))
        var inner = DBusMessageIter()
        dbus_message_iter_recurse(cursor, &inner)
        switch element {
        case .byte:
            return .bytes(bytes(&inner))
        case .dictionaryEntry:
            // The text is a{KV}: one letter for the key, for keys are basic types.
            let type = signature(cursor).utf8
            let key = String(Substring(type.dropFirst(2).prefix(1)))
            let value = String(Substring(type.dropFirst(3).dropLast()))
            return .dictionary(
                try entries(&inner), key: Signature(trusted: key), value: Signature(trusted: value))
        default:
            let type = String(signature(cursor).dropFirst())
            return .array(try values(at: &inner), of: Signature(trusted: type))
        }
    }

    private static func bytes(_ cursor: Cursor) -> [UInt8] {
        var start: UnsafePointer<UInt8>?
        var count: Int32 = 0
        dbus_message_iter_get_fixed_array(cursor, &start, &count)
        return Array(UnsafeBufferPointer(start: start, count: start == nil ? 0 : Int(count)))
    }

    private static func entries(_ cursor: Cursor) throws(DBusError) -> [Value: Value] {
        var entries: [Value: Value] = [:]
        while TypeCode(rawValue: dbus_message_iter_get_arg_type(cursor)) == .dictionaryEntry {
            let pair = try contents(cursor)
            if pair.count == 2 { entries[pair[0]] = pair[1] }
            dbus_message_iter_next(cursor)
        }
        return entries
    }

    private static func signature(_ cursor: Cursor) -> String {
        guard let text = dbus_message_iter_get_signature(cursor) else { return "" }
        defer { dbus_free(text) }
        return String(cString: text)
    }
}
