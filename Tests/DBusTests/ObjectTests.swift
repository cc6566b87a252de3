import DBus
import Testing
import Timekeeping

@Suite("Exported objects answer as the specification asks", .privateBus, .serialized)
struct ObjectTests {
    private func withService(_ body: (Connection, Connection) async throws -> Void) async throws {
        try await BusTrait.withConnections { service, caller in
            try await service.export(EchoService(), at: EchoService.path, properties: EchoService.firstValues)
            try await body(service, caller)
        }
    }

    private static let propertiesInterface = "org.freedesktop.DBus.Properties"

    private struct BadCall: Sendable {
        let path: String
        let interface: String
        let member: String
        let arguments: [Value]
        let error: String

        init(_ path: String, _ interface: String, _ member: String, _ arguments: [Value], _ error: String) {
            self.path = path
            self.interface = interface
            self.member = member
            self.arguments = arguments
            self.error = error
        }
    }

    private static let badCalls: [BadCall] = [
        BadCall("/nowhere", "org.example.Echo", "Echo", [.variant(.byte(1))], DBusError.Name.unknownObject),
        BadCall("/org/example/echo", "org.example.Other", "Echo", [], DBusError.Name.unknownInterface),
        BadCall("/org/example", "org.example.Echo", "Echo", [], DBusError.Name.unknownInterface),
        BadCall("/org/example/echo", "org.example.Echo", "Shout", [], DBusError.Name.unknownMethod),
        BadCall("/org/example/echo", "org.example.Echo", "Echo", [], DBusError.Name.invalidArguments),
        BadCall("/org/example/echo", "org.example.Echo", "Echo", [.byte(1)], DBusError.Name.invalidArguments),
        BadCall(
            "/org/example/echo", propertiesInterface, "Get", [.string("org.example.Other"), .string("Level")],
            DBusError.Name.unknownInterface),
        BadCall(
            "/org/example/echo", propertiesInterface, "Get", [.string("org.example.Echo"), .string("Depth")],
            DBusError.Name.unknownProperty),
        BadCall(
            "/org/example/echo", propertiesInterface, "Get", [.string("org.example.Echo"), .string("Absent")],
            DBusError.Name.unknownProperty),
        BadCall(
            "/org/example/echo", propertiesInterface, "Get", [.string("org.example.Echo"), .string("Secret")],
            DBusError.Name.unknownProperty),
        BadCall(
            "/org/example/echo", propertiesInterface, "Set",
            [.string("org.example.Echo"), .string("Name"), .variant(.string("x"))],
            DBusError.Name.propertyReadOnly),
        BadCall(
            "/org/example/echo", propertiesInterface, "Set",
            [.string("org.example.Echo"), .string("Level"), .variant(.string("x"))],
            DBusError.Name.invalidArguments),
        BadCall("/org/example/echo", propertiesInterface, "Fly", [], DBusError.Name.unknownMethod),
        BadCall(
            "/org/example/echo", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects", [],
            DBusError.Name.unknownInterface),
        BadCall("/org/example/echo", "org.freedesktop.DBus.Peer", "Pong", [], DBusError.Name.unknownMethod),
    ]

    @Test("what does not exist or does not fit gets the standard error", arguments: badCalls)
    private func errors(_ bad: BadCall) async throws {
        try await withService { service, caller in
            let call = MethodCall(
                destination: service.uniqueName, path: try ObjectPath(bad.path), interface: bad.interface,
                member: bad.member, arguments: bad.arguments)
            let error = await #expect(throws: DBusError.self) { try await caller.call(call) }
            #expect(error?.name == bad.error)
        }
    }

    @Test("properties are read, and changed by whoever may, with a word to all listeners")
    func properties() async throws {
        try await withService { service, caller in
            let name = Value.string(EchoService.interface)
            let stream = try await caller.signals([
                MatchRule(sender: service.uniqueName, interface: Self.propertiesInterface, member: "PropertiesChanged")
            ])
            let all = try await caller.standard(service, "Properties", "GetAll", [name])
            #expect(
                all.first?.properties == ["Level": .byte(80), "Name": .string("H10"), "Stubborn": .boolean(false)])
            let set = [name, .string("Level"), .variant(.byte(20))]
            let nothing = try await caller.standard(service, "Properties", "Set", set)
            #expect(nothing == [])
            let level = try await caller.standard(service, "Properties", "Get", [name, .string("Level")])
            #expect(level == [.variant(.byte(20))])
            let refusal = await #expect(throws: DBusError.self) {
                try await caller.standard(
                    service, "Properties", "Set", [name, .string("Stubborn"), .variant(.boolean(true))])
            }
            #expect(refusal?.name == "org.example.Error.Stubborn")
            #expect(refusal?.message == "no, \(caller.uniqueName)")
            try await service.update(
                EchoService.path, interface: EchoService.interface,
                changed: ["Level": .byte(20), "Secret": .string("psst")], invalidated: ["Name"])
            var changes: [[Value]] = []
            for await signal in stream.prefix(2) { changes.append(signal.arguments) }
            #expect(changes[0] == [name, .properties(["Level": .byte(20)]), .strings([])])
            #expect(changes[1] == [name, .properties(["Level": .byte(20)]), .strings(["Name"])])
            let secret = await service.property("Secret", of: EchoService.interface, at: EchoService.path)
            #expect(secret == .string("psst"))
            let gone = await service.property("Name", of: EchoService.interface, at: EchoService.path)
            #expect(gone == nil)
        }
    }

    @Test("a property can be given no value of another type, and no value without being described")
    func wrongValues() async throws {
        try await withService { service, _ in
            for changed in [["Level": Value.string("x")], ["Depth": .byte(1)], ["Name": .string("\0")]] {
                await #expect {
                    try await service.update(EchoService.path, interface: EchoService.interface, changed: changed)
                } throws: { ($0 as? DBusError)?.name == DBusError.Name.invalidArguments }
            }
            await #expect { try await service.update(.root, interface: EchoService.interface, changed: [:]) } throws: {
                ($0 as? DBusError)?.name == DBusError.Name.unknownInterface
            }
        }
    }

    @Test("introspection tells interfaces, arguments, properties and children")
    func introspection() async throws {
        try await withService { service, caller in
            let top = try await caller.standard(service, "Introspectable", "Introspect", path: .root)
            #expect(top.first?.string?.contains("<node name=\"org\"/>") == true)
            let answer = try await caller.standard(service, "Introspectable", "Introspect")
            let text = try #require(answer.first?.string)
            for line in [
                "<interface name=\"org.example.Echo\">", "<arg name=\"message\" type=\"s\" direction=\"in\"/>",
                "<arg name=\"sender\" type=\"s\" direction=\"out\"/>", "<signal name=\"Happened\">",
                "<property name=\"Level\" type=\"y\" access=\"readwrite\"/>",
                "<interface name=\"org.freedesktop.DBus.Properties\">",
                "<interface name=\"org.freedesktop.DBus.Peer\">",
            ] {
                #expect(text.contains(line), "\(line) is missing")
            }
            #expect(!text.contains("ObjectManager"))
        }
    }

    @Test("Peer is answered everywhere")
    func peer() async throws {
        try await withService { service, caller in
            let nowhere = try ObjectPath("/no/where")
            let pong = try await caller.standard(service, "Peer", "Ping", path: nowhere)
            #expect(pong == [])
        }
    }

    @Test("an object manager tells of hundreds of objects, and of each that comes and goes")
    func objectManager() async throws {
        try await BusTrait.withConnections { service, caller in
            await service.manageObjects()
            let stream = try await caller.signals([
                MatchRule(
                    sender: service.uniqueName, path: .root, interface: "org.freedesktop.DBus.ObjectManager")
            ])
            let device = Strap(interface: "org.example.Device1", property: "Name")
            for number in 0..<300 {
                let path = try ObjectPath("/org/example/dev_\(number)")
                try await service.export(
                    device, at: path, properties: ["org.example.Device1": ["Name": .string("H10 \(number)")]])
            }
            let reply = try await caller.standard(service, "ObjectManager", "GetManagedObjects", path: .root)
            let objects = try #require(reply.first?.dictionary)
            #expect(objects.count == 300)
            #expect(
                objects["/org/example/dev_7"]?.dictionary?["org.example.Device1"]?.properties
                    == ["Name": .string("H10 7")])
            let late = try ObjectPath("/org/example/dev_7")
            try await service.export(
                Strap(interface: "org.example.Battery1", property: "Percentage"), at: late,
                properties: ["org.example.Battery1": ["Percentage": .string("80")]])
            await service.unexport(late, interfaces: ["org.example.Battery1", "org.example.Never"])
            await service.unexport(late)
            await service.unexport(late)
            var events: [Signal] = []
            for await signal in stream.prefix(303) { events.append(signal) }
            #expect(events.prefix(301).allSatisfy { $0.member == "InterfacesAdded" })
            #expect(events[299].arguments[0] == .objectPath(try ObjectPath("/org/example/dev_299")))
            #expect(
                events[300].arguments[1].dictionary?.mapValues { $0.properties }
                    == ["org.example.Battery1": ["Percentage": .string("80")]])
            #expect(events[301].member == "InterfacesRemoved")
            #expect(events[301].arguments == [.objectPath(late), .strings(["org.example.Battery1"])])
            #expect(events[302].arguments == [.objectPath(late), .strings(["org.example.Device1"])])
            let paths = await service.exportedPaths
            #expect(paths.count == 299 && !paths.contains(late))
        }
    }

    @Test("an object that is gone is unknown, and its path can be used again")
    func removal() async throws {
        try await withService { service, caller in
            await service.unexport(EchoService.path)
            await #expect { try await caller.echo(service, "WhoAmI") } throws: {
                ($0 as? DBusError)?.name == DBusError.Name.unknownObject
            }
            try await service.export(EchoService(), at: EchoService.path)
            let answer = try await caller.echo(service, "WhoAmI")
            #expect(answer == [.string(caller.uniqueName)])
        }
    }

    private static let badExports: [(String, String, [String: [String: Value]], String)] = [
        (EchoService.interface, "Name", ["a.b": ["Name": Value.string("")]], DBusError.Name.objectPathInUse),
        ("org.example.Fine", "Name", ["org.example.Fine": ["Name": .byte(1)]], DBusError.Name.invalidArguments),
        ("org.example.Fine", "Name", ["org.example.Other": [:]], DBusError.Name.invalidArguments),
        ("nonsense", "Name", [:], DBusError.Name.invalidArguments),
        ("org.example.Fine", "not a name", [:], DBusError.Name.invalidArguments),
        ("org.freedesktop.DBus.Peer", "Name", [:], DBusError.Name.invalidArguments),
    ]

    @Test("an export that does not fit changes nothing", arguments: badExports)
    private func badExport(
        _ interface: String, _ property: String, _ values: [String: [String: Value]], _ expected: String
    ) async throws {
        try await withService { service, caller in
            let strap = Strap(interface: interface, property: property)
            await #expect { try await service.export(strap, at: EchoService.path, properties: values) } throws: {
                ($0 as? DBusError)?.name == expected
            }
            let answer = try await caller.echo(service, "WhoAmI")
            #expect(answer == [.string(caller.uniqueName)])
            let fine = await service.property("Name", of: "org.example.Fine", at: EchoService.path)
            #expect(fine == nil)
        }
    }
}

/// An object with one property and nothing to do.
struct Strap: ExportedObject {
    let interfaces: [InterfaceDescription]

    init(interface: String, property: String) {
        interfaces = [InterfaceDescription(interface, properties: [.init(property, .string)])]
    }
}
