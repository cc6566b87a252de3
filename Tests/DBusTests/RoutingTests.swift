import Testing
import Timekeeping

@testable import DBus

@Suite("A call without an interface finds its method by name", .privateBus, .serialized)
struct RoutingTests {
    private func call(_ member: String) -> IncomingMessage {
        IncomingMessage(
            kind: .call, serial: 1, replySerial: 0, wantsReply: true, sender: ":1.1", path: EchoService.path,
            interface: nil, member: member, errorName: nil, arguments: .success([]), received: MachineClock().now(),
            arrival: 1)
    }

    @Test("the interface that has the method is named to the handler")
    func found() async throws {
        try await BusTrait.withConnections { service, _ in
            try await service.export(EchoService(), at: EchoService.path)
            guard case .method(_, let call, let gives) = try await service.route(call("WhoAmI")) else {
                Issue.record("no method was found")
                return
            }
            #expect(call.interface == EchoService.interface)
            #expect(gives == "s")
        }
    }

    @Test("a method no interface has is unknown")
    func unknown() async throws {
        try await BusTrait.withConnections { service, _ in
            try await service.export(EchoService(), at: EchoService.path)
            let message = call("Sing")
            let error = await #expect(throws: DBusError.self) { _ = try await service.route(message) }
            #expect(error?.name == DBusError.Name.unknownMethod)
        }
    }
}
