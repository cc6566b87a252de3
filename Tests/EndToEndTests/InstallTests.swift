import FoundationEssentials
import Testing

extension EndToEnd {
    @Suite("Installing") struct InstallTests {
        let scratch: Scratch

        init() throws {
            scratch = try Scratch()
        }

        private func make(_ target: String, _ settings: String...) async throws -> Program.Ending {
            try await Program.run(["make", "-s", "-C", PolicyBus.package, target] + settings)
        }

        private func files() async throws -> [String] {
            let found = try await Program.run(["find", scratch.path("root"), "-type", "f", "-printf", "%P %m\\n"])
            return found.lines.sorted()
        }

        @Test("every file is where Debian expects it, and all are gone again", arguments: ["/usr", "/usr/local"])
        func installing(prefix: String) async throws {
            let root = scratch.path("root")
            let settings = ["DESTDIR=\(root)", "PREFIX=\(prefix)"]
            let installed = try await make("install", settings[0], settings[1], "BINARY=\(Program.binary)")
            #expect(installed.status == 0, "\(installed)")
            let below = String(prefix.dropFirst())
            let zsh = prefix == "/usr" ? "vendor-completions" : "site-functions"
            let written = try await Program.entrain("man", "--to", scratch.path("man"))
            try #require(written.status == 0, "\(written)")
            let pages = try scratch.files(in: "man")
            let expected = [
                "\(below)/bin/entrain 755", "\(below)/lib/systemd/system/entrain.service 644",
                "\(below)/lib/sysusers.d/entrain.conf 644",
                "\(below)/share/bash-completion/completions/entrain 644",
                "\(below)/share/dbus-1/interfaces/org.entrain.Gateway1.xml 644",
                "\(below)/share/dbus-1/system-services/org.entrain.Gateway1.service 644",
                "\(below)/share/dbus-1/system.d/org.entrain.Gateway1.conf 644",
                "\(below)/share/fish/vendor_completions.d/entrain.fish 644", "\(below)/share/zsh/\(zsh)/_entrain 644",
            ]
            #expect(try await files() == (expected + pages.map { "\(below)/share/man/man1/\($0).gz 644" }).sorted())
            let version = try await Program.run(["\(root)\(prefix)/bin/entrain", "--version"])
            #expect(version.status == 0 && version.output.hasPrefix("entrain "), "\(version)")
            let unit = scratch.text("root/\(below)/lib/systemd/system/entrain.service")
            #expect(unit.contains("ExecStart=\(prefix)/bin/entrain gateway\n"))
            let service = scratch.text("root/\(below)/share/dbus-1/system-services/org.entrain.Gateway1.service")
            #expect(service.contains("Exec=\(prefix)/bin/entrain gateway\n"))
            let removed = try await make("uninstall", settings[0], settings[1])
            #expect(removed.status == 0, "\(removed)")
            #expect(try await files() == [])
        }

        @Test("pages of the manual are packed without name and date, and every shell gets its completions")
        func manualAndCompletions() async throws {
            let root = scratch.path("root")
            #expect(try await make("install", "DESTDIR=\(root)", "BINARY=\(Program.binary)").status == 0)
            let page = "\(root)/usr/share/man/man1/entrain-session-start.1.gz"
            let packed = try #require(FileManager.default.contents(atPath: page))
            // RFC 1952: no flags, so no name; no moment.
            #expect(packed[3..<8].allSatisfy { $0 == 0 })
            let unpacked = try await Program.run(["gzip", "-dc", page])
            #expect(unpacked.output == (try await Program.entrain("man", "session", "start")).output)
            let share = "root/usr/share"
            #expect(scratch.text("\(share)/zsh/vendor-completions/_entrain").hasPrefix("#compdef entrain"))
            #expect(scratch.text("\(share)/fish/vendor_completions.d/entrain.fish").contains("complete -c 'entrain'"))
            let bash = try await Program.run([
                "bash", "-c", "source \(root)/usr/share/bash-completion/completions/entrain && complete -p entrain",
            ])
            #expect(bash.status == 0 && bash.output.contains("-F _entrain entrain"), "\(bash)")
        }

        @Test("without a program there is nothing to install, and it says how to build one")
        func nothing() async throws {
            let ending = try await make("install", "DESTDIR=\(scratch.path("root"))", "BINARY=\(scratch.path("none"))")
            #expect(ending.status != 0 && ending.output.contains("Build it first:  make build"), "\(ending)")
        }

        @Test("the unit is as closed as asked for, and systemd understands it")
        func unit() async throws {
            let unit = "\(PolicyBus.package)/dbus-policy/entrain.service"
            let closed = try await Program.run([
                "systemd-analyze", "security", "--offline=yes", "--no-pager", "--threshold=20", unit,
            ])
            #expect(closed.status == 0, "\(closed)")
            let line = try #require(closed.lines.first { $0.contains("Overall exposure level") }, "\(closed)")
            let level = line.split(separator: " ").compactMap { Double($0) }.first
            #expect(try #require(level) <= 2.0, "\(line)")
            let text = try Scratch.text(ofPackageFile: "dbus-policy/entrain.service")
            for setting in [
                "Type=notify", "CapabilityBoundingSet=\n", "AmbientCapabilities=\n", "StateDirectoryMode=0700",
                "RestrictAddressFamilies=AF_UNIX AF_BLUETOOTH\n",
            ] {
                #expect(text.contains(setting))
            }
            let root = scratch.path("root")
            #expect(try await make("install", "DESTDIR=\(root)", "BINARY=\(Program.binary)").status == 0)
            let verified = try await Program.run(["systemd-analyze", "verify", "--root=\(root)", "entrain.service"])
            let ours = verified.errors.split(separator: "\n").filter { $0.contains("system/entrain.service:") }
            #expect(ours.isEmpty, "\(verified)")
        }
    }
}
