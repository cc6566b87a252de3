/// A type signature, such as `a{sv}`; always valid (D-Bus specification, "Valid signatures").
public struct Signature: Sendable, Hashable, CustomStringConvertible {
    /// The signature as text.
    public let rawValue: String

    /// Makes a signature from text.
    /// - Throws: `InvalidArgs` when it is no list of complete types, is longer than 255 bytes or nested too deeply.
    public init(_ string: String) throws(DBusError) {
        guard Lexicon.isSignature(string) else {
            throw .invalidArguments("\(string.debugDescription) is not a valid D-Bus type signature")
        }
        rawValue = string
    }

    /// Makes a signature from a literal of the program itself; a bad one stops the program where it stands.
    public init(literal: StaticString) {
        let string = literal.description
        precondition(Lexicon.isSignature(string), "a type signature literal that is not valid")
        rawValue = string
    }

    /// Only for text that libdbus has checked, or that is made of checked signatures and checked afterwards.
    init(trusted string: String) {
        rawValue = string
    }

    /// The signature as text.
    public var description: String { rawValue }

    /// The complete types this signature lists, in order.
    public var completeTypes: [Signature] {
        var types: [Signature] = []
        var rest = rawValue.utf8[...]
        while let length = Self.lengthOfFirstType(in: rest) {
            types.append(Signature(trusted: String(Substring(rest.prefix(length)))))
            rest = rest.dropFirst(length)
        }
        return types
    }

    /// Whether this is exactly one complete type, as an array's element and a variant's content must be.
    public var isSingleType: Bool {
        Self.lengthOfFirstType(in: rawValue.utf8[...]) == rawValue.utf8.count
    }

    /// Whether this is one type without parts, as a dictionary's key must be.
    public var isBasicType: Bool {
        rawValue.utf8.count == 1 && self != .variant
    }

    private static func lengthOfFirstType(in text: Substring.UTF8View) -> Int? {
        guard let first = text.first else { return nil }
        switch first {
        case UInt8(ascii: "a"):
            return lengthOfFirstType(in: text.dropFirst()).map { $0 + 1 }
        case UInt8(ascii: "("), UInt8(ascii: "{"):
            var depth = 0
            for (index, byte) in text.enumerated() {
                if byte == UInt8(ascii: "(") || byte == UInt8(ascii: "{") { depth += 1 }
                if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "}") { depth -= 1 }
                if depth == 0 { return index + 1 }
            }
            return nil
        default:
            return 1
        }
    }
}

extension Signature {
    /// `y`, an unsigned byte.
    public static let byte = Signature(trusted: "y")
    /// `b`, true or false.
    public static let boolean = Signature(trusted: "b")
    /// `n`, a signed 16-bit integer.
    public static let int16 = Signature(trusted: "n")
    /// `q`, an unsigned 16-bit integer.
    public static let uint16 = Signature(trusted: "q")
    /// `i`, a signed 32-bit integer.
    public static let int32 = Signature(trusted: "i")
    /// `u`, an unsigned 32-bit integer.
    public static let uint32 = Signature(trusted: "u")
    /// `x`, a signed 64-bit integer.
    public static let int64 = Signature(trusted: "x")
    /// `t`, an unsigned 64-bit integer.
    public static let uint64 = Signature(trusted: "t")
    /// `d`, a double.
    public static let double = Signature(trusted: "d")
    /// `s`, a string.
    public static let string = Signature(trusted: "s")
    /// `o`, an object path.
    public static let objectPath = Signature(trusted: "o")
    /// `g`, a type signature.
    public static let signature = Signature(trusted: "g")
    /// `h`, a Unix file descriptor.
    public static let unixFD = Signature(trusted: "h")
    /// `v`, a value of any type.
    public static let variant = Signature(trusted: "v")
    /// `ay`, bytes.
    public static let bytes = Signature(trusted: "ay")
    /// `as`, strings.
    public static let strings = Signature(trusted: "as")
    /// `ao`, object paths.
    public static let objectPaths = Signature(trusted: "ao")
    /// `a{sv}`, named values of any type.
    public static let properties = Signature(trusted: "a{sv}")
}
