import DBus
import Glibc
import Testing
import Timekeeping

@Suite("Values cross a real bus unchanged", .privateBus, .serialized)
struct RoundTripTests {
    static let values: [Value] = [
        .byte(0), .byte(.max), .boolean(true), .boolean(false), .int16(.min), .int16(.max), .uint16(.max),
        .int32(.min), .int32(.max), .uint32(.max), .int64(.min), .int64(.max), .uint64(.max), .double(-0.1),
        .double(.infinity), .double(.leastNonzeroMagnitude), .string(""), .string("Puls 61 ♥ \u{10FFFF}\u{FFFF}"),
        .string(String(repeating: "x", count: 100_000)), .objectPath(.root), .objectPath(EchoService.path),
        .signature(.properties), .signature(Signature(literal: "")), .bytes([]), .bytes([0, 16, 60, 255]),
        .bytes([UInt8](repeating: 7, count: 1_000_000)), .strings([]), .strings(["180d", "", "180f"]),
        .objectPaths([.root]), .array([], of: .properties), .array([.bytes([1]), .bytes([])], of: .bytes),
        .array((0..<1000).map { .double(Double($0)) }, of: .double),
        .structure([.byte(1), .structure([.string("in"), .variant(.int64(-1))])]),
        .properties([:]), .properties(["RSSI": .int16(-61), "UUIDs": .strings(["180d"]), "Empty": .bytes([])]),
        .dictionary([.uint16(0x6B): .variant(.bytes([1, 2]))], key: .uint16, value: .variant),
        .dictionary(
            [.objectPath(.root): .dictionary([.string("i"): .properties([:])], key: .string, value: .properties)],
            key: .objectPath, value: Signature(literal: "a{sa{sv}}")),
        .variant(.byte(3)), .variant(.variant(.variant(.string("deep")))), .variant(.structure([.boolean(true)])),
        .array([.structure([.byte(0), .byte(1), .bytes([2])])], of: Signature(literal: "(yyay)")),
        nested(levels: 60),
    ]

    static func nested(levels: Int) -> Value {
        (0..<levels).reduce(Value.byte(1)) { value, _ in .variant(value) }
    }

    @Test("every type comes out of a signal as it went in", arguments: values)
    func signal(_ value: Value) async throws {
        try await BusTrait.withConnections { sender, listener in
            let stream = try await listener.signals([MatchRule(interface: "org.example.Values")])
            try await sender.emit(
                path: .root, interface: "org.example.Values", member: "Said", arguments: [value, .byte(9)])
            let signal = try #require(await stream.first { _ in true })
            #expect(signal.arguments == [value, .byte(9)])
            #expect(signal.arguments.first?.signature == value.signature)
            #expect(signal.sender == sender.uniqueName)
        }
    }

    @Test("every type comes back from a method that takes and gives a variant", arguments: values)
    func call(_ value: Value) async throws {
        try await BusTrait.withConnections { service, caller in
            try await service.export(EchoService(), at: EchoService.path)
            let answer = try await caller.echo(service, "Echo", [.variant(value)])
            #expect(answer == [.variant(value)])
        }
    }

    @Test("an array of bytes spelled out arrives as bytes")
    func spelledBytes() async throws {
        try await BusTrait.withConnections { service, caller in
            try await service.export(EchoService(), at: EchoService.path)
            let answer = try await caller.echo(service, "Echo", [.variant(.array([.byte(1), .byte(2)], of: .byte))])
            #expect(answer == [.variant(.bytes([1, 2]))])
        }
    }

    @Test("a file descriptor is really handed over")
    func descriptor() async throws {
        try await BusTrait.withConnections { sender, listener in
            var ends: [Int32] = [0, 0]
            try #require(pipe(&ends) == 0)
            let reader = UnixFD(owning: ends[0])
            let stream = try await listener.signals([MatchRule(interface: "org.example.Values")])
            do {
                let writer = UnixFD(owning: ends[1])
                try await sender.emit(
                    path: .root, interface: "org.example.Values", member: "Pipe", arguments: [.unixFD(writer)])
            }
            let signal = try #require(await stream.first { _ in true })
            let received = try #require(signal.arguments.first?.unixFD)
            #expect(write(received.fileDescriptor, "beat", 4) == 4)
            var bytes = [UInt8](repeating: 0, count: 8)
            #expect(read(reader.fileDescriptor, &bytes, 8) == 4)
            #expect(String(decoding: bytes.prefix(4), as: UTF8.self) == "beat")
        }
    }

    @Test("messages are stamped with the clock the connection was given, and numbered as they come")
    func stamps() async throws {
        let clock = ManualClock(utc: UTC(nanosecondsSince1970: 1_000))
        try await BusTrait.withConnections(clock) { service, caller in
            try await service.export(EchoService(), at: EchoService.path)
            let stream = try await caller.signals([MatchRule(interface: "org.example.Values")])
            clock.advance(by: .seconds(5))
            for number in 0..<10 {
                try await service.emit(
                    path: .root, interface: "org.example.Values", member: "Said", arguments: [.int32(Int32(number))])
            }
            let ping = MethodCall(
                destination: service.uniqueName, path: .root, interface: "org.freedesktop.DBus.Peer", member: "Ping")
            let reply = try await caller.call(ping)
            var arrivals: [UInt64] = []
            for await signal in stream.prefix(10) {
                #expect(signal.received == clock.now())
                arrivals.append(signal.arrival)
            }
            #expect(arrivals == arrivals.sorted() && Set(arrivals).count == 10)
            #expect(try #require(arrivals.last) < reply.arrival)
            #expect(reply.received.instant == Instant(seconds: 5))
        }
    }
}
