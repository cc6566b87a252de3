import FoundationEssentials
import Testing

/// A value of JSON as a test reads it.
enum JSON: Decodable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    /// Reads a text.
    init(_ text: String) throws {
        self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
    }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {  // no flag: it is something else
            self = .bool(flag)
        } else if let number = try? value.decode(Double.self) {  // no number: it is something else
            self = .number(number)
        } else if let text = try? value.decode(String.self) {  // no text: it is something else
            self = .string(text)
        } else if let elements = try? value.decode([JSON].self) {  // no array: it is an object
            self = .array(elements)
        } else {
            self = .object(try value.decode([String: JSON].self))
        }
    }

    /// A member of an object; nil when there is none, or this is no object.
    subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members[name]
    }

    /// The names of an object's members, sorted.
    var names: [String] {
        guard case .object(let members) = self else { return [] }
        return members.keys.sorted()
    }

    /// The elements of an array.
    var elements: [JSON] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    /// The number it is.
    var number: Double? {
        guard case .number(let number) = self else { return nil }
        return number
    }

    /// The text it is.
    var string: String? {
        guard case .string(let string) = self else { return nil }
        return string
    }
}
