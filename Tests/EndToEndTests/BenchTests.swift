import Testing

extension EndToEnd {
    @Suite("The bench") struct BenchTests {
        @Test("a small store is made, and each command is measured against its goal")
        func store() async throws {
            let ending = try await Program.run([Program.binary + "-bench", "store", "2", "3"])
            #expect(ending.status == 0, "\(ending)")
            for name in ["session list", "session show", "export", "report", "report of one code"] {
                let line = ending.lines.first { $0.contains("  \(name)  ") }
                #expect(try #require(line, "\(ending)").contains("of the goal"), "\(ending)")
            }
            let wrong = try await Program.run([Program.binary + "-bench", "store", "none"])
            #expect(wrong.status == 64 && wrong.output.hasPrefix("usage:"), "\(wrong)")
        }
    }
}
