internal import CDBus

extension Connection {
    /// Finds who answers a call.
    /// - Throws: the standard error for an unknown object, interface, method or property, or for arguments that do not fit.
    func route(_ message: IncomingMessage) throws(DBusError) -> Route {
        guard let path = message.path, let member = message.member else {
            throw DBusError(name: DBusError.Name.inconsistentMessage, message: "a call without path or method")
        }
        let arguments = try message.arguments.get()
        let entries = objects[path]
        switch message.interface {
        case Bus.peer:
            return try routePeer(member, arguments)
        case _ where !objects.isNode(path):
            throw DBusError(name: DBusError.Name.unknownObject, message: "there is no object at \(path)")
        case Bus.introspectable:
            try Self.require(member, in: Introspection.introspectable, arguments)
            return .answer([.string(introspect(path))])
        case Bus.objectManager where objects.managers.contains(path):
            try Self.require(member, in: Introspection.objectManager, arguments)
            return objects.hasGuarded(below: path)
                ? .listing(manager: path, sender: message.sender ?? "") : .answer([managedObjects(below: path)])
        case Bus.properties where !entries.isEmpty:
            try Self.require(member, in: Introspection.properties, arguments)
            return try routeProperties(message, path, member, arguments)
        case let name?:
            guard let entry = entries[name] else {
                throw DBusError(name: DBusError.Name.unknownInterface, message: "\(path) has no interface \(name)")
            }
            return try routeMethod(message, path, entry, member, arguments)
        case nil:
            let holders = entries.values.filter { $0.description.methods.contains { $0.name == member } }
            guard let entry = holders.min(by: { $0.description.name < $1.description.name }) else {
                throw Self.unknownMethod(member, of: path.rawValue)
            }
            return try routeMethod(message, path, entry, member, arguments)
        }
    }

    private func routeMethod(
        _ message: IncomingMessage, _ path: ObjectPath, _ entry: ObjectTree.Entry, _ member: String,
        _ arguments: [Value]
    ) throws(DBusError) -> Route {
        let method = try Self.require(member, in: entry.description, arguments)
        let call = IncomingCall(
            sender: message.sender ?? "", path: path, interface: entry.description.name, member: member,
            arguments: arguments, received: message.received, arrival: message.arrival)
        return .method(entry.object, call, gives: method.gives.reduce(into: "") { $0 += $1.type.rawValue })
    }

    private func routePeer(_ member: String, _ arguments: [Value]) throws(DBusError) -> Route {
        try Self.require(member, in: Introspection.peer, arguments)
        guard member == "GetMachineId" else { return .answer([]) }
        guard let text = dbus_try_get_local_machine_id(nil) else {
            throw DBusError(name: DBusError.Name.failed, message: "this machine has no id")
        }
        defer { dbus_free(text) }
        return .answer([.string(String(cString: text))])
    }

    private func routeProperties(
        _ message: IncomingMessage, _ path: ObjectPath, _ member: String, _ arguments: [Value]
    ) throws(DBusError) -> Route {
        let interface = arguments[0].string ?? ""
        guard let entry = objects[path][interface] else {
            throw DBusError(name: DBusError.Name.unknownInterface, message: "\(path) has no interface \(interface)")
        }
        let request = PropertyRequest(sender: message.sender ?? "", path: path, interface: interface)
        if member == "GetAll" {
            if let guarded = entry.guarded { return .guarded(guarded, request, name: nil) }
            return .answer([.properties(entry.readableProperties)])
        }
        let name = arguments[1].string ?? ""
        guard let property = entry.description.properties.first(where: { $0.name == name }) else {
            throw DBusError(name: DBusError.Name.unknownProperty, message: "\(interface) has no property \(name)")
        }
        if member == "Get" {
            if let guarded = entry.guarded { return .guarded(guarded, request, name: name) }
            guard let value = entry.readableProperties[name] else {
                throw Self.noValue(name, of: interface)
            }
            return .answer([.variant(value)])
        }
        guard property.access != .read else {
            throw DBusError(name: DBusError.Name.propertyReadOnly, message: "\(interface).\(name) cannot be set")
        }
        guard case .variant(let value) = arguments[2], value.signature == property.type else {
            throw .invalidArguments("\(interface).\(name) is of the type \(property.type)")
        }
        let change = PropertyChange(
            sender: message.sender ?? "", path: path, interface: interface, property: name, value: value)
        return .property(entry.object, change)
    }

    static func noValue(_ name: String, of interface: String) -> DBusError {
        DBusError(name: DBusError.Name.unknownProperty, message: "\(interface).\(name) has no value to get")
    }

    /// All objects below a manager as one caller may see them.
    func managedObjects(below manager: ObjectPath, for sender: String) async -> Value {
        var managed: [Value: Value] = [:]
        for path in objects.paths where path.isDescendant(of: manager) {
            let entries = objects[path]
            var shown = entries.filter { $0.value.guarded == nil }
            for (name, entry) in entries {
                guard let guarded = entry.guarded else { continue }
                let request = PropertyRequest(sender: sender, path: path, interface: name, isListing: true)
                // What is refused to this caller is left out, which is all the answer a listing gives.
                guard let values = try? await guarded.properties(request) else { continue }
                shown[name] = ObjectTree.Entry(object: guarded, description: entry.description, properties: values)
            }
            if !shown.isEmpty { managed[.objectPath(path)] = ObjectTree.value(of: shown) }
        }
        return .dictionary(managed, key: .objectPath, value: Signature(trusted: "a{sa{sv}}"))
    }

    private func introspect(_ path: ObjectPath) -> String {
        Introspection.text(
            interfaces: objects[path].values.map(\.description),
            quiet: Set(objects[path].filter { $0.value.guarded != nil }.keys),
            isManager: objects.managers.contains(path),
            children: objects.children(of: path))
    }

    private func managedObjects(below manager: ObjectPath) -> Value {
        var managed: [Value: Value] = [:]
        for path in objects.paths where path.isDescendant(of: manager) {
            managed[.objectPath(path)] = ObjectTree.value(of: objects[path])
        }
        return .dictionary(managed, key: .objectPath, value: Signature(trusted: "a{sa{sv}}"))
    }

    /// The method with this name, if the arguments are what it takes.
    @discardableResult
    private static func require(
        _ member: String, in interface: InterfaceDescription, _ arguments: [Value]
    ) throws(DBusError) -> InterfaceDescription.Method {
        guard let method = interface.methods.first(where: { $0.name == member }) else {
            throw unknownMethod(member, of: interface.name)
        }
        let expected = method.takes.reduce(into: "") { $0 += $1.type.rawValue }
        let found = Value.signatureText(of: arguments)
        guard expected == found else {
            throw .invalidArguments("\(interface.name).\(member) takes (\(expected)), not (\(found))")
        }
        return method
    }

    private static func unknownMethod(_ member: String, of what: String) -> DBusError {
        DBusError(name: DBusError.Name.unknownMethod, message: "\(what) has no method \(member)")
    }
}
