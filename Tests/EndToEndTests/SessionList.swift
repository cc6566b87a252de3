import Testing

/// What `session list --json` says.
struct SessionList {
    var sessions: [JSON]

    init(data: String) async throws {
        let ending = try await Program.entrain("session", "list", "--json", "--data", data)
        try #require(ending.status == 0, "\(ending)")
        sessions = try ending.lines.map { try JSON($0) }
    }

    /// The name of the one session there is.
    var only: String? { sessions.count == 1 ? sessions[0]["session"]?.string : nil }
    /// The states, oldest first.
    var states: [String] { sessions.compactMap { $0["state"]?.string } }
    /// The numbers of beats, oldest first.
    var beats: [Int] { sessions.compactMap { $0["beats"]?.number.map { Int($0) } } }
}
