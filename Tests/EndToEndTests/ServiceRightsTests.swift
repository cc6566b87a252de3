import DBus
import Glibc
import Testing
import Timekeeping

extension EndToEnd {
    @Suite("Who may do what on the bus", .enabled(if: geteuid() == 0)) struct ServiceRightsTests {
        let scratch: Scratch

        init() throws {
            scratch = try Scratch()
        }

        private typealias Call = (destination: String, path: String, method: String, arguments: [String])

        /// What each row of the table in dbus-policy/README.md is on the bus.
        private func call(_ row: String, of account: Account, in room: Classroom) throws -> Call {
            let name = PolicyBus.name
            let properties = "org.freedesktop.DBus.Properties"
            let own = account.name == "ben" ? "G1_02" : "G1_01"
            let other = account.name == "ben" ? "G1_01" : "G1_02"
            let calls: [String: Call] = [
                "own the name": (
                    "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.RequestName",
                    [name, "uint32 4"]
                ),
                "own a name below it": (
                    "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.RequestName",
                    ["\(name).Session_other", "uint32 4"]
                ),
                "introspect": (room.busName, room.session, "org.freedesktop.DBus.Introspectable.Introspect", []),
                "ping": (room.busName, "/", "org.freedesktop.DBus.Peer.Ping", []),
                "list sessions": (name, Classroom.root, "\(name).Manager1.ListSessions", []),
                "read the gateway's state": (
                    name, Classroom.root, "\(properties).Get", ["\(name).Manager1", "Version"]
                ),
                "start a session": (name, Classroom.root, "\(name).Manager1.StartSession", ["Nobody", "{}"]),
                "read the session": (room.busName, room.session, "\(properties).GetAll", ["\(name).Session1"]),
                "lead the session": (room.busName, room.session, "\(name).Session1.Mark", ["seen", "''"]),
                "read the own code": (
                    room.busName, "\(room.session)/\(own)", "\(properties).GetAll", ["\(name).Code1"]
                ),
                "subscribe to the own code": (
                    room.busName, "\(room.session)/\(own)", "\(name).Code1.Subscribe", []
                ),
                "read another code": (
                    room.busName, "\(room.session)/\(other)", "\(properties).Get",
                    ["\(name).Code1", "HeartRateBeatsPerMinute"]
                ),
                "subscribe to another code": (
                    room.busName, "\(room.session)/\(other)", "\(name).Code1.Subscribe", []
                ),
                "see objects": (
                    room.busName, Classroom.root, "org.freedesktop.DBus.ObjectManager.GetManagedObjects", []
                ),
            ]
            return try #require(calls[row], "no test for the row '\(row)'")
        }

        @Test("every cell of the table in dbus-policy/README.md is so, and says the line that makes it so")
        func table() async throws {
            let room = try await Classroom(in: scratch)
            let table = try PolicyTable()
            #expect(table.accounts == ["root", "group `entrain`", "account of a code", "any other account"])
            #expect(table.rows.count == 14)
            let accounts = [Account.root, .coach, .ann, .eve]
            for row in table.rows {
                for (cell, account) in zip(row.cells, accounts) {
                    let call = try call(row.name, of: account, in: room)
                    let answer = try await room.bus.run(
                        as: account,
                        [
                            "gdbus", "call", "--system", "--dest", call.destination, "--object-path", call.path,
                            "--method", call.method,
                        ] + call.arguments)
                    check(answer, cell, "\(row.name), \(account.name)")
                }
            }
            for line in table.citedLines {
                let text = try Scratch.text(ofPackageFile: line.file).split(
                    separator: "\n", omittingEmptySubsequences: false)
                try #require(text.indices.contains(line.number - 1), "\(line)")
                #expect(text[line.number - 1].contains(line.quote), "\(line): \(text[line.number - 1])")
            }
            let bundle = try await room.end()
            let markers = bundle.text("markers.csv")
            #expect(markers.contains("the account of G1-01 asked for this code and was refused"))
            #expect(markers.contains("an account that no code is tied to asked for this code and was refused"))
            #expect(markers.contains("the account of G1-01 asked for the session and was refused"))
            #expect(!markers.contains("ann") && !markers.contains("eve"), "a record names no account")
        }

        private func check(_ answer: Program.Ending, _ cell: String, _ what: String) {
            let isDenied = answer.errors.contains("org.freedesktop.DBus.Error.AccessDenied")
            switch cell {
            case "yes":
                // A session of a group that there is not cannot start, which is not a question of rights.
                let isAnswered = answer.status == 0 || answer.errors.contains("Error.CannotStart")
                #expect(isAnswered && !isDenied, "\(what): \(answer)")
            case "no": #expect(answer.status != 0 && isDenied, "\(what): \(answer)")
            case "all", "the own code", "nothing":
                #expect(answer.status == 0, "\(what): \(answer)")
                #expect(answer.output.contains("/G1_01") == (cell != "nothing"), "\(what): \(answer)")
                #expect(answer.output.contains("/G1_02") == (cell == "all"), "\(what): \(answer)")
                #expect(answer.output.contains("HeartRate") == (cell != "nothing"), "\(what): \(answer)")
            default: Issue.record("\(what): what is '\(cell)'?")
            }
        }

        @Test("who listens to everything sees no number, while they go to the one who may read them")
        func eavesdropping() async throws {
            let room = try await Classroom(in: scratch)
            let bus = room.bus
            let listen = ["dbus-monitor", "--address", bus.address]
            for refused in [listen + ["eavesdrop=true"], ["busctl", "--address=\(bus.address)", "monitor"]] {
                let answer = try await bus.run(as: .ben, refused)
                #expect(answer.status != 0 && answer.output.isEmpty, "\(answer)")
            }
            let spies = [
                // Asks to be a monitor, for eavesdropping once that is refused, and listens as others do at last.
                try bus.start(as: .ben, listen),
                try bus.start(as: .ben, ["gdbus", "monitor", "--system", "--dest", room.busName]),
            ]
            let reader = try await Connection.open(.address(bus.address), clock: MachineClock())
            // Until each of them is seen to listen.
            for spy in spies {
                try await spy.waits {
                    try await reader.requestName("org.entrain.Gateway1.Session_sentinel")
                    try await reader.emit(
                        path: try ObjectPath(room.session), interface: "org.example.Sentinel", member: "Here")
                    try await reader.releaseName("org.entrain.Gateway1.Session_sentinel")
                    return spy.output.contains("sentinel") || spy.output.contains("The name \(room.busName)")
                }
            }
            let owner = try #require(try await reader.ownerOf(room.busName))
            let code = try ObjectPath("\(room.session)/G1_01")
            let signals = try await reader.signals([MatchRule(sender: owner)])
            let question = MethodCall(
                destination: owner, path: code, interface: "org.freedesktop.DBus.Properties", member: "GetAll",
                arguments: [.string("org.entrain.Gateway1.Code1")])
            let asked = try await reader.call(question).arguments.first?.properties
            #expect(asked?["HeartRateBeatsPerMinute"]?.int != nil)
            try await reader.call(
                MethodCall(
                    destination: owner, path: code, interface: "org.entrain.Gateway1.Code1", member: "Subscribe"))
            let late = try await bus.run(
                as: .root, [Program.binary, "privacy", "consent", "G1-03", "--yes-on-paper", "--data", room.data])
            #expect(late.status == 0, "\(late)")
            var readings = 0
            var announced: Value?
            for await signal in signals {
                if signal.member == "Reading" { readings += 1 }
                if signal.member == "InterfacesAdded" { announced = signal.arguments[1] }
                if readings >= 20, announced != nil { break }
            }
            #expect(announced?.dictionary?.mapValues { $0.properties } == ["org.entrain.Gateway1.Code1": [:]])
            for spy in spies {
                try await spy.waits { spy.output.contains("G1_03") }
                for trace in ["Reading", "double", "HeartRate", "Beats", "Coherence", "uint32 7", "uint32 6"] {
                    #expect(!spy.output.contains(trace), "\(trace) in:\n\(spy.output)")
                }
                spy.kill()
            }
            await reader.close()
            _ = try await room.end()
        }
    }
}
