/// The path of an object on the bus, such as `/org/bluez/hci0`; always valid (D-Bus specification, "Valid object paths").
public struct ObjectPath: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The path as text.
    public let rawValue: String

    /// The path `/`, above all others.
    public static let root = ObjectPath(trusted: "/")

    /// Makes a path from text.
    /// - Throws: `InvalidArgs` unless it begins with `/`, its elements are of `[A-Za-z0-9_]` and none is empty.
    public init(_ string: String) throws(DBusError) {
        guard Lexicon.isPath(string) else {
            throw .invalidArguments("\(string.debugDescription) is not a valid D-Bus object path")
        }
        rawValue = string
    }

    /// Makes a path from a literal of the program itself; a bad one stops the program where it stands.
    public init(literal: StaticString) {
        let string = literal.description
        precondition(Lexicon.isPath(string), "an object path literal that is not valid")
        rawValue = string
    }

    /// Only for text that libdbus has checked.
    init(trusted string: String) {
        rawValue = string
    }

    /// The path as text.
    public var description: String { rawValue }

    /// The path of a child.
    /// - Throws: `InvalidArgs` when `element` is not one element, or several joined by `/`.
    public func appending(_ element: String) throws(DBusError) -> ObjectPath {
        try ObjectPath(self == .root ? "/" + element : rawValue + "/" + element)
    }

    /// The path one level up; nil for the root.
    public var parent: ObjectPath? {
        guard self != .root, let slash = rawValue.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
        return slash == rawValue.startIndex ? .root : ObjectPath(trusted: String(rawValue[..<slash]))
    }

    /// The last element; empty for the root.
    public var lastElement: String {
        rawValue.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(rawValue[rawValue.utf8.index(after: $0)...]) } ?? ""
    }

    /// Whether this path lies below `ancestor`; a path is no descendant of itself.
    public func isDescendant(of ancestor: ObjectPath) -> Bool {
        if ancestor == .root { return self != .root }
        let own = rawValue.utf8
        let above = ancestor.rawValue.utf8
        guard own.count > above.count, own.starts(with: above) else { return false }
        return own[own.index(own.startIndex, offsetBy: above.count)] == UInt8(ascii: "/")
    }

    /// Paths sort as their text does.
    public static func < (left: ObjectPath, right: ObjectPath) -> Bool {
        left.rawValue < right.rawValue
    }
}
