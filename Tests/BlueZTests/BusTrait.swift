import DBus
import Testing

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
}

extension Trait where Self == BusTrait {
    /// A real bus for the suite.
    static var privateBus: BusTrait { BusTrait() }
}
