internal import CDBus

/// Writes values that `ArgumentCheck` has passed into a libdbus message.
///
/// Every function answers false when memory or descriptors ran out; the message must then be thrown away.
package enum MessageWriter {
    private typealias Cursor = UnsafeMutablePointer<DBusMessageIter>

    package static func append(_ arguments: [Value], to message: OpaquePointer) -> Bool {
        guard !arguments.isEmpty else { return true }
        var cursor = DBusMessageIter()
        dbus_message_iter_init_append(message, &cursor)
        return arguments.allSatisfy { append($0, at: &cursor) }
    }

    private static func append(_ value: Value, at cursor: Cursor) -> Bool {
        switch value {
        case .byte(let number): basic(number, .byte, cursor)
        case .boolean(let flag): basic(dbus_bool_t(flag ? 1 : 0), .boolean, cursor)
        case .int16(let number): basic(number, .int16, cursor)
        case .uint16(let number): basic(number, .uint16, cursor)
        case .int32(let number): basic(number, .int32, cursor)
        case .uint32(let number): basic(number, .uint32, cursor)
        case .int64(let number): basic(number, .int64, cursor)
        case .uint64(let number): basic(number, .uint64, cursor)
        case .double(let number): basic(number, .double, cursor)
        case .string(let text): text.withCString { basic($0, .string, cursor) }
        case .objectPath(let path): path.rawValue.withCString { basic($0, .objectPath, cursor) }
        case .signature(let signature): signature.rawValue.withCString { basic($0, .signature, cursor) }
        case .unixFD(let descriptor): basic(descriptor.fileDescriptor, .unixFD, cursor)
        case .bytes(let bytes): append(bytes, at: cursor)
        case .array(let elements, let type):
            container(.array, type.rawValue, cursor) { inner in elements.allSatisfy { append($0, at: inner) } }
        case .structure(let members):
            container(.structure, nil, cursor) { inner in members.allSatisfy { append($0, at: inner) } }
        case .dictionary(let entries, let key, let value):
            container(.array, "{\(key.rawValue)\(value.rawValue)}", cursor) { inner in
                inOrder(entries).allSatisfy { entry in
                    container(.dictionaryEntry, nil, inner) {
                        append(entry.key, at: $0) && append(entry.value, at: $0)
                    }
                }
            }
        case .variant(let content):
            container(.variant, content.signature.rawValue, cursor) { append(content, at: $0) }
        }
    }

    /// Entries with the text of their keys in order, so that the same value always makes the same message.
    ///
    /// BlueZ gives attributes of an application their handles in the order in which its objects come.
    private static func inOrder(_ entries: [Value: Value]) -> [(key: Value, value: Value)] {
        guard entries.count > 1 else { return Array(entries) }
        return entries.sorted { left, right in
            switch (left.key, right.key) {
            case (.string(let left), .string(let right)): left < right
            case (.objectPath(let left), .objectPath(let right)): left < right
            default: false
            }
        }
    }

    private static func basic<Basic: BitwiseCopyable>(_ basic: Basic, _ type: TypeCode, _ cursor: Cursor) -> Bool {
        withUnsafePointer(to: basic) { dbus_message_iter_append_basic(cursor, type.rawValue, $0) != 0 }
    }

    private static func append(_ bytes: [UInt8], at cursor: Cursor) -> Bool {
        container(.array, "y", cursor) { inner in
            bytes.withUnsafeBufferPointer { buffer in
                guard var start = buffer.baseAddress else { return true }
                return dbus_message_iter_append_fixed_array(
                    inner, TypeCode.byte.rawValue, &start, Int32(buffer.count)) != 0
            }
        }
    }

    private static func container(
        _ type: TypeCode, _ content: String?, _ cursor: Cursor, _ fill: (Cursor) -> Bool
    ) -> Bool {
        var inner = DBusMessageIter()
        let opened =
            if let content {
                dbus_message_iter_open_container(cursor, type.rawValue, content, &inner)
            } else {
                dbus_message_iter_open_container(cursor, type.rawValue, nil, &inner)
            }
        guard opened != 0 else { return false }
        guard fill(&inner) else {
            dbus_message_iter_abandon_container(cursor, &inner)
            return false
        }
        return dbus_message_iter_close_container(cursor, &inner) != 0
    }
}
