import Testing

extension EndToEnd {
    @Suite("The service tells what it is") struct IntrospectionTests {
        static let name = "org.entrain.Gateway1"

        let scratch: Scratch

        init() throws {
            scratch = try Scratch()
        }

        /// The interfaces of ours in an introspection text, by name, without comments.
        private func interfaces(_ text: String) -> [String: [String]] {
            var all: [String: [String]] = [:]
            var current: String?
            for line in text.split(separator: "\n").map({ String($0.drop { $0 == " " }) })
            where !line.hasPrefix("<!--") {
                if line.hasPrefix("<interface name=\"\(Self.name)") { current = String(line.split(separator: "\"")[1]) }
                if let current { all[current, default: []].append(line) }
                if line == "</interface>" { current = nil }
            }
            return all
        }

        @Test("busctl and gdbus see its objects, and the published file says what they answer")
        func published() async throws {
            let straps = try await Simulation(straps: 2, speed: 10, in: scratch)
            let bus = try #require(straps.environment["DBUS_SYSTEM_BUS_ADDRESS"])
            let data = scratch.path("data")
            let running = try straps.entrain(
                "session", "start", "G1", "--size", "2", "--any", "--consent-on-paper", "--screen", "plain",
                "--minutes", "60", "--data", data)
            var tree = ""
            try await running.waits {
                tree = try await Program.run(["busctl", "--address=\(bus)", "tree", "--list", Self.name]).output
                return tree.contains("G1_02")
            }
            let session = try #require(try await SessionList(data: data).only).replacing("-", with: "_")
            let path = "/org/entrain/Gateway1/session/\(session)"
            for node in ["/org/entrain/Gateway1", path, "\(path)/G1_01", "\(path)/G1_02"] {
                #expect(tree.contains("\(node)\n"), "\(tree)")
            }
            let file = interfaces(try Scratch.text(ofPackageFile: "dbus-policy/\(Self.name).xml"))
            #expect(file.keys.sorted() == ["Code1", "Manager1", "Session1"].map { "\(Self.name).\($0)" })
            for (node, interface) in [
                ("/org/entrain/Gateway1", "Manager1"), (path, "Session1"), ("\(path)/G1_02", "Code1"),
            ] {
                let name = "\(Self.name).\(interface)"
                let byGdbus = try await Program.run(
                    ["gdbus", "introspect", "--system", "--dest", Self.name, "--object-path", node, "--xml"],
                    environment: straps.environment)
                let byBusctl = try await Program.run([
                    "busctl", "--address=\(bus)", "introspect", "--xml-interface", Self.name, node,
                ])
                for answer in [byGdbus, byBusctl] {
                    #expect(answer.status == 0, "\(answer)")
                    #expect(interfaces(answer.output)[name] == file[name], "\(answer)")
                }
            }
            try await checkProperties(bus, session: path)
            let marked = try await Program.run([
                "busctl", "--address=\(bus)", "call", Self.name, path, "\(Self.name).Session1", "Mark", "ss", "seen",
                "G1-01",
            ])
            #expect(marked.status == 0, "\(marked)")
            try await running.waits {
                running.output.contains("G1-01 coach: \"seen\"") || running.output.contains("seen")
            }
            let stopped = try await Program.run(
                [
                    "gdbus", "call", "--system", "--dest", Self.name, "--object-path", path, "--method",
                    "\(Self.name).Session1.Stop",
                ], environment: straps.environment)
            #expect(stopped.output == "()\n", "\(stopped)")
            #expect(try await running.ended().status == 2)
        }

        private func checkProperties(_ bus: String, session path: String) async throws {
            for (node, interface, property, value) in [
                (path, "Session1", "Group", "s \"G1\"\n"), (path, "Session1", "PacerBreathsPerMinute", "d 6\n"),
                (path, "Session1", "Codes", "as 2 \"G1-01\" \"G1-02\"\n"),
                ("\(path)/G1_02", "Code1", "Code", "s \"G1-02\"\n"),
                ("/org/entrain/Gateway1", "Manager1", "Version", "s \"0.1.0\"\n"),
            ] {
                let answer = try await Program.run([
                    "busctl", "--address=\(bus)", "get-property", Self.name, node, "\(Self.name).\(interface)",
                    property,
                ])
                #expect(answer.output == value, "\(answer)")
            }
        }
    }
}
