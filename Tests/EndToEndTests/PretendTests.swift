import DBus
import Glibc
import HeartRate
import Testing
import Timekeeping
import VirtualStraps

extension EndToEnd {
    /// The binary as a strap, on the virtual org.bluez; the test asks for beats as bluetoothd does for a central.
    @Suite("entrain strap pretend") struct PretendTests {
        private static let measurement = "00002a37-0000-1000-8000-00805f9b34fb"
        private static let warning = "Pretended heart, not a person"

        /// A bus with an adapter that makes so many advertisements at once, ten times as fast as life.
        private func withBus(
            advertisements: UInt8 = 4, _ body: (Simulator, [String: String]) async throws -> Void
        ) async throws {
            var scenario = Scenario.standard(straps: 0)
            scenario.adapters[0].advertisements = advertisements
            let simulator = try await Simulator.start(scenario: scenario, clock: MachineClock(rate: 10))
            let environment = [
                "DBUS_SYSTEM_BUS_ADDRESS": simulator.busAddress, "ENTRAIN_CLOCK_RATE": "10",
            ]
            do {
                try await body(simulator, environment)
            } catch {
                await simulator.stop()
                throw error
            }
            await simulator.stop()
        }

        private func pretend(
            _ arguments: String..., environment: [String: String], terminal: PseudoTerminal? = nil
        ) throws -> Program {
            try Program(
                [Program.binary, "strap", "pretend"] + arguments, environment: environment, terminal: terminal)
        }

        /// Calls the strap as bluetoothd does.
        private func call(
            _ connection: Connection, _ strap: VirtualPeripheral, _ member: String
        ) async throws {
            let path = try #require(strap.characteristic(Self.measurement))
            try await connection.call(
                MethodCall(
                    destination: strap.client, path: path, interface: "org.bluez.GattCharacteristic1",
                    member: member))
        }

        /// Waits until a strap can be found.
        private func found(_ simulator: Simulator, _ program: Program) async throws -> VirtualPeripheral {
            try await program.waits { program.output.contains("adverti") || program.output.contains("can find it") }
            let peripherals = await simulator.peripherals()
            return try #require(peripherals.first { $0.advertisement != nil }, "\(peripherals)")
        }

        @Test("another computer gets what the strap says it sends, for as long as it was told to be there")
        func journey() async throws {
            try await withBus { simulator, environment in
                let program = try pretend(
                    "--name", "Entrain P1", "--pacer", "6", "--seed", "7", "--seconds", "40", "--json",
                    environment: environment)
                let strap = try await found(simulator, program)
                #expect(strap.advertisement?["LocalName"] == .string("Entrain P1"))
                let connection = try await Connection.open(.address(simulator.busAddress), clock: MachineClock())
                let changes = try await connection.signals([
                    MatchRule(sender: strap.client, path: strap.characteristic(Self.measurement))
                ])
                try await call(connection, strap, "StartNotify")
                let ending = try await program.ended()
                await connection.close()
                var values: [[UInt8]] = []
                for await change in changes {
                    if let bytes = change.arguments[1].properties?["Value"]?.bytes { values.append(bytes) }
                }
                #expect(ending.status == 0 && ending.errors.isEmpty, "\(ending)")
                let lines = try ending.lines.map { try JSON($0) }
                #expect(lines.allSatisfy { $0["pretended"] == .bool(true) && $0["strap"] == .string("Entrain P1") })
                #expect(lines.prefix(2).compactMap { $0["type"]?.string } == ["advertising", "listening"])
                let packets = lines.filter { $0["type"] == .string("packet") }
                #expect(lines.last?["type"] == .string("ended"), "\(ending)")
                #expect(lines.last?["packets"] == .number(Double(packets.count)), "\(ending)")
                #expect((30...42).contains(packets.count), "\(ending)")
                #expect(packets.compactMap { $0["hex"]?.string } == values.map { $0.map(Self.hex).joined() })
                #expect(packets.map { $0["seq"] } == (1...packets.count).map { .number(Double($0)) })
                for (packet, bytes) in zip(packets, values) {
                    let measurement = try Measurement(bytes: bytes)
                    #expect(packet["heart_rate"] == .number(Double(measurement.heartRate)))
                    #expect(
                        packet["rr_1024"]?.elements.compactMap(\.number) == measurement.rrTicks.map { Double($0) })
                }
                #expect(await simulator.peripherals().isEmpty, "nothing stays registered")
            }
        }

        private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

        @Test("Ctrl-C and SIGTERM take the strap off the air and end with 0", arguments: [SIGINT, SIGTERM])
        func stopped(signal: Int32) async throws {
            try await withBus { simulator, environment in
                let program = try pretend(environment: environment)
                _ = try await found(simulator, program)
                program.send(signal)
                let ending = try await program.ended()
                #expect(ending.status == 0 && ending.errors.isEmpty, "\(ending)")
                #expect(ending.lines.first?.hasPrefix("Entrain Pretend. \(Self.warning)") == true, "\(ending)")
                #expect(ending.lines.last?.contains("0 beats in 0 packets. \(Self.warning)") == true, "\(ending)")
                #expect(await simulator.peripherals().isEmpty, "nothing stays registered")
            }
        }

        @Test("a terminal shows one line that says how the strap fares")
        func terminal() async throws {
            try await withBus { simulator, environment in
                let terminal = try PseudoTerminal(columns: 100, rows: 24)
                let program = try pretend("--pacer", "6", environment: environment, terminal: terminal)
                var shown = ""
                try await program.waits {
                    shown += terminal.shown()
                    return shown.contains("nobody listens")
                }
                let strap = try #require(await simulator.peripherals().first)
                let connection = try await Connection.open(.address(simulator.busAddress), clock: MachineClock())
                try await call(connection, strap, "StartNotify")
                try await program.waits {
                    shown += terminal.shown()
                    return shown.contains("listened to · 3 beats sent") || shown.contains("listened to · 4 beats sent")
                }
                #expect(shown.contains("Pretended heart · on hci0 · ") && shown.contains(" bpm · pacer 6/min · "))
                await connection.close()
                program.send(SIGINT)
                let ending = try await program.ended()
                #expect(ending.status == 0, "\(ending)")
            }
        }

        @Test("an adapter without a free advertisement is exit status 3, and the strap that has it stays")
        func slotsTaken() async throws {
            try await withBus(advertisements: 1) { simulator, environment in
                let first = try pretend("--name", "Entrain P1", environment: environment)
                _ = try await found(simulator, first)
                let second = try await pretend("--name", "Entrain P2", environment: environment).ended()
                #expect(second.status == 3 && second.output.isEmpty, "\(second)")
                #expect(second.errors.contains("hci0 makes as many advertisements as it can"), "\(second)")
                #expect(second.errors.contains("entrain strap pretend --adapter hci1"), "\(second)")
                let left = await simulator.peripherals().map { $0.advertisement?["LocalName"] }
                #expect(left == [.string("Entrain P1")])
            }
        }

        @Test("an adapter that cannot advertise is exit status 3")
        func cannotAdvertise() async throws {
            try await withBus(advertisements: 0) { _, environment in
                let ending = try await pretend(environment: environment).ended()
                #expect(ending.status == 3 && ending.errors.contains("hci0 cannot advertise"), "\(ending)")
            }
        }

        @Test("a bus that dies is exit status 3")
        func busGone() async throws {
            try await withBus { simulator, environment in
                let program = try pretend(environment: environment)
                _ = try await found(simulator, program)
                await simulator.stop()
                let ending = try await program.ended()
                #expect(ending.status == 3 && ending.errors.contains("The message bus went away"), "\(ending)")
            }
        }

        @Test("attributes come in one order, whoever reads them, so that handles are the same each time")
        func order() async throws {
            try await withBus { simulator, environment in
                let program = try pretend(environment: environment)
                let strap = try await found(simulator, program)
                let ending = try await Program.run([
                    "dbus-send", "--bus=\(simulator.busAddress)", "--print-reply", "--dest=\(strap.client)",
                    "/org/entrain/strap/application", "org.freedesktop.DBus.ObjectManager.GetManagedObjects",
                ])
                #expect(ending.status == 0, "\(ending)")
                let paths = ending.lines.compactMap { line in
                    line.split(separator: "\"").first { $0.hasPrefix("/org/entrain/strap/application/") }.map(
                        String.init)
                }
                var seen: [String] = []
                for path in paths where !seen.contains(path) { seen.append(path) }
                #expect(seen.count == 10 && seen == seen.sorted(), "\(ending)")
            }
        }

        @Test(
            "what cannot be is a usage error that says what can",
            arguments: [
                (["--name", "Straps für den großen Hörsaal"], "32 bytes, and an advertisement holds 29"),
                (["--name", ""], "Give the strap a name"), (["--pacer", "2"], "from 3 to 20, or off"),
                (["--heart-rate", "20"], "from 30 to 200"), (["--seconds", "0"], "more than 0"),
                (["--adapter", "usb1"], "is not the name of an adapter"),
            ])
        func usage(arguments: [String], words: String) async throws {
            let ending = try await Program.run([Program.binary, "strap", "pretend"] + arguments)
            #expect(ending.status == 64 && ending.errors.contains(words), "\(ending)")
        }
    }
}
