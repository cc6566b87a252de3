import DBus
import Testing
import Timekeeping

@Suite("Streams of signals hear what they asked for", .privateBus, .serialized)
struct SignalTests {
    private static let interface = "org.example.Heart"

    private func say(
        _ sender: Connection, _ text: String, path: String = "/a", interface: String = interface,
        member: String = "Said", to destination: String? = nil
    ) async throws {
        try await sender.emit(
            path: ObjectPath(path), interface: interface, member: member, arguments: [.string(text)],
            destination: destination)
    }

    /// The texts of the signals up to the one that says "end".
    private func texts(_ stream: AsyncStream<Signal>) async -> [String] {
        var texts: [String] = []
        for await signal in stream {
            guard let text = signal.arguments.first?.string, text != "end" else { break }
            texts.append(text)
        }
        return texts
    }

    @Test(
        "a rule hears what matches all it says, and nothing else",
        arguments: [
            (MatchRule(interface: interface), "path member namespace sibling arg"),
            (MatchRule(path: ObjectPath(literal: "/a"), interface: interface), "member arg"),
            (MatchRule(pathNamespace: ObjectPath(literal: "/a"), interface: interface), "member namespace arg"),
            (MatchRule(pathNamespace: .root, interface: interface, member: "Said"), "path namespace sibling arg"),
            (MatchRule(interface: interface, arg0: "arg"), "arg"),
            (MatchRule(interface: interface, arg0Namespace: "arg"), "arg"),
            (MatchRule(interface: interface, arg0: "nothing"), ""),
            (MatchRule(sender: ":1.9999999", interface: interface), ""),
        ])
    func rules(_ rule: MatchRule, _ expected: String) async throws {
        try await BusTrait.withConnections { sender, listener in
            let end = MatchRule(interface: "org.example.End")
            let stream = try await listener.signals([rule, end])
            try await say(sender, "path", path: "/b")
            try await say(sender, "member", member: "Shouted")
            try await say(sender, "namespace", path: "/a/b")
            try await say(sender, "sibling", path: "/ab")
            try await say(sender, "arg")
            try await say(sender, "interface", interface: "org.example.Other")
            try await say(sender, "end", interface: "org.example.End")
            #expect(await texts(stream) == expected.split(separator: " ").map(String.init))
        }
    }

    @Test("a signal that matches two rules comes once, and to each of two streams")
    func once() async throws {
        try await BusTrait.withConnections { sender, listener in
            let rules = [MatchRule(interface: Self.interface), MatchRule(member: "Said")]
            let first = try await listener.signals(rules)
            let second = try await listener.signals(rules)
            try await say(sender, "one")
            try await say(sender, "end")
            #expect(await texts(first) == ["one"])
            #expect(await texts(second) == ["one"])
        }
    }

    @Test("a well-known sender means its present owner: before, after and across a change of hands")
    func owner() async throws {
        try await BusTrait.withConnections { owner, listener in
            let stranger = try await Connection.open(
                .address(#require(BusTrait.bus).address), clock: MachineClock())
            let name = "org.example.Strap"
            let end = MatchRule(interface: "org.example.End")
            let stream = try await listener.signals([MatchRule(sender: name, interface: Self.interface), end])
            try await say(owner, "nobody owns it")
            try await owner.requestName(name)
            try await say(owner, "owned")
            // Straight to the listener, the bus asks no rule: only the listener itself can tell.
            try await say(stranger, "forged", to: listener.uniqueName)
            _ = try await stranger.ownerOf(name)
            try await owner.releaseName(name)
            try await stranger.requestName(name)
            try await say(stranger, "inherited")
            try await say(owner, "no more", to: listener.uniqueName)
            _ = try await owner.ownerOf(name)
            try await say(stranger, "end", interface: "org.example.End")
            #expect(await texts(stream) == ["owned", "inherited"])
            await stranger.close()
        }
    }

    @Test("the owner of a name is told when it changes")
    func nameOwnerChanged() async throws {
        try await BusTrait.withConnections { owner, listener in
            let stream = try await listener.signals([.nameOwnerChanged("org.example.Come")])
            try await owner.requestName("org.example.Come")
            await owner.close()
            var owners: [String?] = []
            for await signal in stream.prefix(2) { owners.append(signal.arguments[2].string) }
            #expect(owners == [owner.uniqueName, ""])
        }
    }

    @Test("rules are taken back with their stream, whichever way it ends")
    func removal() async throws {
        try await BusTrait.withConnections { _, listener in
            let before = try await ruleCount(listener)
            do {
                let stream = try await listener.signals([
                    MatchRule(sender: "org.example.Strap", member: "A"), MatchRule(member: "B"),
                ])
                #expect(try await ruleCount(listener) == before + 3)
                withExtendedLifetime(stream) {}
            }
            try await expectRuleCount(listener, before)
            let second = try await listener.signals([MatchRule(member: "A")])
            let reader = Task { for await _ in second {} }
            reader.cancel()
            await reader.value
            try await expectRuleCount(listener, before)
            await #expect(throws: DBusError.self) {
                try await listener.signals([MatchRule(member: "A"), MatchRule(interface: "nonsense")])
            }
            try await expectRuleCount(listener, before)
        }
    }

    /// How many rules the daemon holds for a connection.
    private func ruleCount(_ connection: Connection) async throws -> Int {
        let call = MethodCall(
            destination: "org.freedesktop.DBus", path: ObjectPath(literal: "/org/freedesktop/DBus"),
            interface: "org.freedesktop.DBus.Debug.Stats", member: "GetConnectionStats",
            arguments: [.string(connection.uniqueName)])
        let statistics = try await connection.call(call).arguments.first?.properties
        return try #require(statistics?["MatchRules"]?.int)
    }

    /// Asks until the daemon holds that many; the asking itself gives the taking back its time.
    private func expectRuleCount(_ connection: Connection, _ expected: Int) async throws {
        var count = try await ruleCount(connection)
        for _ in 0..<2000 where count != expected { count = try await ruleCount(connection) }
        #expect(count == expected)
    }

    @Test("the stream finishes when the connection is closed, after all it had")
    func finish() async throws {
        try await BusTrait.withConnections { sender, listener in
            let stream = try await listener.signals([MatchRule(interface: Self.interface)])
            try await say(sender, "one")
            try await say(sender, "two")
            _ = try await sender.ownerOf("org.example.Nobody")
            await listener.close()
            #expect(await texts(stream) == ["one", "two"])
            await #expect { try await listener.signals([MatchRule()]) } throws: {
                ($0 as? DBusError)?.name == DBusError.Name.disconnected
            }
        }
    }
}
