import DBus
import Glibc
import Testing
import Timekeeping

extension EndToEnd {
    @Suite("entrain doctor") struct DoctorTests {
        let scratch: Scratch

        init() throws { scratch = try Scratch() }

        @Test("among virtual straps nothing fails, and the exit status is 0")
        func health() async throws {
            let ending = try await Program.entrain(
                "sim", "--straps", "8", "--", Program.binary, "doctor", "--data", scratch.path("data"))
            #expect(ending.status == 0, "\(ending)")
            for line in [
                " ok    Message bus              reached",
                " ok    Adapter hci0             on, LE, 8 links (it says so)",
                " ok    Links                    room for 8 straps: hci0 holds 8",
                " ok    Terminal                 none: sessions write plain lines",
            ] { #expect(ending.lines.contains(line), "\(line)\n\(ending)") }
            #expect(!ending.output.contains("FAIL") && ending.errors.isEmpty, "\(ending)")
            #expect(access(scratch.path("data"), F_OK) != 0, "looking makes no folder")
        }

        @Test("without a bus it fails, says the next step, and still looks at the rest")
        func noBus() async throws {
            let ending = try await Program.entrain(
                "doctor", "--data", scratch.path("data"),
                environment: ["DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere/bus"])
            #expect(ending.status == 1, "\(ending)")
            #expect(ending.lines.first?.hasPrefix(" FAIL  Message bus ") == true, "\(ending)")
            #expect(ending.output.contains("-> sudo systemctl start dbus"), "\(ending)")
            #expect(ending.lines.contains { $0.hasPrefix(" ok    Disk ") }, "\(ending)")
            #expect(ending.lines.last?.hasPrefix(" 1 failure") == true, "\(ending)")
            #expect(ending.lines.last?.hasSuffix("Details: entrain doctor --json") == true, "\(ending)")
            #expect(ending.errors.isEmpty, "\(ending)")
        }

        @Test("a bus without the Bluetooth service is told from one that cannot be reached")
        func noService() async throws {
            let bus = try await PrivateBus.start()
            defer { bus.stop() }
            let ending = try await Program.entrain(
                "doctor", "--json", "--data", scratch.path("data"),
                environment: ["DBUS_SYSTEM_BUS_ADDRESS": bus.address])
            #expect(ending.status == 1, "\(ending)")
            let report = try JSON(ending.output)
            #expect(report["facts"]?["bluetooth"]?["reach"] == .string("no service"))
            let failed = report["findings"]?.elements.filter { $0["status"] == .string("fail") } ?? []
            #expect(failed.map { $0["subject"] } == [.string("Bluetooth service")], "\(ending)")
            #expect(failed.first?["advice"]?.string?.contains("systemctl start bluetooth") == true, "\(ending)")
        }

        @Test("an account that the bus keeps from the Bluetooth service is told how to be let in")
        func denied() async throws {
            let configuration = try scratch.write(
                """
                <busconfig>
                  <type>session</type>
                  <listen>unix:tmpdir=/tmp</listen>
                  <auth>EXTERNAL</auth>
                  <policy context="default">
                    <allow user="*"/><allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/>
                    <deny send_destination="org.bluez"/>
                  </policy>
                </busconfig>
                """, to: "bus.conf")
            let bus = try await PrivateBus.start(.file(configuration))
            defer { bus.stop() }
            let owner = try await Connection.open(.address(bus.address), clock: MachineClock())
            try await owner.requestName("org.bluez")
            let ending = try await Program.entrain(
                "doctor", "--data", scratch.path("data"), environment: ["DBUS_SYSTEM_BUS_ADDRESS": bus.address])
            await owner.close()
            #expect(ending.status == 1, "\(ending)")
            #expect(ending.lines.contains { $0.hasPrefix(" FAIL  May use Bluetooth        your account may not") })
            #expect(ending.output.contains("-> sudo usermod -aG bluetooth $USER, then log in again"), "\(ending)")
        }

        @Test("a group that is larger than the links, and an adapter that is off, are warnings with the next step")
        func crowd() async throws {
            let data = scratch.path("data")
            let made = try await Program.entrain("group", "new", "G1", "--size", "8", "--data", data)
            try #require(made.status == 0, "\(made)")
            let room = try scratch.write(
                "adapters:\n  - {name: hci0, slots: 5}\n  - {name: hci1, powered: false}\nstraps: 1\n", to: "room.yaml")
            let ending = try await Program.entrain(
                "sim", "--scenario", room, "--", Program.binary, "doctor", "--data", data)
            #expect(ending.status == 0, "\(ending)")
            #expect(
                ending.output.contains(
                    """
                     warn  Links                    hci0 holds 5 at once; G1 has 8 straps
                                                    -> turn on hci1 too: bluetoothctl power on

                    """), "\(ending)")
            #expect(ending.lines.contains(" warn  Adapter hci1             off"), "\(ending)")
            #expect(ending.output.contains("Data folder              \(data), 0700"), "\(ending)")
        }

        @Test("adapters that are all off are a failure")
        func off() async throws {
            let room = try scratch.write("adapters:\n  - {name: hci0, powered: false}\nstraps: 1\n", to: "off.yaml")
            let ending = try await Program.entrain(
                "sim", "--scenario", room, "--", Program.binary, "doctor", "--json", "--data", scratch.path("data"))
            #expect(ending.status == 1, "\(ending)")
            #expect(try JSON(ending.output)["failures"] == .number(1), "\(ending)")
        }

        @Test("a folder that others can look into is told of and left as it is")
        func openFolder() async throws {
            let data = scratch.path("data")
            let made = try await Program.entrain("group", "new", "G1", "--size", "8", "--data", data)
            try #require(made.status == 0, "\(made)")
            chmod(data, 0o755)
            let ending = try await Program.entrain(
                "sim", "--straps", "1", "--", Program.binary, "doctor", "--data", data)
            #expect(ending.output.contains("is 0755: other"), "\(ending)")
            #expect(ending.output.contains("-> chmod 700 \(data)\n"), "\(ending)")
            #expect(try scratch.rights(of: "data") == "755")
        }

        @Test("a file that is no database is a failure in a sentence")
        func damaged() async throws {
            let data = scratch.path("data")
            mkdir(data, 0o700)
            _ = try scratch.write(String(repeating: "no database ", count: 1000), to: "data/entrain.sqlite")
            chmod("\(data)/entrain.sqlite", 0o600)
            let ending = try await Program.entrain(
                "sim", "--straps", "1", "--", Program.binary, "doctor", "--data", data)
            #expect(ending.status == 1, "\(ending)")
            #expect(ending.lines.contains { $0.hasPrefix(" FAIL  Data folder ") }, "\(ending)")
        }
    }
}
