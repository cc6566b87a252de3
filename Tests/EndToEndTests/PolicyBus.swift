import DBus
import Glibc
import Testing
import Timekeeping

/// An account of the machine that a `PolicyBus` pretends to be on.
struct Account: Sendable {
    var name: String
    var user: Int
    /// Further groups, by number.
    var groups: [Int] = []

    static let root = Account(name: "root", user: 0)
    /// A member of the group `entrain`.
    static let coach = Account(name: "coach", user: 61001, groups: [Account.entrain])
    static let ann = Account(name: "ann", user: 61002)
    static let ben = Account(name: "ben", user: 61003)
    /// The number of the group `entrain`.
    static let entrain = 61100
    /// Tied to no code.
    static let eve = Account(name: "eve", user: 61004)
    static let all = [coach, ann, ben, eve]
}

/// A system bus with Debian's rules and the shipped policy, on a machine with the accounts of a class: programs of this
/// bus see an `/etc/passwd` and an `/etc/group` of their own.
final class PolicyBus: Sendable {
    static let name = "org.entrain.Gateway1"

    let address: String
    private let scratch: Scratch
    private let daemon: Program

    /// Starts the bus and waits until it answers.
    init(in scratch: Scratch) async throws {
        self.scratch = scratch
        try #require(chmod(scratch.folder, 0o711) == 0)
        let accounts = Account.all.map { "\($0.name):x:\($0.user):\($0.user)::/nonexistent:/bin/false\n" }.joined()
        let own = Account.all.map { "\($0.name):x:\($0.user):\n" }.joined()
        let members = Account.all.filter { $0.groups.contains(Account.entrain) }.map(\.name).joined(separator: ",")
        _ = try scratch.write(try Self.lines(of: "/etc/passwd") + accounts, to: "passwd")
        let groups = try Self.lines(of: "/etc/group").split(separator: "\n").filter { !$0.hasPrefix("entrain:") }
        _ = try scratch.write(
            groups.joined(separator: "\n") + "\n\(own)entrain:x:\(Account.entrain):\(members)\n", to: "group")
        for name in ["passwd", "group"] { try #require(chmod(scratch.path(name), 0o644) == 0) }
        let configuration = try scratch.write(Self.configuration, to: "bus.conf")
        address = "unix:path=\(scratch.path("bus"))"
        daemon = try Program(
            Self.machine(scratch) + [
                "dbus-daemon", "--config-file=\(configuration)", "--address=\(address)", "--nofork", "--nopidfile",
            ])
        let address = address
        try await daemon.waits {
            do {
                try await Connection.open(.address(address), clock: MachineClock(), deadline: .seconds(5)).close()
                return true
            } catch {
                return false
            }
        }
    }

    /// Variables by which programs find the bus.
    var environment: [String: String] { ["DBUS_SYSTEM_BUS_ADDRESS": address] }

    /// Starts a program of an account.
    func start(as account: Account, _ arguments: [String], environment: [String: String] = [:]) throws -> Program {
        var words = Self.machine(scratch)
        if account.user != 0 {
            let groups = account.groups.isEmpty ? ["--clear-groups"] : ["--groups=\(account.groups[0])"]
            words += ["setpriv", "--reuid=\(account.user)", "--regid=\(account.user)"] + groups + ["--"]
        }
        return try Program(words + arguments, environment: self.environment.merging(environment) { $1 })
    }

    /// Runs a program of an account to its end.
    func run(
        as account: Account, _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> Program.Ending {
        try await start(as: account, arguments, environment: environment).ended()
    }

    /// Calls a method as an account does, by gdbus.
    func call(
        as account: Account, _ destination: String, _ path: String, _ method: String, _ arguments: String...
    ) async throws -> Program.Ending {
        try await run(
            as: account,
            ["gdbus", "call", "--system", "--dest", destination, "--object-path", path, "--method", method]
                + arguments)
    }

    /// A shell that sees accounts of its own before it becomes the program.
    private static func machine(_ scratch: Scratch) -> [String] {
        [
            "unshare", "--mount", "--propagation", "private", "sh", "-c",
            """
            mount --bind "$1" /etc/passwd && mount --bind "$2" /etc/group && shift 2 && exec "$@"
            """, "sh", scratch.path("passwd"), scratch.path("group"),
        ]
    }

    private static func lines(of file: String) throws -> String {
        try #require(FileText.read(file), "there is no \(file)")
    }

    /// The root of this package.
    static let package = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

    private static let configuration = """
        <busconfig>
          <type>session</type>
          <listen>unix:tmpdir=/tmp</listen>
          <auth>EXTERNAL</auth>
          <policy context="default"><allow user="*"/>\(EndToEnd.PolicyTests.Surroundings.system.rawValue)</policy>
          <include>\(package)/dbus-policy/\(name).conf</include>
        </busconfig>
        """
}

/// A gateway on a policy bus that leads one session among virtual straps: codes G1-01 (ann's), G1-02 (ben's) and G1-03,
/// who said no.
final class Classroom: Sendable {
    static let root = "/org/entrain/Gateway1"

    let bus: PolicyBus
    let data: String
    let session: String
    let busName: String
    private let scratch: Scratch
    private let straps: Simulation
    private let gateway: Program

    init(in scratch: Scratch) async throws {
        self.scratch = scratch
        data = scratch.path("data")
        bus = try await PolicyBus(in: scratch)
        straps = try await Simulation(straps: 3, speed: 10, in: scratch)
        var environment = straps.environment
        environment["ENTRAIN_SERVICE_BUS"] = bus.address
        for words in [
            "group new G1 --size 3", "privacy consent G1-01 --yes-on-paper", "privacy consent G1-02 --yes-on-paper",
            "privacy consent G1-03 --no", "group bind G1-01 --user ann", "group bind G1-02 --user ben",
        ] {
            let ending = try await bus.run(
                as: .root, [Program.binary] + words.split(separator: " ").map(String.init) + ["--data", data])
            try #require(ending.status == 0, "\(ending)")
        }
        gateway = try bus.start(as: .root, [Program.binary, "gateway", "--data", data], environment: environment)
        try await gateway.waits { [gateway] in gateway.errors.contains("takes sessions on") }
        let started = try await bus.call(
            as: .coach, PolicyBus.name, Self.root, "\(PolicyBus.name).Manager1.StartSession", "G1",
            "{'Any': <true>, 'Minutes': <60.0>}")
        try #require(started.status == 0, "\(started)")
        let words = started.output.split(separator: "'").map(String.init)
        busName = try #require(words.first { $0.hasPrefix("org.entrain") }, "\(started)")
        session = try #require(words.first { $0.hasPrefix("/org") }, "\(started)")
        for code in ["G1_01", "G1_02"] {
            try await gateway.waits { [bus, busName, session] in
                try await bus.call(
                    as: .root, busName, "\(session)/\(code)", "org.freedesktop.DBus.Properties.Get",
                    "\(PolicyBus.name).Code1", "HeartRateBeatsPerMinute"
                ).status == 0
            }
        }
    }

    /// Ends the gateway, which ends its session; the exported bundle of that.
    func end() async throws -> Bundle {
        gateway.send(SIGTERM)
        let ending = try await gateway.ended()
        #expect(ending.status == 0, "\(ending)")
        let name = try #require(try await SessionList(data: data).only)
        #expect(try await SessionList(data: data).states == ["ended"])
        return try await Bundle(of: name, data: data, in: scratch)
    }
}
