import Glibc
import Testing

extension EndToEnd {
    @Suite("The example of docs/d-bus.md", .enabled(if: geteuid() == 0)) struct PythonExampleTests {
        static let library = "dbus-fast==5.2.0"

        let scratch: Scratch

        init() throws {
            scratch = try Scratch()
        }

        /// Where the library is that every account may read, made once and kept in an ignored folder; nil when PyPI
        /// cannot be reached.
        private func library() async throws -> String? {
            guard let python = try await python() else { return nil }
            let place = "import dbus_fast, os; print(os.path.dirname(dbus_fast.__file__))"
            let found = try await Program.run([python, "-c", place])
            let folder = try #require(found.lines.first, "\(found)")
            let readable = "mkdir -m 755 \"$2\" && cp -R \"$1\" \"$2\" && chmod -R a+rX \"$2\""
            // What lies in a clone may be shut to others.
            let copied = try await Program.run(["sh", "-c", readable, "sh", folder, scratch.path("library")])
            try #require(copied.status == 0, "\(copied)")
            return scratch.path("library")
        }

        /// The Python with the library; nil when PyPI cannot be reached.
        private func python() async throws -> String? {
            let folder = "\(PolicyBus.package)/.cache/d-bus-example"
            let python = "\(folder)/bin/python3"
            let wanted = Self.library.replacing("dbus-fast==", with: "")
            let check = "import importlib.metadata as m; assert m.version('dbus-fast') == '\(wanted)'"
            if access(python, X_OK) == 0, try await Program.run([python, "-c", check]).status == 0 { return python }
            let made = try await Program.run(["/usr/bin/python3", "-m", "venv", "--clear", folder])
            try #require(made.status == 0, "\(made)")
            let installed = try await Program.run([
                python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries", "1", Self.library,
            ])
            guard installed.status != 0 else { return python }
            let isOut = [
                "Failed to establish a new connection", "Name or service not known", "timed out", "ProxyError",
            ]
            .contains { installed.errors.contains($0) }
            try #require(isOut, "\(installed)")
            print("SKIPPED: the Python example of docs/d-bus.md, because PyPI cannot be reached:\n\(installed.errors)")
            return nil
        }

        /// The program between the fences.
        private func example() throws -> String {
            let text = try Scratch.text(ofPackageFile: "docs/d-bus.md")
            let parts = text.split(separator: "```")
            let program = try #require(parts.first { $0.hasPrefix("python\n") })
            return String(program.dropFirst("python\n".count))
        }

        @Test("a coach reads every code and marks the session; a student reads the own code, and nobody else anything")
        func running() async throws {
            guard let library = try await library() else { return }
            let python = ["env", "PYTHONPATH=\(library)", "/usr/bin/python3"]
            let room = try await Classroom(in: scratch)
            let program = try scratch.write(try example(), to: "example.py")
            try #require(chmod(program, 0o644) == 0)
            let coach = try await room.bus.run(as: .coach, python + [program, "12"])
            #expect(coach.status == 0 && coach.errors.isEmpty, "\(coach)")
            for code in ["G1-01", "G1-02"] {
                #expect(coach.lines.contains { $0.hasPrefix("\(code) ") && $0.contains("rate ") }, "\(coach)")
            }
            #expect(coach.lines.contains { !$0.contains("rate -") && !$0.contains("beats 0 ") }, "\(coach)")
            let ann = try await room.bus.run(as: .ann, python + [program, "5"])
            #expect(ann.status == 0 && ann.errors.isEmpty, "\(ann)")
            #expect(ann.lines.count >= 5 && ann.lines.allSatisfy { $0.hasPrefix("G1-01 ") }, "\(ann)")
            let eve = try await room.bus.run(as: .eve, python + [program, "1"])
            #expect(eve.status == 1 && eve.output.isEmpty, "\(eve)")
            #expect(eve.errors.contains("no session lets this account read anything"), "\(eve)")
            let bundle = try await room.end()
            #expect(bundle.text("markers.csv").contains("a Python program listens"))
        }
    }
}
