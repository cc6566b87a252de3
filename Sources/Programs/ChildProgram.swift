internal import Glibc

/// Another program, to be started as a child of this process.
///
/// The child has neither the signals that are blocked here nor those that are ignored, and none of this process's descriptors
/// that were opened with `O_CLOEXEC`, but those named in `input`, `output` and `errors`.
public struct ChildProgram: Sendable, Hashable {
    /// Where a descriptor of the child leads.
    public enum Stream: Sendable, Hashable {
        /// Where that of this process leads.
        case inherited
        /// Nowhere: nothing is read, and what is written is gone.
        case null
        /// To a descriptor of this process; `.descriptor(1)` for errors is where the child's output goes.
        case descriptor(Int32)
        /// To a file that is made or emptied, and that its owner alone reads.
        case file(String)
    }

    /// The program: a path, or a name that is searched for in this process's PATH.
    public var program: String
    /// What it is told, its own name not included.
    public var arguments: [String]
    /// The name it is told for itself; `program` when nil.
    public var name: String?
    /// What it reads.
    public var input = Stream.null
    /// Where it writes.
    public var output = Stream.null
    /// Where it complains.
    public var errors = Stream.null
    /// Variables of its environment that this process does not have, or has with another value.
    public var added: [String: String] = [:]
    /// Variables of this process that it does not get.
    public var removed: Set<String> = []
    /// Whether it is a process group of its own, which a Ctrl-C at the terminal passes by.
    public var isApart = true

    /// A program that reads nothing and whose output goes nowhere, until its streams are set.
    public init(_ program: String, _ arguments: [String] = []) {
        self.program = program
        self.arguments = arguments
    }

    /// Starts it.
    /// - Returns: the process's identifier, which the caller has to wait for.
    /// - Throws: `ChildFailure` when the system does not start it.
    public func start() throws(ChildFailure) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        Self.lead(STDIN_FILENO, to: input, O_RDONLY, &actions)
        Self.lead(STDOUT_FILENO, to: output, O_WRONLY, &actions)
        Self.lead(STDERR_FILENO, to: errors, O_WRONLY, &actions)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        setSignals(of: &attributes)
        let words = ([name ?? program] + arguments).map { strdup($0) } + [nil]
        let variables = OwnEnvironment.variables.filter { !removed.contains($0.key) }.merging(added) { $1 }
        let settings = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in words + settings { free(pointer) } }
        var identifier: pid_t = 0
        let code = posix_spawnp(&identifier, program, &actions, &attributes, words, settings)
        guard code == 0 else { throw ChildFailure(code: code) }
        return identifier
    }

    private func setSignals(of attributes: inout posix_spawnattr_t) {
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let group = isApart ? POSIX_SPAWN_SETPGROUP : 0
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group))
    }

    private static func lead(
        _ descriptor: Int32, to stream: Stream, _ access: Int32, _ actions: inout posix_spawn_file_actions_t
    ) {
        switch stream {
        case .inherited: break
        case .null: posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", access, 0)
        case .descriptor(let other): posix_spawn_file_actions_adddup2(&actions, other, descriptor)
        case .file(let path):
            posix_spawn_file_actions_addopen(&actions, descriptor, path, access | O_CREAT | O_TRUNC, 0o600)
        }
    }
}

/// Why a program was not started.
public struct ChildFailure: Error, Hashable, CustomStringConvertible {
    /// The system's error number, as in errno(3).
    public let code: Int32

    /// Whether there is no such program.
    public var isMissing: Bool { code == ENOENT }

    /// In the system's words.
    public var description: String { String(cString: strerror(code)) }

    /// Makes one of an error number.
    public init(code: Int32) { self.code = code }
}
