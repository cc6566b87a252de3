/// A value of JSON (RFC 8259) whose objects keep the order of their members.
public enum JSONValue: Sendable, Hashable {
    /// Nothing, or a number that does not exist.
    case null
    /// True or false.
    case bool(Bool)
    /// A whole number.
    case integer(Int)
    /// A number; written in the shortest form that reads back as the same bits. NaN and infinity become null.
    case number(Double)
    /// Text.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Members in order.
    case object([Member])

    /// A member of an object.
    public struct Member: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// Its value.
        public let value: JSONValue

        /// Makes a member.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// A number, or null where there is none.
    public init(_ number: Double?) { self = number.map(JSONValue.number) ?? .null }

    /// A whole number, or null where there is none.
    public init(_ number: Int?) { self = number.map(JSONValue.integer) ?? .null }

    /// Text, or null where there is none.
    public init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }

    /// A number rounded to `places` decimals, or null where there is none.
    public init(_ number: Double?, places: Int) {
        guard let number else {
            self = .null
            return
        }
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = (number * scale).rounded(.toNearestOrEven) / scale
        self = .number(scaled.isFinite ? scaled : number)
    }

    /// The value on one line, without spaces and without a line break at its end.
    public var line: String {
        var bytes: [UInt8] = []
        write(into: &bytes, indent: nil)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The value on many lines, indented by two spaces, with a line break at its end.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The bytes of `text`.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(into: &bytes, indent: 0)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral,
    ExpressibleByStringInterpolation
{
    /// An object with its members in the order of the literal.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }

    /// An array.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// Text.
    public init(stringLiteral value: String) { self = .string(value) }

    /// A whole number.
    public init(integerLiteral value: Int) { self = .integer(value) }

    /// A number.
    public init(floatLiteral value: Double) { self = .number(value) }

    /// True or false.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// Nothing.
    public init(nilLiteral: ()) { self = .null }
}

extension JSONValue {
    private func write(into bytes: inout [UInt8], indent: Int?) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += value.description.utf8
        case .number(let value): bytes += (value.isFinite ? value.description : "null").utf8
        case .string(let value): Self.write(value, into: &bytes)
        case .array(let values):
            Self.write(values, between: ("[", "]"), into: &bytes, indent: indent) { value, bytes, indent in
                value.write(into: &bytes, indent: indent)
            }
        case .object(let members):
            Self.write(members, between: ("{", "}"), into: &bytes, indent: indent) { member, bytes, indent in
                Self.write(member.name, into: &bytes)
                bytes += (indent == nil ? ":" : ": ").utf8
                member.value.write(into: &bytes, indent: indent)
            }
        }
    }

    private static func write<Element>(
        _ elements: [Element], between brackets: (String, String), into bytes: inout [UInt8], indent: Int?,
        each: (Element, inout [UInt8], Int?) -> Void
    ) {
        bytes += brackets.0.utf8
        let inner = indent.map { $0 + 2 }
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            breakLine(inner, into: &bytes)
            each(element, &bytes, inner)
        }
        if !elements.isEmpty { breakLine(indent, into: &bytes) }
        bytes += brackets.1.utf8
    }

    private static func breakLine(_ indent: Int?, into bytes: inout [UInt8]) {
        guard let indent else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes += repeatElement(UInt8(ascii: " "), count: indent)
    }

    private static func write(_ text: String, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): bytes += "\\n".utf8
            case UInt8(ascii: "\r"): bytes += "\\r".utf8
            case UInt8(ascii: "\t"): bytes += "\\t".utf8
            case 0..<0x20, 0x7f: bytes += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
