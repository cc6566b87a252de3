import DBus
import Testing
import Timekeeping

/// An object that tells one caller what it is, and nobody else.
private struct Diary: GuardedObject {
    static let interface = "org.example.Diary1"
    static let path = ObjectPath(literal: "/org/example/diary")

    let owner: String

    var interfaces: [InterfaceDescription] {
        [InterfaceDescription(Self.interface, properties: [.init("Page", .string), .init("Empty", .string)])]
    }

    func properties(_ request: PropertyRequest) async throws(DBusError) -> [String: Value] {
        guard request.sender == owner else {
            throw DBusError(
                name: DBusError.Name.accessDenied, message: request.isListing ? "not listed" : "not yours")
        }
        return ["Page": .string("dear diary")]
    }
}

@Suite("Guarded objects tell each caller for itself", .privateBus, .serialized)
struct GuardedObjectTests {
    private func withDiary(
        _ body: (_ service: Connection, _ owner: Connection, _ other: Connection) async throws -> Void
    ) async throws {
        let bus = try #require(BusTrait.bus)
        try await BusTrait.withConnections { service, owner in
            let other = try await Connection.open(.address(bus.address), clock: MachineClock())
            await service.manageObjects()
            try await service.export(Diary(owner: owner.uniqueName), at: Diary.path)
            do { try await body(service, owner, other) } catch {
                await other.close()
                throw error
            }
            await other.close()
        }
    }

    private func ask(
        _ service: Connection, _ caller: Connection, _ member: String, _ arguments: [Value]
    ) async throws -> [Value] {
        try await caller.call(
            MethodCall(
                destination: service.uniqueName, path: Diary.path, interface: "org.freedesktop.DBus.Properties",
                member: member, arguments: arguments)
        ).arguments
    }

    @Test("who may read gets values, one by one and together; who may not gets the object's own error")
    func reading() async throws {
        try await withDiary { service, owner, other in
            let name = Value.string(Diary.interface)
            let all = try await ask(service, owner, "GetAll", [name])
            #expect(all.first?.properties == ["Page": .string("dear diary")])
            let page = try await ask(service, owner, "Get", [name, .string("Page")])
            #expect(page == [.variant(.string("dear diary"))])
            let empty = await #expect(throws: DBusError.self) {
                try await ask(service, owner, "Get", [name, .string("Empty")])
            }
            #expect(empty?.name == DBusError.Name.unknownProperty)
            for arguments in [[name], [name, .string("Page")]] {
                let refusal = await #expect(throws: DBusError.self) {
                    try await ask(service, other, arguments.count == 1 ? "GetAll" : "Get", arguments)
                }
                #expect(refusal?.name == DBusError.Name.accessDenied && refusal?.message == "not yours")
            }
        }
    }

    @Test("a listing leaves out what is refused to the caller, and shows the rest")
    func listing() async throws {
        try await withDiary { service, owner, other in
            try await service.export(
                Plain(), at: try ObjectPath("/org/example/plain"), properties: [Plain.interface: ["Open": .byte(1)]])
            let seen = try await owner.standard(service, "ObjectManager", "GetManagedObjects", path: .root)
            let objects = try #require(seen.first?.dictionary)
            #expect(
                objects[Diary.path.rawValue]?.dictionary?[Diary.interface]?.properties
                    == ["Page": .string("dear diary")])
            let rest = try await other.standard(service, "ObjectManager", "GetManagedObjects", path: .root)
            #expect(rest.first?.dictionary?.keys.sorted() == ["/org/example/plain"])
            #expect(
                rest.first?.dictionary?["/org/example/plain"]?.dictionary?[Plain.interface]?.properties
                    == ["Open": .byte(1)])
        }
    }

    @Test("it is announced without values, and no value of it is ever told to all")
    func announcing() async throws {
        try await withDiary { service, owner, _ in
            let stream = try await owner.signals([MatchRule(sender: service.uniqueName)])
            let late = try ObjectPath("/org/example/late")
            try await service.export(Diary(owner: owner.uniqueName), at: late)
            let refusal = await #expect(throws: DBusError.self) {
                try await service.update(late, interface: Diary.interface, changed: ["Page": .string("psst")])
            }
            #expect(refusal?.name == DBusError.Name.invalidArguments)
            await service.unexport(late)
            var signals: [Signal] = []
            for await signal in stream.prefix(2) { signals.append(signal) }
            #expect(signals.map(\.member) == ["InterfacesAdded", "InterfacesRemoved"])
            #expect(signals[0].arguments[1].dictionary?.mapValues { $0.properties } == [Diary.interface: [:]])
        }
    }

    @Test("introspection says that no signal tells of its changes")
    func introspection() async throws {
        try await withDiary { service, owner, _ in
            let answer = try await owner.standard(service, "Introspectable", "Introspect", path: Diary.path)
            let text = try #require(answer.first?.string)
            #expect(text.contains("org.freedesktop.DBus.Property.EmitsChangedSignal\" value=\"false\""))
        }
    }

    @Test("it takes no first values: there is nothing to keep")
    func firstValues() async throws {
        try await withDiary { service, owner, _ in
            let refusal = await #expect(throws: DBusError.self) {
                try await service.export(
                    Diary(owner: owner.uniqueName), at: try ObjectPath("/org/example/other"),
                    properties: [Diary.interface: ["Page": .string("psst")]])
            }
            #expect(refusal?.name == DBusError.Name.invalidArguments)
        }
    }
}

/// An object that tells everybody the same.
private struct Plain: ExportedObject {
    static let interface = "org.example.Plain1"

    let interfaces = [InterfaceDescription(Self.interface, properties: [.init("Open", .byte)])]
}
