import DBus
import Testing
import Timekeeping

@Suite("A flood of signals is carried whole and in order", .privateBus, .serialized)
struct FloodTests {
    @Test("a million signals: none is lost, none is out of order")
    func million() async throws {
        try await BusTrait.withConnections { sender, listener in
            try await listener.export(EchoService(), at: EchoService.path)
            let stream = try await listener.signals([
                MatchRule(sender: sender.uniqueName, interface: "org.example.Flood")
            ])
            let reader = Task {
                var expected: UInt32 = 0
                for await signal in stream {
                    guard case .uint32(expected) = signal.arguments[0] else { break }
                    expected += 1
                    if expected == 1_000_000 { break }
                }
                return expected
            }
            // Each batch ends with a call: its reply tells that all before it has arrived, so neither the daemon nor
            // the sockets ever hold more than a batch.
            for start in stride(from: UInt32(0), to: 1_000_000, by: 2000) {
                try await sender.flood(start..<start + 2000)
                _ = try await sender.echo(listener, "WhoAmI")
            }
            #expect(await reader.value == 1_000_000)
        }
    }
}

extension Connection {
    /// Sends a numbered signal for each number, without leaving the connection's thread.
    func flood(_ numbers: Range<UInt32>) throws(DBusError) {
        for number in numbers {
            try emit(
                path: .root, interface: "org.example.Flood", member: "Beat",
                arguments: [.uint32(number), .bytes([0x10, 61, 0, 4])])
        }
    }
}
