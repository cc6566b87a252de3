import FoundationEssentials
import Glibc
import Testing

/// A program that runs beside the test: nothing on its standard input, its output in files, its own process group.
///
/// Whatever is left of it and of what it started is killed when the last reference goes.
final class Program: Sendable {
    /// How a program ended, and everything it said.
    struct Ending: CustomStringConvertible {
        var command: String
        /// Its exit status; the negative number of the signal that ended it.
        var status: Int32
        var output: String
        var errors: String

        /// The lines of its standard output.
        var lines: [String] { output.split(separator: "\n").map(String.init) }
        /// For the report of a test that failed.
        var description: String { "$ \(command)\n\(output)\n\(errors)\n[\(status)]" }
    }

    /// A program ended, or patience did, before what was waited for.
    struct InVain: Error {
        var ending: Ending
    }

    /// How long any one program may take; what hangs is killed then, which shows as status -9.
    static let patience = Duration.seconds(100)

    /// The binary under test: built into the folder that this test program lies in.
    static let binary = folderOfThisProgram + "/entrain"

    let identifier: pid_t
    private let command: String
    private let scratch: Scratch
    private let ending: Reaper

    /// Starts a program.
    /// - Parameters:
    ///   - arguments: its name, searched for in PATH, and its arguments.
    ///   - environment: variables in addition to those of the tests.
    ///   - terminal: what it reads and writes in place of nothing and files.
    /// - Throws: when it cannot be started.
    init(_ arguments: [String], environment: [String: String] = [:], terminal: PseudoTerminal? = nil) throws {
        command = arguments.joined(separator: " ")
        scratch = try Scratch()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let outputs = [(Int32(1), scratch.path("output")), (2, scratch.path("errors"))]
        for (descriptor, file) in outputs {
            posix_spawn_file_actions_addopen(&actions, descriptor, file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        if let terminal {
            posix_spawn_file_actions_addopen(&actions, 0, terminal.name, O_RDWR | O_NOCTTY, 0)
            posix_spawn_file_actions_adddup2(&actions, 0, 1)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))
        let variables = Self.environment.merging(environment) { _, new in new }
        let words = arguments.map { strdup($0) } + [nil]
        let settings = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in words + settings { free(pointer) } }
        var identifier: pid_t = 0
        let code = posix_spawnp(&identifier, arguments[0], &actions, &attributes, words, settings)
        try #require(code == 0, "\(command): \(String(cString: strerror(code)))")
        self.identifier = identifier
        ending = Reaper(identifier)
    }

    deinit { kill() }

    /// Sends a signal to the program alone.
    func send(_ signal: Int32) { Glibc.kill(identifier, signal) }

    /// Whether the program stands still, as after Ctrl-Z (proc_pid_stat(5)).
    var isStopped: Bool {
        let status = FileManager.default.contents(atPath: "/proc/\(identifier)/stat") ?? Data()
        return String(decoding: status, as: UTF8.self).split(separator: ") ").last?.hasPrefix("T") == true
    }

    /// Kills the program and what it started, and waits for its end.
    func kill() {
        Glibc.kill(-identifier, SIGKILL)
        ending.wait()
    }

    /// Everything it has written to its standard output until now.
    var output: String { scratch.text("output") }
    /// The same of its standard error.
    var errors: String { scratch.text("errors") }

    /// Waits until the program has ended, or kills it.
    func ended(within patience: Duration = patience) async throws -> Ending {
        let limit = ContinuousClock.now.advanced(by: patience)
        while !ending.hasEnded, ContinuousClock.now < limit { try await Task.sleep(for: .milliseconds(10)) }
        kill()
        return Ending(command: command, status: ending.status, output: output, errors: errors)
    }

    /// Waits until something holds, for as long as the program runs and patience lasts.
    func waits(until holds: () async throws -> Bool) async throws {
        let limit = ContinuousClock.now.advanced(by: Self.patience)
        while !(try await holds()) {
            guard !ending.hasEnded, ContinuousClock.now < limit else {
                let ending = try await ended(within: .zero)
                throw InVain(ending: ending)
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Runs a program to its end.
    static func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Ending {
        try await Program(arguments, environment: environment).ended()
    }

    /// Runs the binary under test to its end.
    static func entrain(_ arguments: String..., environment: [String: String] = [:]) async throws -> Ending {
        try await run([binary] + arguments, environment: environment)
    }

    // MARK: - Surroundings

    /// How far the clocks of the programs are behind universal time, hours: it was past noon when the tests began.
    static let hoursBehindUniversalTime: Int = {
        var now = time(nil)
        var universal = tm()
        gmtime_r(&now, &universal)
        return Int(universal.tm_hour) - 12
    }()

    /// The variables of the tests, without those that change what the binary does; noon is near, so that no test
    /// begins on one day and ends on another.
    private static let environment: [String: String] = {
        var kept: [String: String] = [:]
        var place = environ
        while let entry = place.pointee {
            let parts = String(cString: entry).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let isOurs = ["ENTRAIN_", "DBUS_", "XDG_"].contains { parts[0].hasPrefix($0) }
            if parts.count == 2, !isOurs { kept[String(parts[0])] = String(parts[1]) }
            place += 1
        }
        kept["TZ"] = "NOON\(hoursBehindUniversalTime)"
        kept["NO_COLOR"] = nil
        kept["TERM"] = "xterm-256color"
        return kept
    }()

    private static var folderOfThisProgram: String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let path = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }
}
