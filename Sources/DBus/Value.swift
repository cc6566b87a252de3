/// A value of any D-Bus type (D-Bus specification, "Type system").
public enum Value: Sendable, Hashable {
    /// `y`.
    case byte(UInt8)
    /// `b`.
    case boolean(Bool)
    /// `n`.
    case int16(Int16)
    /// `q`.
    case uint16(UInt16)
    /// `i`.
    case int32(Int32)
    /// `u`.
    case uint32(UInt32)
    /// `x`.
    case int64(Int64)
    /// `t`.
    case uint64(UInt64)
    /// `d`.
    case double(Double)
    /// `s`.
    case string(String)
    /// `o`.
    case objectPath(ObjectPath)
    /// `g`.
    case signature(Signature)
    /// `h`.
    case unixFD(UnixFD)
    /// `ay`; bytes from the bus always come so, never as `array`.
    case bytes([UInt8])
    /// `a…`: elements of one type.
    case array([Value], of: Signature)
    /// `(…)`: at least one value, of any types.
    case structure([Value])
    /// `a{…}`: keys of one basic type, values of one type. Their order on the wire has no meaning.
    case dictionary([Value: Value], key: Signature, value: Signature)
    /// `v`: one value that carries its type along.
    indirect case variant(Value)

    /// The value's type.
    public var signature: Signature {
        switch self {
        case .byte: .byte
        case .boolean: .boolean
        case .int16: .int16
        case .uint16: .uint16
        case .int32: .int32
        case .uint32: .uint32
        case .int64: .int64
        case .uint64: .uint64
        case .double: .double
        case .string: .string
        case .objectPath: .objectPath
        case .signature: .signature
        case .unixFD: .unixFD
        case .bytes: .bytes
        case .array(_, let element): Signature(trusted: "a" + element.rawValue)
        case .structure(let members): Signature(trusted: "(" + Value.signatureText(of: members) + ")")
        case .dictionary(_, let key, let value): Signature(trusted: "a{" + key.rawValue + value.rawValue + "}")
        case .variant: .variant
        }
    }

    /// The types of several values in a row, as text.
    static func signatureText(of values: [Value]) -> String {
        values.reduce(into: "") { $0 += $1.signature.rawValue }
    }
}
