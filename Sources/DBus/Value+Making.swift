extension Value {
    /// Named values, `a{sv}`; what is not a variant yet is made one.
    public static func properties(_ properties: [String: Value]) -> Value {
        var entries: [Value: Value] = [:]
        entries.reserveCapacity(properties.count)
        for (name, value) in properties {
            if case .variant = value {
                entries[.string(name)] = value
            } else {
                entries[.string(name)] = .variant(value)
            }
        }
        return .dictionary(entries, key: .string, value: .variant)
    }

    /// Strings, `as`.
    public static func strings(_ strings: [String]) -> Value {
        .array(strings.map { .string($0) }, of: .string)
    }

    /// Object paths, `ao`.
    public static func objectPaths(_ paths: [ObjectPath]) -> Value {
        .array(paths.map { .objectPath($0) }, of: .objectPath)
    }
}
