import Testing

extension EndToEnd {
    @Suite("Codes and accounts") struct BindCommandTests {
        let scratch: Scratch

        init() throws {
            scratch = try Scratch()
        }

        private func group(_ words: String) async throws -> Program.Ending {
            try await Program.run(
                [Program.binary, "group"] + words.split(separator: " ").map(String.init)
                    + ["--data", scratch.path("data")])
        }

        @Test("a code is tied to an account of this machine, which the group shows, and is free again")
        func tying() async throws {
            #expect(try await group("new G1 --size 2").status == 0)
            let tied = try await group("bind G1-01 --user nobody")
            #expect(tied.status == 0, "\(tied)")
            #expect(tied.output == "nobody may read G1-01 while a session runs, and nothing else.\n")
            #expect(try await group("show G1").output.contains("nobody"))
            let again = try await group("bind G1-02 --user nobody")
            #expect(again.status == 7 && again.errors.contains("tied to G1-01 already"), "\(again)")
            let json = try JSON(try await group("bind G1-01 --none --json").output)
            #expect(json["code"]?.string == "G1-01" && json["account"] == .null)
            #expect(try await group("bind G1-02 --user nobody").status == 0)
            let members = try JSON(try await group("show G1 --json").output)["members"]
            #expect(members?.elements.map { $0["account"] ?? .null } == [.null, .string("nobody")])
        }

        @Test("accounts and codes that there are not are refused, and so is half a wish")
        func refused() async throws {
            #expect(try await group("new G1 --size 2").status == 0)
            let stranger = try await group("bind G1-01 --user no-such-account")
            #expect(stranger.status == 4 && stranger.errors.contains("no account no-such-account"), "\(stranger)")
            let code = try await group("bind G1-09 --user nobody")
            #expect(code.status == 4 && code.errors.contains("There is no code G1-09"), "\(code)")
            for words in ["bind G1-01", "bind G1-01 --user nobody --none", "bind G1 --user nobody"] {
                let ending = try await group(words)
                #expect(ending.status == 64, "\(ending)")
            }
        }
    }
}
