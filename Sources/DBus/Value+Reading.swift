/// Accessors: each answers nil when the value is of another type, and looks through variants.
extension Value {
    /// The value inside all variants around it.
    public var unwrapped: Value {
        var value = self
        while case .variant(let inner) = value { value = inner }
        return value
    }

    /// The text of a string (not of a path or signature).
    public var string: String? {
        if case .string(let string) = unwrapped { string } else { nil }
    }

    /// True or false.
    public var bool: Bool? {
        if case .boolean(let flag) = unwrapped { flag } else { nil }
    }

    /// An integer of any width, signed or not; nil also when a `t` exceeds `Int.max`.
    public var int: Int? {
        switch unwrapped {
        case .byte(let number): Int(number)
        case .int16(let number): Int(number)
        case .uint16(let number): Int(number)
        case .int32(let number): Int(number)
        case .uint32(let number): Int(number)
        case .int64(let number): Int(exactly: number)
        case .uint64(let number): Int(exactly: number)
        default: nil
        }
    }

    /// A double.
    public var double: Double? {
        if case .double(let number) = unwrapped { number } else { nil }
    }

    /// Bytes, `ay`.
    public var bytes: [UInt8]? {
        switch unwrapped {
        case .bytes(let bytes): return bytes
        case .array(let elements, of: .byte):
            let bytes = elements.compactMap { if case .byte(let byte) = $0 { byte } else { nil } }
            return bytes.count == elements.count ? bytes : nil
        default: return nil
        }
    }

    /// An object path.
    public var objectPath: ObjectPath? {
        if case .objectPath(let path) = unwrapped { path } else { nil }
    }

    /// A file descriptor.
    public var unixFD: UnixFD? {
        if case .unixFD(let descriptor) = unwrapped { descriptor } else { nil }
    }

    /// The elements of an array.
    public var array: [Value]? {
        switch unwrapped {
        case .array(let elements, _): elements
        case .bytes(let bytes): bytes.map { .byte($0) }
        default: nil
        }
    }

    /// The strings of an `as`.
    public var strings: [String]? {
        guard case .array(let elements, of: .string) = unwrapped else { return nil }
        return elements.compactMap(\.string)
    }

    /// The members of a structure.
    public var members: [Value]? {
        if case .structure(let members) = unwrapped { members } else { nil }
    }

    /// The entries of a dictionary with keys of any type.
    public var entries: [Value: Value]? {
        if case .dictionary(let entries, _, _) = unwrapped { entries } else { nil }
    }

    /// The entries of a dictionary whose keys are strings or object paths, values as they came.
    public var dictionary: [String: Value]? {
        guard let entries else { return nil }
        var named: [String: Value] = [:]
        named.reserveCapacity(entries.count)
        for (key, value) in entries {
            guard let name = key.string ?? key.objectPath?.rawValue else { return nil }
            named[name] = value
        }
        return named
    }

    /// The entries of a dictionary with string keys, values out of their variants: what `a{sv}` means.
    public var properties: [String: Value]? {
        dictionary?.mapValues(\.unwrapped)
    }
}
