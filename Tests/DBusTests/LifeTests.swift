import DBus
import Glibc
import Testing
import Timekeeping

@Suite("Connections end cleanly, whoever ends them", .privateBus, .serialized)
struct LifeTests {
    @Test("a bus that dies ends every call and stream, and cancels handlers", arguments: 0..<10)
    func deadBus(_ round: Int) async throws {
        let bus = try await PrivateBus.start()
        let service = try await Connection.open(.address(bus.address), clock: MachineClock())
        let caller = try await Connection.open(.address(bus.address), clock: MachineClock())
        let object = EchoService()
        try await service.export(object, at: EchoService.path)
        let stream = try await caller.signals([MatchRule()])
        let names = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    let result = await Task { try await caller.echo(service, "WaitAtTheDoor") }.result
                    guard case .failure(let error as DBusError) = result else { return nil }
                    return error.name
                }
            }
            await object.started.pass()
            bus.stop()
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(names.count == 100)
        #expect(Set(names) == [DBusError.Name.disconnected])
        for await _ in stream {}
        await service.waitUntilClosed()
        await caller.waitUntilClosed()
        #expect(await !caller.isOpen)
        await #expect {
            try await caller.call(
                MethodCall(destination: "org.freedesktop.DBus", path: .root, interface: "a.b", member: "C"))
        } throws: { ($0 as? DBusError)?.name == DBusError.Name.disconnected }
        await #expect { try await caller.emit(path: .root, interface: "a.b", member: "C", arguments: []) } throws: {
            ($0 as? DBusError)?.name == DBusError.Name.disconnected
        }
        await object.door.open()
        await object.cancelled.pass()
        await caller.close()
    }

    @Test("closing ends what waits on the connection")
    func closing() async throws {
        try await BusTrait.withConnections { service, caller in
            let object = EchoService()
            try await service.export(object, at: EchoService.path)
            let call = Task { try await caller.echo(service, "WaitAtTheDoor") }
            let waiter = Task { await caller.waitUntilClosed() }
            await object.started.pass()
            await caller.close()
            await #expect { try await call.value } throws: { ($0 as? DBusError)?.name == DBusError.Name.disconnected }
            await waiter.value
            await object.door.open()
        }
    }

    @Test("waiting for the end can be given up")
    func giveUp() async throws {
        try await BusTrait.withConnections { connection, _ in
            let waiter = Task { await connection.waitUntilClosed() }
            waiter.cancel()
            await waiter.value
            #expect(await connection.isOpen)
        }
    }

    @Test("what was sent before closing has reached the bus")
    func lastWords() async throws {
        try await BusTrait.withConnections { sender, listener in
            let stream = try await listener.signals([MatchRule(interface: "org.example.Last")])
            for number in 0..<2000 {
                try await sender.emit(
                    path: .root, interface: "org.example.Last", member: "Word", arguments: [.int32(Int32(number))])
            }
            await sender.close()
            var count = 0
            for await signal in stream.prefix(2000) {
                #expect(signal.arguments.first?.int == count)
                count += 1
            }
            #expect(count == 2000)
        }
    }

    @Test("hundreds of connections, one after the other and at once, leave nothing broken")
    func many() async throws {
        let address = try #require(BusTrait.bus).address
        for _ in 0..<300 {
            let connection = try await Connection.open(.address(address), clock: MachineClock())
            #expect(connection.uniqueName.hasPrefix(":1."))
            await connection.close()
        }
        let names = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    let connection = try await Connection.open(.address(address), clock: MachineClock())
                    let name = try await connection.ownerOf(connection.uniqueName)
                    await connection.close()
                    return name ?? ""
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(names.count == 100)
    }

    @Test("a closed connection is let go of, with what it exported and streamed")
    func letGo() async throws {
        try await BusTrait.withConnections { other, _ in
            let address = try #require(BusTrait.bus).address
            weak var gone: Connection?
            do {
                let connection = try await Connection.open(.address(address), clock: MachineClock())
                gone = connection
                try await connection.export(EchoService(), at: EchoService.path)
                let stream = try await connection.signals([MatchRule()])
                _ = try await other.echo(connection, "WhoAmI")
                await connection.close()
                for await _ in stream {}
            }
            // The asking gives the connection's last tasks their time.
            for _ in 0..<2000 where gone != nil { _ = try await other.ownerOf("org.example.Nobody") }
            #expect(gone == nil)
        }
    }

    @Test("a bus that cannot be had gives an error that says why")
    func noBus() async throws {
        let error = await #expect(throws: DBusError.self) {
            try await PrivateBus.start(.file("/nowhere/at/all.conf"))
        }
        #expect(error?.name == DBusError.Name.spawnFailed)
        #expect(error?.message.contains("/nowhere/at/all.conf") == true)
    }

    @Test("a bus can be given a configuration of its own, and its policy is obeyed")
    func policy() async throws {
        let file = "/tmp/dbus-room-policy-\(getpid()).conf"
        let stream = try #require(fopen(file, "we"))
        fputs(Self.configuration, stream)
        fclose(stream)
        defer { unlink(file) }
        let bus = try await PrivateBus.start(.file(file))
        defer { bus.stop() }
        let connection = try await Connection.open(.address(bus.address), clock: MachineClock())
        try await connection.requestName("org.example.Allowed")
        await #expect { try await connection.requestName("org.example.Forbidden") } throws: {
            ($0 as? DBusError)?.name == DBusError.Name.accessDenied
        }
        await connection.close()
    }

    private static let configuration = """
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
         "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
          <type>session</type>
          <listen>unix:tmpdir=/tmp</listen>
          <policy context="default">
            <allow send_destination="*"/>
            <allow receive_sender="*"/>
            <allow own="org.example.Allowed"/>
          </policy>
        </busconfig>
        """
}
