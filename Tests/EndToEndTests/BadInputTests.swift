import DBus
import Glibc
import Testing
import Timekeeping

extension EndToEnd {
    @Suite("What goes wrong") struct BadInputTests {
        let scratch: Scratch

        init() throws {
            scratch = try Scratch()
            let files = [
                "empty.txt": "", "garbled.txt": "hello\nworld\n", "nobody.yaml": "straps: []\n",
                "off.yaml": "straps: 2\nadapters:\n  - {name: hci0, powered: false}\n",
                "unknown-key.yaml": "straps: 2\nfoo: 3\n", "no-yaml.yaml": "straps: [\n",
            ]
            for (name, text) in files { _ = try scratch.write(text, to: name) }
        }

        @Test("it is said in a sentence, with what to do next", arguments: Mishap.plain)
        func plain(mishap: Mishap) async throws {
            mishap.check(try await mishap.happen(in: scratch), in: scratch)
        }

        @Test("among straps it is said in a sentence, with what to do next", arguments: Mishap.simulated)
        func simulated(mishap: Mishap) async throws {
            let made = try await Program.entrain("group", "new", "G1", "--size", "2", "--data", scratch.path("data"))
            try #require(made.status == 0, "\(made)")
            var ending = try await mishap.happen(in: scratch)
            // What a session that was held says of where it is kept comes first.
            if let kept = ending.errors.wholeMatch(of: /Kept as .*\n  entrain export .*\n(entrain: (?s:.*))/) {
                ending.errors = String(kept.1)
            }
            mishap.check(ending, in: scratch)
        }

        @Test("a bus without bluetoothd, without an adapter, or that forbids the account are told apart")
        func bus() async throws {
            let bus = try await PrivateBus.start(.file(try scratch.write(Self.forbidding, to: "bus.conf")))
            defer { bus.stop() }
            let forbidding = ["DBUS_SYSTEM_BUS_ADDRESS": bus.address]
            let open = try await PrivateBus.start()
            defer { open.stop() }
            let environment = ["DBUS_SYSTEM_BUS_ADDRESS": open.address]

            let scan = Mishap("strap scan --data %/data", 3, "bluetoothd", "sudo systemctl start bluetooth")
            scan.check(try await scan.happen(in: scratch, environment: environment), in: scratch)

            let service = try await Connection.open(.address(open.address), clock: MachineClock())
            await service.manageObjects()
            try await service.requestName("org.bluez")
            let noAdapter = Mishap("strap scan --data %/data", 3, "no Bluetooth adapter", "bluetoothctl list")
            noAdapter.check(try await noAdapter.happen(in: scratch, environment: environment), in: scratch)
            await service.close()

            let guarded = try await Connection.open(.address(bus.address), clock: MachineClock())
            await guarded.manageObjects()
            try await guarded.requestName("org.bluez")
            let barred = Mishap("strap scan --data %/data", 3, "may not", "usermod -aG bluetooth", "log in again")
            barred.check(try await barred.happen(in: scratch, environment: forbidding), in: scratch)
            await guarded.close()
        }

        @Test("an export that cannot be written says so, and leaves no half file")
        func export() async throws {
            let data = scratch.path("data")
            let session = try await Program.entrain(
                "sim", "--straps", "1", "--speed", "30", "--", "entrain", "session", "start", "G1", "--size", "1",
                "--any", "--consent-on-paper", "--minutes", "0.5", "--screen", "off", "--data", data)
            try #require(session.status == 0, "\(session)")
            let name = try #require(try await SessionList(data: data).only)
            let mishaps = [
                Mishap("export \(name) --to %/empty.txt --data %/data", 1, "%/empty.txt is a file", "--to"),
                Mishap("export \(name) --to %/empty.txt/out --data %/data", 1, "%/empty.txt", "--to"),
                Mishap("export \(name) --to /proc/entrain --data %/data", 1, "/proc/entrain", "--to"),
                Mishap("export \(name) 20200101-G9 --to %/out --data %/data", 4, "no session 20200101-G9"),
            ]
            for mishap in mishaps { mishap.check(try await mishap.happen(in: scratch), in: scratch) }
            #expect(scratch.text("empty.txt").isEmpty)
            #expect(try scratch.files(in: "").contains("out") == false)
            guard let disk = TinyDisk(in: scratch, kilobytes: 8) else { return }
            let full = Mishap("export \(name) --to %/disk/out --data %/data", 1, "No space left", "--to")
            full.check(try await full.happen(in: scratch), in: scratch)
            #expect(try scratch.files(in: "disk").isEmpty)
            withExtendedLifetime(disk) {}
        }

        @Test("a simulation ends with its command's status", arguments: [0, 1, 42])
        func status(number: Int) async throws {
            let ending = try await Program.entrain("sim", "--straps", "1", "--", "sh", "-c", "exit \(number)")
            #expect(ending.status == Int32(number) && ending.output.isEmpty && ending.errors.isEmpty, "\(ending)")
        }

        /// A bus on which org.bluez may be served, and nobody may talk to it.
        private static let forbidding = """
            <busconfig>
              <type>session</type>
              <listen>unix:tmpdir=/tmp</listen>
              <policy context="default">
                <allow send_destination="*"/>
                <allow receive_sender="*"/>
                <allow own="*"/>
                <deny send_destination="org.bluez"/>
              </policy>
            </busconfig>
            """
    }
}
