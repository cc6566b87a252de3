import DBus
import Glibc
import Testing
import Timekeeping

extension EndToEnd {
    @Suite("The gateway without a screen") struct GatewayCommandTests {
        static let name = "org.entrain.Gateway1"
        static let root = "/org/entrain/Gateway1"

        let scratch: Scratch
        let data: String

        init() throws {
            scratch = try Scratch()
            data = scratch.path("data")
        }

        /// Starts a session as any program does, by busctl.
        private func startSession(_ bus: String, _ words: String...) async throws -> Program.Ending {
            try await Program.run(
                ["busctl", "--address=\(bus)", "call", Self.name, Self.root, "\(Self.name).Manager1", "StartSession"]
                    + ["sa{sv}"] + words)
        }

        private func isRunning(_ state: String) async throws -> Bool {
            try await SessionList(data: data).states == [state]
        }

        @Test("it tells the service manager that it is ready, that it lives and how it fares, and that it ends")
        func notifying() async throws {
            let bus = try await PrivateBus.start()
            defer { bus.stop() }
            let manager = try NotifySocket(scratch.path("notify"))
            let gateway = try Program(
                [Program.binary, "gateway", "--data", data],
                environment: [
                    "DBUS_SYSTEM_BUS_ADDRESS": bus.address, "NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": "100000",
                ])
            var told: [String] = []
            try await gateway.waits {
                told += manager.told()
                return told.count { $0 == "WATCHDOG=1" } >= 5
            }
            #expect(told.first == "READY=1\nSTATUS=waiting for the Bluetooth service; 0 sessions run")
            let bluetooth = try await Connection.open(.address(bus.address), clock: MachineClock())
            try await bluetooth.requestName("org.bluez")
            try await gateway.waits {
                told += manager.told()
                return told.contains("STATUS=0 sessions run")
            }
            await bluetooth.close()
            try await gateway.waits {
                told += manager.told()
                return told.last { $0.hasPrefix("STATUS") }
                    == "STATUS=waiting for the Bluetooth service; 0 sessions run"
            }
            gateway.send(SIGTERM)
            #expect(try await gateway.ended().status == 0)
            #expect(manager.told().contains("STOPPING=1"))
        }

        @Test("sessions come over the bus with the same checks, outlive bluetoothd's restart, and end with the gateway")
        func sessions() async throws {
            let scenario = try scratch.write(Self.restart, to: "room.yaml")
            let straps = try await Simulation(scenario: scenario, speed: 10, in: scratch)
            let bus = try #require(straps.environment["DBUS_SYSTEM_BUS_ADDRESS"])
            let gateway = try straps.entrain("gateway", "--data", data)
            try await gateway.waits { gateway.errors.contains("takes sessions on the system bus") }
            let unasked = try await startSession(bus, "G1", "2", "Size", "i", "2", "Any", "b", "true")
            #expect(unasked.status != 0, "\(unasked)")
            #expect(unasked.errors.contains("2 of 2 students have no consent on record: G1-01, G1-02"), "\(unasked)")
            for (words, text) in [
                (["G1", "1", "Speed", "i", "2"], "there is no option Speed"),
                (["G1", "1", "Any", "s", "yes"], "Any is true or false"), (["G 1", "0"], "G 1"),
                (["G1", "1", "Script", "s", "/etc/passwd"], "there is no script /etc/passwd here"),
                (["G1", "1", "Without", "as", "1", "--data"], "--data"),
            ] {
                let refused = try await Program.run(
                    [
                        "busctl", "--address=\(bus)", "call", Self.name, Self.root, "\(Self.name).Manager1",
                        "StartSession", "sa{sv}", "--",
                    ] + words)
                #expect(refused.status != 0 && refused.errors.contains(text), "\(refused)")
            }
            let started = try await startSession(
                bus, "G1", "4", "Size", "i", "2", "Any", "b", "true", "ConsentOnPaper", "b", "true", "Minutes", "d",
                "60")
            #expect(started.status == 0, "\(started)")
            let name = try #require(try await SessionList(data: data).only)
            let element = name.replacing("-", with: "_")
            #expect(started.output == "so \"\(Self.name).Session_\(element)\" \"\(Self.root)/session/\(element)\"\n")
            let list = try await Program.run([
                "busctl", "--address=\(bus)", "call", Self.name, Self.root, "\(Self.name).Manager1", "ListSessions",
            ])
            #expect(list.output.hasPrefix("a(so) 1 \"\(Self.name).Session_"), "\(list)")
            let again = try await startSession(bus, "G1", "1", "Any", "b", "true")
            #expect(again.errors.contains("a session of G1 is running already"), "\(again)")
            let address = BusAddress.address(bus)
            let watcher = try await Connection.open(address, clock: MachineClock())
            // Gone and back: the scenario restarts bluetoothd once, and beats go on after it.
            try await gateway.waits { try await watcher.ownerOf("org.bluez") == nil }
            try await gateway.waits { try await watcher.ownerOf("org.bluez") != nil }
            await watcher.close()
            let before = try straps.truth().notifications.count
            try await gateway.waits { try straps.truth().notifications.count > before + 40 }
            #expect(try await isRunning("running"))
            gateway.send(SIGTERM)
            let ending = try await gateway.ended()
            #expect(ending.status == 0, "\(ending)")
            #expect(try await isRunning("ended"))
            let bundle = try await Bundle(of: name, data: data, in: scratch)
            let kept = try bundle.intervalsByStrap()
            for (strap, sent) in try straps.truth().byStrap { #expect(kept[strap] == sent.map(\.rr_1024), "\(strap)") }
            #expect(try await straps.whatGoesOn() == [])
        }

        private static let restart = """
            straps: 2
            faults:
              - {at_s: 150, kind: daemon_restart, for_s: 10}
            """

        @Test(
            "a session that is asked for while bluetoothd is away begins once it is back, and is refused if it stays away"
        )
        func waiting() async throws {
            let scenario = try scratch.write(
                "straps: 1\nfaults:\n  - {at_s: 50, kind: daemon_restart, for_s: 20}\n", to: "room.yaml")
            let straps = try await Simulation(scenario: scenario, speed: 10, in: scratch)
            let bus = try #require(straps.environment["DBUS_SYSTEM_BUS_ADDRESS"])
            let gateway = try straps.entrain("gateway", "--data", data)
            try await gateway.waits { gateway.errors.contains("takes sessions on") }
            let watcher = try await Connection.open(.address(bus), clock: MachineClock())
            try await gateway.waits { try await watcher.ownerOf("org.bluez") == nil }
            let started = try await startSession(
                bus, "G1", "3", "Size", "i", "1", "Any", "b", "true", "ConsentOnPaper", "b", "true")
            #expect(started.status == 0, "\(started)")
            let isBack = try await watcher.ownerOf("org.bluez") != nil
            #expect(isBack)
            await watcher.close()
            gateway.send(SIGTERM)
            #expect(try await gateway.ended().status == 0)
            let lonely = try await PrivateBus.start()
            defer { lonely.stop() }
            let other = try Program(
                [Program.binary, "gateway", "--data", data],
                environment: ["DBUS_SYSTEM_BUS_ADDRESS": lonely.address])
            try await other.waits { other.errors.contains("takes sessions on") }
            let refused = try await startSession(
                lonely.address, "G1", "2", "Any", "b", "true", "ConsentOnPaper", "b", "true")
            #expect(refused.errors.contains("The Bluetooth service (bluetoothd) does not run"), "\(refused)")
        }

        @Test("a second gateway is refused, a session beside it is led as ever, and the name goes to the gateway")
        func names() async throws {
            let straps = try await Simulation(straps: 1, speed: 5, in: scratch)
            let bus = try #require(straps.environment["DBUS_SYSTEM_BUS_ADDRESS"])
            let session = try straps.entrain(
                "session", "start", "G1", "--size", "1", "--any", "--consent-on-paper", "--minutes", "60", "--screen",
                "plain", "--data", data)
            let watcher = try await Connection.open(.address(bus), clock: MachineClock())
            try await session.waits { try await watcher.processOf(Self.name) == Int(session.identifier) }
            let early = try await startSession(bus, "G2", "0")
            #expect(early.errors.contains("no gateway runs here"), "\(early)")
            let gateway = try straps.entrain("gateway", "--data", scratch.path("other"))
            try await session.waits { try await watcher.processOf(Self.name) == Int(gateway.identifier) }
            let second = try straps.entrain("gateway", "--data", scratch.path("other"))
            let refused = try await second.ended()
            #expect(refused.status == 1 && refused.errors.contains("a gateway runs already"), "\(refused)")
            gateway.send(SIGINT)
            #expect(try await gateway.ended().status == 0)
            try await session.waits { try await watcher.processOf(Self.name) == Int(session.identifier) }
            let stopped = try await Program.entrain("session", "stop", "--data", data)
            #expect(stopped.status == 0, "\(stopped)")
            #expect(try await session.ended().status == 2)
            await watcher.close()
        }

        @Test("the bus starts it when somebody calls it")
        func activation() async throws {
            let folder = scratch.path("services")
            try #require(mkdir(folder, 0o755) == 0)
            // The shipped file, with the built program in place of the installed one and no change of account.
            let shipped = try Scratch.text(ofPackageFile: "dbus-policy/\(Self.name).service")
            #expect(shipped.contains("Exec=/usr/bin/entrain gateway\n"))
            let file = shipped.replacing("/usr/bin/entrain gateway", with: "\(Program.binary) gateway --data \(data)")
                .split(separator: "\n").filter { !$0.hasPrefix("User=") && !$0.hasPrefix("SystemdService=") }
            _ = try scratch.write(file.joined(separator: "\n") + "\n", to: "services/\(Self.name).service")
            let configuration = """
                <busconfig>
                  <type>session</type>
                  <listen>unix:tmpdir=/tmp</listen>
                  <servicedir>\(folder)</servicedir>
                  <auth>EXTERNAL</auth>
                  <policy context="default">\(PolicyTests.Surroundings.open.rawValue)</policy>
                </busconfig>
                """
            let bus = try await PrivateBus.start(.file(try scratch.write(configuration, to: "bus.conf")))
            defer { bus.stop() }
            let answer = try await Program.run([
                "dbus-send", "--bus=\(bus.address)", "--print-reply", "--dest=\(Self.name)", Self.root,
                "\(Self.name).Manager1.ListSessions",
            ])
            #expect(answer.status == 0 && answer.output.contains("array ["), "\(answer)")
            let watcher = try await Connection.open(.address(bus.address), clock: MachineClock())
            let process = try #require(try await watcher.processOf(Self.name))
            #expect(kill(pid_t(process), SIGTERM) == 0)
            let limit = ContinuousClock.now.advanced(by: Program.patience)
            while try await watcher.ownerOf(Self.name) != nil, ContinuousClock.now < limit {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(try await watcher.ownerOf(Self.name) == nil)
            await watcher.close()
        }

        @Test("without a bus that lets it own the name it says what to do")
        func noBus() async throws {
            let ending = try await Program.entrain(
                "gateway", "--data", data, environment: ["ENTRAIN_SERVICE_BUS": "unix:path=\(scratch.path("nobody"))"])
            #expect(ending.status == 1 && ending.errors.contains("connecting to the bus"), "\(ending)")
        }
    }
}
