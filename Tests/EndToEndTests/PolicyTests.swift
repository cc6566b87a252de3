import DBus
import Glibc
import Testing
import Timekeeping

extension EndToEnd {
    @Suite("The bus policy of org.entrain.Gateway1", .enabled(if: geteuid() == 0)) struct PolicyTests {
        static let name = "org.entrain.Gateway1"

        /// What the rest of the bus allows everybody.
        enum Surroundings: String, CaseIterable, Sendable {
            /// Everything: what is forbidden, our file forbids.
            case open = "<allow own=\"*\"/><allow send_destination=\"*\"/><allow receive_sender=\"*\"/>"
            /// What Debian's system.conf allows: what is allowed beyond, our file allows.
            case system = """
                <deny own="*"/><deny send_type="method_call"/><allow send_type="signal"/>
                <allow send_requested_reply="true" send_type="method_return"/>
                <allow send_requested_reply="true" send_type="error"/>
                <allow receive_type="method_call"/><allow receive_type="method_return"/>
                <allow receive_type="error"/><allow receive_type="signal"/>
                <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus"/>
                """
        }

        @Test(
            "root may own it and call it; another account may do neither, and may ask what it is",
            arguments: Surroundings.allCases)
        func accounts(surroundings: Surroundings) async throws {
            let scratch = try Scratch()
            let configuration = try scratch.write(configuration(surroundings), to: "bus.conf")
            let bus = try await PrivateBus.start(.file(configuration))
            defer { bus.stop() }

            let driver = "org.freedesktop.DBus"
            let stolen = try await send(bus, as: .other, driver, "/", "\(driver).RequestName")
            #expect(stolen.status != 0 && stolen.errors.contains("AccessDenied"), "\(stolen)")

            let gateway = try await Connection.open(.address(bus.address), clock: MachineClock())
            try await gateway.requestName(Self.name)
            try await gateway.export(Greeter(), at: .root)

            let called = try await send(bus, as: .root, Self.name, "/", "\(Self.name).Greet")
            #expect(called.status == 0 && called.output.contains("good day"), "\(called)")
            let refused = try await send(bus, as: .other, Self.name, "/", "\(Self.name).Greet")
            #expect(refused.status != 0 && refused.errors.contains("AccessDenied"), "\(refused)")
            // What else may be asked, the service answers by who asks: see ServiceRightsTests.
            for question in ["Introspectable.Introspect", "Peer.Ping"] {
                let answer = try await send(bus, as: .other, Self.name, "/", "org.freedesktop.DBus.\(question)")
                #expect(answer.status == 0, "\(answer)")
            }
            await gateway.close()
        }

        private enum Account { case root, other }

        private func send(
            _ bus: PrivateBus, as account: Account, _ destination: String, _ path: String, _ method: String,
            _ arguments: String...
        ) async throws -> Program.Ending {
            let other = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"]
            let isRequest = method.hasSuffix(".RequestName")
            return try await Program.run(
                (account == .other ? other : [])
                    + ["dbus-send", "--bus=\(bus.address)", "--print-reply", "--dest=\(destination)", path, method]
                    + (isRequest ? ["string:\(Self.name)", "uint32:4"] : arguments))
        }

        private func configuration(_ surroundings: Surroundings) -> String {
            let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
            return """
                <busconfig>
                  <type>session</type>
                  <listen>unix:tmpdir=/tmp</listen>
                  <auth>EXTERNAL</auth>
                  <policy context="default"><allow user="*"/>\(surroundings.rawValue)</policy>
                  <include>/\(root)/dbus-policy/\(Self.name).conf</include>
                </busconfig>
                """
        }
    }
}

/// Something to call.
private struct Greeter: ExportedObject {
    let interfaces = [
        InterfaceDescription(EndToEnd.PolicyTests.name, methods: [.init("Greet", gives: [.init("greeting", .string)])])
    ]

    func handle(_ call: IncomingCall) async throws(DBusError) -> [Value] { [.string("good day")] }
}
