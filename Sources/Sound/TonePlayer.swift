internal import Glibc

/// Plays tones through `aplay` of alsa-utils, a process a tone.
///
/// Whatever fails is told once, in words, and from then on it is silent.
public struct TonePlayer: ~Copyable {
    /// The program that reads samples; searched for in PATH.
    public static let program = "aplay"

    private static let arguments = [
        program, "-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", "\(Tone.rate)", "-",
    ]

    /// Whether nothing more is tried.
    public private(set) var isSilent = false

    private var player: pid_t?

    /// A player that has played nothing.
    public init() {}

    deinit {
        guard let player else { return }
        kill(player, SIGKILL)
        while waitpid(player, nil, 0) < 0, errno == EINTR {}
    }

    /// Plays a tone; one that comes while another sounds is left out.
    /// - Returns: what to tell people, once; nil for nothing.
    public mutating func play(_ tone: Tone) -> String? {
        guard !isSilent else { return nil }
        if let trouble = look() { return trouble }
        guard player == nil else { return nil }
        switch Self.start(tone.bytes) {
        case .success(let identifier):
            player = identifier
            return nil
        case .failure(let failure): return giveUp(failure.words)
        }
    }

    /// Looks whether the last tone is over.
    /// - Returns: what to tell people, once; nil for nothing.
    public mutating func look() -> String? {
        guard let running = player else { return nil }
        var status: Int32 = 0
        let answer = waitpid(running, &status, WNOHANG)
        if answer == 0 || (answer < 0 && errno == EINTR) { return nil }
        player = nil
        guard answer == running, status != 0 else { return nil }
        return giveUp("\(Self.program) found no way to play here")
    }

    private mutating func giveUp(_ reason: String) -> String? {
        isSilent = true
        return "No sound: \(reason)"
    }

    // MARK: - Starting

    private struct Failed: Error {
        var words: String
    }

    private static func start(_ bytes: [UInt8]) -> Result<pid_t, Failed> {
        // A tone fits into the pipe whole, so nobody ever waits for the player.
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return .failure(failure(errno)) }
        defer { close(ends[0]) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        let count = bytes.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
        close(ends[1])
        guard count == bytes.count else { return .failure(Failed(words: "the system has no room for a tone")) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Neither our blocked and ignored signals nor a Ctrl-C meant for us shall reach it.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))
        let words = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var identifier: pid_t = 0
        let code = posix_spawnp(&identifier, program, &actions, &attributes, words, environ)
        return code == 0 ? .success(identifier) : .failure(failure(code))
    }

    private static func failure(_ code: Int32) -> Failed {
        if code == ENOENT {
            return Failed(words: "\(program) is missing (apt-get install alsa-utils)")
        }
        return Failed(words: "\(program) cannot be started (\(String(cString: strerror(code))))")
    }
}
