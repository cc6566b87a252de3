import Testing

/// Three minutes of eight hearts at ten times their speed, recorded by the binary and exported: made once for a suite.
struct Recording {
    var truth: Truth
    var data: String
    var session: String
    var bundle: Bundle

    /// Runs the simulator with the session as its command.
    init(in scratch: Scratch) async throws {
        data = scratch.path("data")
        let ending = try await Program.entrain(
            "sim", "--straps", "8", "--speed", "10", "--truth", scratch.path("truth"), "--",
            "entrain", "session", "start", "G", "--size", "8", "--any", "--consent-on-paper", "--minutes", "3",
            "--screen", "off", "--data", data)
        try #require(ending.status == 0, "\(ending)")
        truth = try Truth(scratch.text("truth"))
        let sessions = try await SessionList(data: data)
        session = try #require(sessions.only)
        bundle = try await Bundle(of: session, data: data, in: scratch)
    }
}

/// Gives a suite its recording.
struct RecordingTrait: SuiteTrait, TestScoping {
    @TaskLocal static var recording: Recording?

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let recording = try await Recording(in: Scratch())
        try await Self.$recording.withValue(recording) { try await function() }
    }
}

extension Trait where Self == RecordingTrait {
    /// A recorded session for the suite.
    static var recording: RecordingTrait { RecordingTrait() }
}
