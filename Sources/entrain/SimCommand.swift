import ArgumentParser
import Glibc
import Programs
import Timekeeping
import VirtualStraps

/// `entrain sim`: virtual straps on a bus of their own.
struct SimCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sim", abstract: "Pretend straps, for training and tests without Bluetooth.",
        discussion: """
            Examples:
              entrain sim --straps 8 -- entrain strap scan
              entrain sim --straps 8 --speed 10 -- entrain session start demo \\
                --size 8 --any --consent-on-paper
              entrain sim --scenario room.yaml --truth sent.ndjson

            COMMAND talks to them as it would to the real Bluetooth service, over D-Bus
            only. Without COMMAND the address to export is printed, and straps stay until
            Ctrl-C.
            """)

    @Option(help: "How many straps.") var straps: Int?
    @Option(help: "The same seed gives the same hearts, beat by beat.") var seed: UInt64?
    @Option(help: "Hearts and clock so many times as fast as life (0.1 to 30).") var speed: Double?
    @Option(help: "A scenario file (YAML).", completion: .file()) var scenario: String?
    @Option(help: "Write every notification sent to this file, as NDJSON.", completion: .file()) var truth: String?
    @Argument(parsing: .postTerminator, help: "The command to run, after --.") var command: [String] = []

    func validate() throws {
        if let straps, !(1...Scenario.mostStraps).contains(straps) {
            throw ValidationError("--straps takes a number from 1 to \(Scenario.mostStraps).")
        }
        if let speed, !Scenario.speeds.contains(speed) {
            throw ValidationError("--speed takes a number from 0.1 to 30.")
        }
    }

    func run() async throws {
        try await Failing.run {
            let scenario = try chosenScenario()
            var truthFile: TruthFile?
            if let truth { truthFile = try TruthFile(path: truth) }
            let clock = MachineClock(rate: scenario.speed)
            let simulator = try await Simulator.start(scenario: scenario, clock: clock, truth: sink(truthFile))
            let environment = [
                ("DBUS_SYSTEM_BUS_ADDRESS", simulator.busAddress), (Environment.clockRate, "\(scenario.speed)"),
            ]
            let status = try await serve(environment)
            await simulator.stop()
            try truthFile?.check()
            if status != 0 { throw ExitCode(status) }
        }
    }

    private func sink(_ file: TruthFile?) -> Simulator.TruthSink? {
        guard let file else { return nil }
        return { record in file.write(record) }
    }

    private func chosenScenario() throws -> Scenario {
        guard let scenario else {
            return .standard(straps: straps ?? 8, seed: seed ?? 1, speed: speed ?? 1)
        }
        guard straps == nil else {
            throw Failure(.usage, "--straps and --scenario do not go together: write the straps into the file.")
        }
        var read = try Scenario(path: scenario, seed: seed ?? 1)
        if let speed { read.speed = speed }
        return read
    }

    /// Runs the command, or waits for a signal.
    private func serve(_ environment: [(String, String)]) async throws -> Int32 {
        // A command that does not stand still on Ctrl-Z needs its straps.
        let signals = Signals.stream(command.isEmpty ? Signals.fatal : Signals.ending.union(Signals.ofTerminal))
        guard !command.isEmpty else {
            for (name, value) in environment { StandardOutput.line("export \(name)='\(value)'") }
            StandardError.write("Straps are there until Ctrl-C.\n")
            for await _ in signals { break }
            return 0
        }
        let child = try Child.start(command, environment: environment)
        // The terminal sends Ctrl-C to the command as well; whoever signals us alone means the command.
        let forwarding = Task {
            for await signal in signals where [SIGTERM, SIGHUP].contains(signal) { child.send(signal) }
        }
        let status = await child.status()
        forwarding.cancel()
        return status
    }
}

/// The command that runs among virtual straps: our terminal, our process group.
struct Child {
    let identifier: pid_t

    /// - Throws: `Failure` when it cannot be started.
    static func start(_ command: [String], environment: [(String, String)]) throws -> Child {
        // This process's own PATH is searched, and the child has the same.
        setenv("PATH", searchPath(Environment.value("PATH")), 1)
        var child = ChildProgram(command[0], Array(command.dropFirst()))
        (child.input, child.output, child.errors) = (.inherited, .inherited, .inherited)
        child.isApart = false
        child.added = Dictionary(environment) { $1 }
        do { return Child(identifier: try child.start()) } catch {
            throw Failure(.failed, "cannot run '\(command[0])': \(error). Check the command after --.")
        }
    }

    /// PATH with the folder of this very program at its head, so that `entrain` means the same program.
    private static func searchPath(_ path: String?) -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let usual = path ?? "/usr/local/bin:/usr/bin:/bin"
        guard count > 0 else { return usual }
        let own = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard let slash = own.lastIndex(of: "/") else { return usual }
        return "\(own[..<slash]):\(usual)"
    }

    func send(_ signal: Int32) { kill(identifier, signal) }

    /// Waits for its end.
    /// - Returns: its exit status; 128 and the signal's number when a signal ended it.
    func status() async -> Int32 {
        await withCheckedContinuation { continuation in
            BackgroundThread.start {
                var status: Int32 = 0
                while true {
                    let found = waitpid(identifier, &status, WUNTRACED)
                    if found < 0, errno == EINTR { continue }
                    guard found > 0, status & 0xFF == 0x7F else { break }
                    // It stands still (Ctrl-Z): then so do we, or the shell would not come back.
                    kill(getpid(), SIGSTOP)
                }
                continuation.resume(returning: ChildEnding(waitStatus: status).shellStatus)
            }
        }
    }
}
