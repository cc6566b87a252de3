/// Looks through the arguments of a message before libdbus sees them, for libdbus ends the process on what it holds to
/// be the caller's error, and the bus daemon ends the connection on a message that breaks a limit.
package struct ArgumentCheck {
    /// The deepest nesting of containers, variants included (D-Bus specification, "Valid signatures" and "Messages").
    static let maximumDepth = 64
    /// The longest array, in bytes.
    static let maximumArrayLength = 1 << 26
    /// The longest message, in bytes.
    static let maximumMessageLength = 1 << 27
    /// As many file descriptors as libdbus accepts in a message unless told otherwise.
    static let maximumDescriptors = 16

    private var descriptors = 0

    /// Checks all arguments of one message.
    /// - Throws: `InvalidArgs` for what does not fit its type, `LimitsExceeded` for what is too much.
    package static func check(_ arguments: [Value]) throws(DBusError) {
        guard !arguments.isEmpty else { return }
        let signature = Value.signatureText(of: arguments)
        guard Lexicon.isSignature(signature) else {
            throw .invalidArguments("arguments of the types \(signature.debugDescription) make no valid message")
        }
        var check = ArgumentCheck()
        var length = 0
        for argument in arguments { length += try check.length(of: argument, depth: 0) }
        guard length <= maximumMessageLength else { throw tooMuch("a message of about \(length) bytes") }
        guard check.descriptors <= maximumDescriptors else {
            throw tooMuch("a message with \(check.descriptors) file descriptors")
        }
    }

    /// Checks a value and answers how many bytes it takes at most, padding included.
    private mutating func length(of value: Value, depth: Int) throws(DBusError) -> Int {
        guard depth <= Self.maximumDepth else { throw Self.tooMuch("a value nested deeper than \(Self.maximumDepth)") }
        switch value {
        case .byte, .boolean, .int16, .uint16, .int32, .uint32, .int64, .uint64, .double:
            return 8
        case .string(let string):
            guard Lexicon.isText(string) else { throw .invalidArguments("a string with a NUL in it") }
            return string.utf8.count + 8
        case .objectPath(let path):
            return path.rawValue.utf8.count + 8
        case .signature(let signature):
            return signature.rawValue.utf8.count + 2
        case .unixFD:
            descriptors += 1
            return 8
        case .bytes(let bytes):
            return try Self.arrayLength(bytes.count)
        case .array(let elements, let type):
            return try length(ofArray: elements, type: type, depth: depth)
        case .structure(let members):
            var total = 8
            for member in members { total += try length(of: member, depth: depth + 1) }
            return total
        case .dictionary(let entries, let key, let value):
            return try length(ofDictionary: entries, key: key, value: value, depth: depth)
        case .variant(let inner):
            let signature = inner.signature
            guard signature.isSingleType, Lexicon.isSignature(signature.rawValue) else {
                throw .invalidArguments("a variant of the type \(signature.rawValue.debugDescription)")
            }
            return try length(of: inner, depth: depth + 1) + signature.rawValue.utf8.count + 8
        }
    }

    private mutating func length(
        ofArray elements: [Value], type: Signature, depth: Int
    ) throws(DBusError) -> Int {
        guard type.isSingleType else { throw .invalidArguments("an array with elements of the types \(type)") }
        var total = 0
        for element in elements {
            guard element.signature == type else {
                throw .invalidArguments("an element of the type \(element.signature) in an array of \(type)")
            }
            total += try length(of: element, depth: depth + 1)
        }
        return try Self.arrayLength(total)
    }

    private mutating func length(
        ofDictionary entries: [Value: Value], key: Signature, value: Signature, depth: Int
    ) throws(DBusError) -> Int {
        guard key.isBasicType, value.isSingleType else {
            throw .invalidArguments("a dictionary with keys \(key) and values \(value)")
        }
        var total = 0
        for entry in entries {
            guard entry.key.signature == key, entry.value.signature == value else {
                let found = "\(entry.key.signature): \(entry.value.signature)"
                throw .invalidArguments("an entry of the types \(found) in a dictionary of \(key): \(value)")
            }
            total += try length(of: entry.key, depth: depth + 2) + length(of: entry.value, depth: depth + 2) + 8
        }
        return try Self.arrayLength(total)
    }

    private static func arrayLength(_ length: Int) throws(DBusError) -> Int {
        guard length <= maximumArrayLength else { throw tooMuch("an array of about \(length) bytes") }
        return length + 16
    }

    private static func tooMuch(_ what: String) -> DBusError {
        DBusError(name: DBusError.Name.limitsExceeded, message: "\(what) is more than D-Bus allows")
    }
}
