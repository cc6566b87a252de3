import DBus
import Testing
import Timekeeping

@Suite("A call ends once: with a reply, an error, its deadline or its cancellation", .privateBus, .serialized)
struct CallTests {
    private func withService(_ body: (Connection, Connection, EchoService) async throws -> Void) async throws {
        try await BusTrait.withConnections { service, caller in
            let object = EchoService()
            try await service.export(object, at: EchoService.path)
            try await body(service, caller, object)
            await object.door.open()
        }
    }

    @Test("an error keeps its name and text, and says what was called")
    func errors() async throws {
        try await withService { service, caller, _ in
            let error = await #expect(throws: DBusError.self) {
                try await caller.echo(
                    service, "Fail", [.string("org.bluez.Error.Failed"), .string("le-connection-abort-by-local")])
            }
            #expect(error?.name == "org.bluez.Error.Failed")
            #expect(error?.message == "le-connection-abort-by-local")
            #expect(
                error?.operation == "org.example.Echo.Fail on /org/example/echo of \(service.uniqueName)")
            let bare = await #expect(throws: DBusError.self) {
                try await caller.echo(service, "Fail", [.string("org.bluez.Error.InProgress"), .string("")])
            }
            #expect(bare?.name == "org.bluez.Error.InProgress")
            #expect(bare?.message == "")
        }
    }

    @Test("a name nobody owns is an error of the bus")
    func nobody() async throws {
        try await withService { _, caller, _ in
            let call = MethodCall(destination: "org.example.Nobody", path: .root, interface: "a.b", member: "C")
            await #expect { try await caller.call(call) } throws: {
                ($0 as? DBusError)?.name == DBusError.Name.serviceUnknown
            }
            let owner = try await caller.ownerOf("org.example.Nobody")
            #expect(owner == nil)
        }
    }

    @Test(
        "a deadline ends the wait, and the late reply disturbs nobody",
        arguments: [
            Duration.zero, .seconds(-1), .milliseconds(20),
        ])
    func deadline(_ deadline: Duration) async throws {
        try await withService { service, caller, object in
            await #expect { try await caller.echo(service, "WaitAtTheDoor", deadline: deadline) } throws: {
                ($0 as? DBusError)?.name == DBusError.Name.noReply
            }
            await object.started.pass()
            await object.door.open()
            let answer = try await caller.echo(service, "Echo", [.variant(.byte(1))])
            #expect(answer == [.variant(.byte(1))])
        }
    }

    @Test("a call may wait longer than any clock can show")
    func endless() async throws {
        try await withService { service, caller, _ in
            let answer = try await caller.echo(service, "WhoAmI", deadline: .seconds(Int64.max))
            #expect(answer == [.string(caller.uniqueName)])
        }
    }

    @Test("a cancelled task stops waiting at once")
    func cancellation() async throws {
        try await withService { service, caller, object in
            let task = Task { try await caller.echo(service, "WaitAtTheDoor") }
            await object.started.pass()
            task.cancel()
            await #expect { try await task.value } throws: { ($0 as? DBusError)?.name == DBusError.Name.cancelled }
            await object.door.open()
            let answer = try await caller.echo(service, "Echo", [.variant(.byte(1))])
            #expect(answer == [.variant(.byte(1))])
        }
    }

    @Test("a task cancelled before it calls sends nothing")
    func cancelledBefore() async throws {
        try await withService { service, caller, object in
            let gate = Gate()
            let task = Task {
                await gate.pass()
                return try await caller.echo(service, "WaitAtTheDoor")
            }
            task.cancel()
            await gate.open()
            await #expect { try await task.value } throws: { ($0 as? DBusError)?.name == DBusError.Name.cancelled }
        }
    }

    @Test("cancellation and reply in a race end every call exactly once")
    func race() async throws {
        try await withService { service, caller, _ in
            await withTaskGroup(of: Bool.self) { group in
                for number in 0..<500 {
                    group.addTask {
                        let task = Task { try await caller.echo(service, "Echo", [.variant(.int32(Int32(number)))]) }
                        if number.isMultiple(of: 2) { task.cancel() }
                        switch await task.result {
                        case .success(let answer): return answer == [.variant(.int32(Int32(number)))]
                        case .failure(let error): return (error as? DBusError)?.name == DBusError.Name.cancelled
                        }
                    }
                }
                for await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test("a slow handler holds up nobody")
    func slowHandler() async throws {
        try await withService { service, caller, object in
            async let slow = caller.echo(service, "WaitAtTheDoor")
            await object.started.pass()
            let answer = try await caller.echo(service, "Echo", [.variant(.byte(1))])
            #expect(answer == [.variant(.byte(1))])
            await object.door.open()
            let late = try await slow
            #expect(late == [])
        }
    }

    @Test("a handler sees who calls, and the bus knows the caller's user")
    func sender() async throws {
        try await withService { service, caller, _ in
            let answer = try await caller.echo(service, "WhoAmI")
            #expect(answer == [.string(caller.uniqueName)])
            let mine = try await service.callerUnixUser(service.uniqueName)
            let its = try await service.callerUnixUser(caller.uniqueName)
            #expect(its == mine)
        }
    }

    @Test("a connection can call itself")
    func itself() async throws {
        try await withService { service, _, _ in
            let answer = try await service.echo(service, "WhoAmI")
            #expect(answer == [.string(service.uniqueName)])
        }
    }

    @Test("a name has one owner at a time")
    func names() async throws {
        try await withService { service, caller, _ in
            try await service.requestName("org.example.Service")
            let first = try await caller.ownerOf("org.example.Service")
            #expect(first == service.uniqueName)
            await #expect { try await caller.requestName("org.example.Service") } throws: {
                ($0 as? DBusError)?.name == DBusError.Name.nameTaken
            }
            try await service.requestName("org.example.Service")
            try await service.releaseName("org.example.Service")
            try await caller.requestName("org.example.Service")
            let second = try await service.ownerOf("org.example.Service")
            #expect(second == caller.uniqueName)
        }
    }
}
