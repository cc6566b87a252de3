import DBus
import Testing
import Timekeeping

@Suite("What libdbus would end the process for is refused with an error", .privateBus, .serialized)
struct RefusalTests {
    static let badValues: [Value] = [
        .string("NUL\0inside"), .string("\0"), .structure([]), .variant(.structure([])),
        .array([.byte(1)], of: .string),
        .array([.strings(["a"]), .objectPaths([.root])], of: .strings), .array([], of: Signature(literal: "ss")),
        .array([], of: Signature(literal: "")), .dictionary([:], key: .variant, value: .string),
        .dictionary([:], key: .string, value: Signature(literal: "ss")), .dictionary([:], key: .strings, value: .byte),
        .dictionary([.string("k"): .byte(1)], key: .string, value: .variant),
        .dictionary([.byte(1): .byte(1)], key: .string, value: .byte), .variant(.string("deep\0")),
        .variant(.array([.byte(1)], of: .double)), .properties(["a\0": .byte(1)]), RoundTripTests.nested(levels: 65),
        .structure(Array(repeating: .byte(1), count: 300)),
        (0..<33).reduce(Value.byte(1)) { value, _ in .structure([value]) },
        .array([.variant(.byte(1)), .variant(.string("\0"))], of: .variant),
    ]

    @Test("an impossible value", arguments: badValues)
    func value(_ value: Value) async throws {
        try await BusTrait.withConnections { sender, _ in
            await #expect {
                try await sender.emit(path: .root, interface: "a.b", member: "C", arguments: [value])
            } throws: { error in
                let name = (error as? DBusError)?.name
                return name == DBusError.Name.invalidArguments || name == DBusError.Name.limitsExceeded
            }
            try await expectAlive(sender)
        }
    }

    @Test("an array longer than D-Bus allows")
    func length() async throws {
        try await BusTrait.withConnections { sender, _ in
            let bytes = Value.bytes([UInt8](repeating: 0, count: (1 << 26) + 1))
            let error = await #expect(throws: DBusError.self) {
                try await sender.emit(path: .root, interface: "a.b", member: "C", arguments: [bytes])
            }
            #expect(error?.name == DBusError.Name.limitsExceeded)
            try await expectAlive(sender)
        }
    }

    @Test(
        "a bad interface or member",
        arguments: [
            ("", "C"), ("a", "C"), ("a..b", "C"), ("a.1b", "C"), ("a.b\0", "C"), (".a.b", "C"), ("a.b", ""),
            ("a.b", "C D"),
            ("a.b", "1C"), ("a.b", "C\0"), ("a.b", "C.D"), ("a.b", String(repeating: "x", count: 256)), ("ä.b", "C"),
            ("org.freedesktop.DBus.Local", "Disconnected"),
        ])
    func names(_ interface: String, _ member: String) async throws {
        try await BusTrait.withConnections { sender, other in
            await #expect {
                try await sender.emit(path: .root, interface: interface, member: member, arguments: [])
            } throws: { ($0 as? DBusError)?.name == DBusError.Name.invalidArguments }
            let call = MethodCall(
                destination: other.uniqueName, path: .root, interface: interface, member: member)
            await #expect { try await sender.call(call) } throws: {
                ($0 as? DBusError)?.name == DBusError.Name.invalidArguments
            }
            try await expectAlive(sender)
        }
    }

    @Test("a bad destination", arguments: ["", "a", "a b.c", "org.\0", "org..x", "1a.b"])
    func destination(_ name: String) async throws {
        try await BusTrait.withConnections { sender, _ in
            let call = MethodCall(destination: name, path: .root, interface: "a.b", member: "C")
            await #expect { try await sender.call(call) } throws: {
                ($0 as? DBusError)?.name == DBusError.Name.invalidArguments
            }
            await #expect(throws: DBusError.self) { try await sender.requestName(name) }
            try await expectAlive(sender)
        }
    }

    @Test(
        "a match rule with nonsense in it",
        arguments: [
            MatchRule(sender: "no name"), MatchRule(interface: "x"), MatchRule(member: "a b"), MatchRule(arg0: "\0"),
            MatchRule(path: .root, pathNamespace: .root), MatchRule(sender: "x',member='y"),
        ])
    func rule(_ rule: MatchRule) async throws {
        try await BusTrait.withConnections { listener, _ in
            await #expect(throws: DBusError.self) { try await listener.signals([rule]) }
            try await expectAlive(listener)
        }
    }

    @Test("more file descriptors than a message may carry")
    func descriptors() async throws {
        try await BusTrait.withConnections { sender, _ in
            let descriptor = Value.unixFD(try UnixFD(duplicating: 0))
            await #expect {
                try await sender.emit(
                    path: .root, interface: "a.b", member: "C", arguments: Array(repeating: descriptor, count: 17))
            } throws: { ($0 as? DBusError)?.name == DBusError.Name.limitsExceeded }
            try await expectAlive(sender)
        }
        #expect(throws: DBusError.self) { try UnixFD(duplicating: -1) }
    }

    @Test("a handler's impossible answer or error reaches the caller as a plain error")
    func answers() async throws {
        try await BusTrait.withConnections { service, caller in
            try await service.export(EchoService(), at: EchoService.path)
            for (name, message) in [("not a name", "x"), ("org.example.Error.Fine", "NUL%00"), ("", "")] {
                await #expect { try await caller.echo(service, "Fail", [.string(name), .string(message)]) } throws: {
                    ($0 as? DBusError)?.name == DBusError.Name.failed
                }
            }
            await #expect { try await caller.echo(service, "Lie") } throws: {
                ($0 as? DBusError)?.name == DBusError.Name.failed
            }
            try await expectAlive(service)
        }
    }

    @Test(
        "an address that is none, or where nobody listens",
        arguments: [
            "", "nonsense", "unix:path=/nowhere/at/all", "unix:path=/etc/passwd", "unix:\0", "frobnicate:x=y",
        ])
    func address(_ address: String) async {
        await #expect(throws: DBusError.self) {
            try await Connection.open(.address(address), clock: MachineClock())
        }
    }

    private func expectAlive(_ connection: Connection) async throws {
        let owner = try await connection.ownerOf("org.freedesktop.DBus")
        #expect(owner == "org.freedesktop.DBus")
    }
}
