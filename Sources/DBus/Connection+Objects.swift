extension Connection {
    /// Exports an object: others can call it from now on.
    ///
    /// An object manager above it announces it. Several objects can share a path as long as they share no interface, and any can come later than the others.
    /// - Parameters:
    ///   - object: who answers calls.
    ///   - path: where.
    ///   - properties: the first values of its properties, by interface and name; what is missing has no value yet.
    /// - Throws: `InvalidArgs` for descriptions or values that do not fit, `ObjectPathInUse` when the path has one of the
    ///   interfaces already, `Disconnected` when the bus is gone. Nothing is exported then.
    public func export(
        _ object: any ExportedObject, at path: ObjectPath, properties: [String: [String: Value]] = [:]
    ) throws(DBusError) {
        guard isOpen else { throw .disconnected("the connection is closed").during("exporting \(path)") }
        let names: [String]
        do {
            names = try objects.insert(object, at: path, properties: properties)
        } catch {
            throw error.during("exporting \(path)")
        }
        guard let manager = objects.manager(of: path) else { return }
        let added = objects[path].filter { names.contains($0.key) }
        do {
            try emit(
                path: manager, interface: Bus.objectManager, member: "InterfacesAdded",
                arguments: [.objectPath(path), ObjectTree.value(of: added)])
        } catch {
            _ = objects.remove(names, at: path)
            throw error
        }
    }

    /// Takes an object back, or some of its interfaces.
    ///
    /// An object manager above it announces that.
    /// - Parameters:
    ///   - path: where it was.
    ///   - interfaces: which of its interfaces; nil: all.
    public func unexport(_ path: ObjectPath, interfaces: [String]? = nil) {
        let gone = objects.remove(interfaces, at: path)
        guard !gone.isEmpty, let manager = objects.manager(of: path) else { return }
        // Only a connection that is gone refuses this, and then nobody is left to tell.
        try? emit(
            path: manager, interface: Bus.objectManager, member: "InterfacesRemoved",
            arguments: [.objectPath(path), .strings(gone)])
    }

    /// Answers `ObjectManager` at a path, for all objects below it, and announces there what comes and goes.
    public func manageObjects(at path: ObjectPath = .root) {
        objects.addManager(at: path)
    }

    /// All paths an object is exported at, sorted.
    public var exportedPaths: [ObjectPath] { objects.paths }

    /// The present value of a property of an exported object; nil when it has none.
    public func property(_ name: String, of interface: String, at path: ObjectPath) -> Value? {
        objects[path][interface]?.properties[name]
    }

    /// Gives properties of an exported object new values and tells listeners (`PropertiesChanged`), even when a value is
    /// the one it was.
    /// - Parameters:
    ///   - path: where the object is.
    ///   - interface: the interface of the properties.
    ///   - changed: new values by name.
    ///   - invalidated: names of properties that have no value from now on.
    /// - Throws: `UnknownInterface` when no such object is exported, `InvalidArgs` for a value of the wrong type,
    ///   `Disconnected` when the bus is gone.
    public func update(
        _ path: ObjectPath, interface: String, changed: [String: Value], invalidated: [String] = []
    ) throws(DBusError) {
        do {
            try objects.update(path, interface, changed: changed, invalidated: invalidated)
            let readable = objects[path][interface]?.readableProperties ?? [:]
            try emit(
                path: path, interface: Bus.properties, member: "PropertiesChanged",
                arguments: [
                    .string(interface), .properties(changed.filter { readable[$0.key] != nil }), .strings(invalidated),
                ])
        } catch {
            throw error.during("changing properties of \(path)")
        }
    }

    // MARK: Answering

    /// Answers an incoming call: at once where the connection knows the answer, else in a task of its own.
    func answer(_ message: IncomingMessage) {
        let route: Route
        do throws(DBusError) {
            route = try self.route(message)
        } catch {
            return reply(to: message, .failure(error))
        }
        switch route {
        case .answer(let values):
            reply(to: message, .success(values))
        case .method(let object, let call, let gives):
            run(message) { connection throws(DBusError) in
                let values = try await object.handle(call)
                guard Value.signatureText(of: values) == gives else {
                    throw DBusError(
                        name: DBusError.Name.failed,
                        message: "\(call.member) gave \(Value.signatureText(of: values)) instead of \(gives)")
                }
                return values
            }
        case .guarded(let object, let request, let name):
            run(message) { _ throws(DBusError) in
                let values = try await object.properties(request)
                guard let name else { return [.properties(values)] }
                guard let value = values[name] else { throw Self.noValue(name, of: request.interface) }
                return [.variant(value)]
            }
        case .listing(let manager, let sender):
            run(message) { connection throws(DBusError) in
                [await connection.managedObjects(below: manager, for: sender)]
            }
        case .property(let object, let change):
            run(message) { connection throws(DBusError) in
                try await object.set(change)
                if await connection.property(change.property, of: change.interface, at: change.path) != change.value {
                    try await connection.update(
                        change.path, interface: change.interface, changed: [change.property: change.value])
                }
                return []
            }
        }
    }

    private func run(
        _ message: IncomingMessage,
        _ body: @escaping @Sendable (Connection) async throws(DBusError) -> [Value]
    ) {
        let number = message.arrival
        handlers[number] = Task {
            let result: Result<[Value], DBusError>
            do throws(DBusError) {
                result = .success(try await body(self))
            } catch {
                result = .failure(error)
            }
            handlers[number] = nil
            reply(to: message, result)
        }
    }

    private func reply(to message: IncomingMessage, _ result: Result<[Value], DBusError>) {
        guard message.wantsReply, let sender = message.sender else { return }
        do throws(DBusError) {
            switch result {
            case .success(let values):
                try send(.reply(to: message.serial, destination: sender, arguments: values))
            case .failure(let error):
                try send(.error(to: message.serial, destination: sender, error))
            }
        } catch  where error.name != DBusError.Name.disconnected {
            // The answer itself could not be sent: say so in words that can. If even that fails, the caller's own
            // deadline is what is left to it.
            let failure = DBusError(name: DBusError.Name.failed, message: "the answer cannot be sent: \(error.message)")
            try? send(.error(to: message.serial, destination: sender, failure))
        } catch {
            // The bus is gone, and the caller with it.
            return
        }
    }
}
