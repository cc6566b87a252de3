/// What a connection exports: objects by path, each with its interfaces, and the values of their properties.
struct ObjectTree {
    /// An interface at a path.
    struct Entry {
        let object: any ExportedObject
        let description: InterfaceDescription
        var properties: [String: Value]
    }

    private var objects: [ObjectPath: [String: Entry]] = [:]
    /// Where `ObjectManager` is answered.
    private(set) var managers: Set<ObjectPath> = []

    /// The interfaces at a path; empty when nothing is exported there.
    subscript(path: ObjectPath) -> [String: Entry] { objects[path] ?? [:] }

    /// All paths with an object.
    var paths: [ObjectPath] { objects.keys.sorted() }

    /// Whether anything is at a path: an object, an object manager, or objects below it.
    func isNode(_ path: ObjectPath) -> Bool {
        objects[path] != nil || managers.contains(path) || objects.keys.contains { $0.isDescendant(of: path) }
            || managers.contains { $0.isDescendant(of: path) }
    }

    /// The names of the nodes right below a path, sorted.
    func children(of path: ObjectPath) -> [String] {
        let prefix = path == .root ? 1 : path.rawValue.utf8.count + 1
        let names = (Array(objects.keys) + managers).filter { $0.isDescendant(of: path) }.map { below in
            String(Substring(below.rawValue.utf8.dropFirst(prefix).prefix { $0 != UInt8(ascii: "/") }))
        }
        return Set(names).sorted()
    }

    /// The object manager that speaks for a path: the nearest one above it.
    func manager(of path: ObjectPath) -> ObjectPath? {
        var above = path.parent
        while let candidate = above {
            if managers.contains(candidate) { return candidate }
            above = candidate.parent
        }
        return nil
    }

    /// Whether an object below a path tells each caller for itself what its properties are.
    func hasGuarded(below path: ObjectPath) -> Bool {
        objects.contains { $0.key.isDescendant(of: path) && $0.value.values.contains { $0.guarded != nil } }
    }

    mutating func addManager(at path: ObjectPath) {
        managers.insert(path)
    }

    /// Takes in an object.
    /// - Throws: `InvalidArgs` for descriptions or values that do not fit, `ObjectPathInUse` when the path has one of
    ///   the interfaces already. Nothing has changed then.
    mutating func insert(
        _ object: any ExportedObject, at path: ObjectPath, properties: [String: [String: Value]]
    ) throws(DBusError) -> [String] {
        var entries = self[path]
        let descriptions = object.interfaces
        for description in descriptions {
            try description.check()
            let values = properties[description.name] ?? [:]
            try Self.check(values, description)
            guard entries[description.name] == nil else {
                throw DBusError(
                    name: DBusError.Name.objectPathInUse,
                    message: "\(path) has the interface \(description.name) already")
            }
            guard values.isEmpty || !(object is any GuardedObject) else {
                throw .invalidArguments("\(description.name) is guarded: its values are asked for, not kept")
            }
            entries[description.name] = Entry(object: object, description: description, properties: values)
        }
        if let stray = properties.keys.sorted().first(where: { name in !descriptions.contains { $0.name == name } }) {
            throw .invalidArguments("values for the interface \(stray), which the object does not have")
        }
        guard !entries.isEmpty else { throw .invalidArguments("an object without an interface") }
        objects[path] = entries
        return descriptions.map(\.name)
    }

    /// Takes out interfaces of a path, all of them when `names` is nil.
    /// - Returns: the names of those that were there.
    mutating func remove(_ names: [String]?, at path: ObjectPath) -> [String] {
        let gone = self[path].keys.filter { names?.contains($0) ?? true }.sorted()
        for name in gone { objects[path]?[name] = nil }
        if objects[path]?.isEmpty == true { objects[path] = nil }
        return gone
    }

    /// Changes values of properties; those in `invalidated` have none afterwards.
    mutating func update(
        _ path: ObjectPath, _ interface: String, changed: [String: Value], invalidated: [String]
    ) throws(DBusError) {
        guard let entry = objects[path]?[interface] else {
            throw DBusError(name: DBusError.Name.unknownInterface, message: "\(path) has no interface \(interface)")
        }
        guard entry.guarded == nil else {
            throw .invalidArguments("\(interface) is guarded: its values are asked for, not told to all")
        }
        try Self.check(changed, entry.description)
        objects[path]?[interface]?.properties.merge(changed) { $1 }
        for name in invalidated { objects[path]?[interface]?.properties[name] = nil }
    }

    private static func check(_ values: [String: Value], _ description: InterfaceDescription) throws(DBusError) {
        for (name, value) in values {
            guard let property = description.properties.first(where: { $0.name == name }) else {
                throw .invalidArguments("\(description.name) has no property \(name)")
            }
            guard property.type == value.signature else {
                throw .invalidArguments(
                    "\(description.name).\(name) is of the type \(property.type), not \(value.signature)")
            }
            try ArgumentCheck.check([value])
        }
    }
}

extension ObjectTree.Entry {
    /// The object, when it tells each caller for itself what its properties are.
    var guarded: (any GuardedObject)? { object as? any GuardedObject }

    /// The values others may get.
    var readableProperties: [String: Value] {
        properties.filter { property in
            description.properties.contains { $0.name == property.key && $0.access != .write }
        }
    }
}

extension ObjectTree {
    /// Interfaces with their values, `a{sa{sv}}`, as an object manager tells them.
    static func value(of entries: [String: Entry]) -> Value {
        var interfaces: [Value: Value] = [:]
        for (name, entry) in entries { interfaces[.string(name)] = .properties(entry.readableProperties) }
        return .dictionary(interfaces, key: .string, value: .properties)
    }
}
