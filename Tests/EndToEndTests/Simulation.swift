import DBus
import Glibc
import Testing
import Timekeeping

/// Virtual straps that wait for whoever comes: `entrain sim` without a command.
final class Simulation: Sendable {
    /// What must be exported to reach the straps.
    let environment: [String: String]
    private let program: Program
    private let scratch: Scratch

    /// Starts straps and waits until their address is known.
    convenience init(straps: Int, speed: Int, in scratch: Scratch) async throws {
        try await self.init(["--straps", "\(straps)", "--speed", "\(speed)"], in: scratch)
    }

    /// Starts the straps of a scenario file and waits until their address is known.
    convenience init(scenario: String, speed: Int, in scratch: Scratch) async throws {
        try await self.init(["--scenario", scenario, "--speed", "\(speed)"], in: scratch)
    }

    private init(_ room: [String], in scratch: Scratch) async throws {
        let program = try Program([Program.binary, "sim"] + room + ["--truth", scratch.path("truth")])
        try await program.waits { program.output.contains("ENTRAIN_CLOCK_RATE=") && program.output.hasSuffix("\n") }
        var environment: [String: String] = [:]
        for line in program.output.split(separator: "\n") {
            let words = line.split(separator: "=", maxSplits: 1)
            try #require(words.count == 2 && words[0].hasPrefix("export "), "\(line)")
            environment[String(words[0].dropFirst(7))] = String(words[1]).replacing("'", with: "")
        }
        self.environment = environment
        self.program = program
        self.scratch = scratch
    }

    /// What was sent until now.
    func truth() throws -> Truth { try Truth(scratch.text("truth")) }

    /// Starts the binary among the straps.
    func entrain(_ arguments: String..., terminal: PseudoTerminal? = nil) throws -> Program {
        try Program([Program.binary] + arguments, environment: environment, terminal: terminal)
    }

    /// Ends the straps as Ctrl-C does.
    func stop() async throws -> Program.Ending {
        program.send(SIGINT)
        return try await program.ended()
    }

    /// Takes the bus and everything on it away, as a crash does.
    func kill() { program.kill() }

    /// Asks org.bluez what still goes on: the paths of connected devices and of adapters that look for some.
    func whatGoesOn() async throws -> [String] {
        let connection = try await connect()
        let objects = try await objects(connection)
        await connection.close()
        return objects.compactMap { path, interfaces in
            let isConnected = interfaces.dictionary?["org.bluez.Device1"]?.properties?["Connected"]?.bool == true
            let isLooking = interfaces.dictionary?["org.bluez.Adapter1"]?.properties?["Discovering"]?.bool == true
            return isConnected || isLooking ? "\(path)" : nil
        }
    }

    /// Has org.bluez end the link of a strap, as one that walks out of range does.
    func endLink(of strap: String) async throws {
        let connection = try await connect()
        let device = try await objects(connection).first { _, interfaces in
            interfaces.dictionary?["org.bluez.Device1"]?.properties?["Name"]?.string == strap
        }
        guard case .objectPath(let path)? = device?.key else { throw NoSuchStrap(name: strap) }
        _ = try await connection.call(
            MethodCall(destination: "org.bluez", path: path, interface: "org.bluez.Device1", member: "Disconnect"))
        await connection.close()
    }

    private struct NoSuchStrap: Error { let name: String }

    private func connect() async throws -> Connection {
        let address = try #require(environment["DBUS_SYSTEM_BUS_ADDRESS"])
        return try await Connection.open(.address(address), clock: MachineClock())
    }

    private func objects(_ connection: Connection) async throws -> [Value: Value] {
        let reply = try await connection.call(
            MethodCall(
                destination: "org.bluez", path: .root, interface: "org.freedesktop.DBus.ObjectManager",
                member: "GetManagedObjects"))
        let objects = try #require(reply.arguments.first?.entries)
        try #require(objects.values.contains { $0.dictionary?["org.bluez.Adapter1"] != nil })
        return objects
    }
}
