import DBus
import Testing
import Timekeeping

/// Gives a suite a real bus of its own, from its first test to its last.
struct BusTrait: SuiteTrait, TestScoping {
    @TaskLocal static var bus: PrivateBus?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let bus = try await PrivateBus.start()
        defer { bus.stop() }
        try await Self.$bus.withValue(bus) { try await function() }
    }

    /// Opens connections to the suite's bus, runs the body, and closes them.
    static func withConnections(
        _ clock: any SessionClock = MachineClock(), _ body: (Connection, Connection) async throws -> Void
    ) async throws {
        let bus = try #require(bus)
        let first = try await Connection.open(.address(bus.address), clock: clock)
        let second = try await Connection.open(.address(bus.address), clock: clock)
        do {
            try await body(first, second)
        } catch {
            await first.close()
            await second.close()
            throw error
        }
        await first.close()
        await second.close()
    }
}

extension Trait where Self == BusTrait {
    /// A real bus for the suite.
    static var privateBus: BusTrait { BusTrait() }
}
