import Programs
internal import Glibc

/// Plays tones through `aplay` of alsa-utils, a process a tone.
///
/// Whatever fails is told once, in words, and from then on it is silent.
public struct TonePlayer: ~Copyable {
    /// The program that reads samples; searched for in PATH.
    public static let program = "aplay"

    private static let arguments = [
        "-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", "\(Tone.rate)", "-",
    ]

    /// Whether nothing more is tried.
    public private(set) var isSilent = false

    private var player: pid_t?

    /// A player that has played nothing.
    public init() {}

    deinit {
        guard let player else { return }
        kill(player, SIGKILL)
        _ = ChildEnding.wait(for: player)
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
        var child = ChildProgram(program, arguments)
        child.input = .descriptor(ends[0])
        do { return .success(try child.start()) } catch {
            guard error.isMissing else { return .failure(failure(error.code)) }
            return .failure(Failed(words: "\(program) is missing (apt-get install alsa-utils)"))
        }
    }

    private static func failure(_ code: Int32) -> Failed {
        Failed(words: "\(program) cannot be started (\(String(cString: strerror(code))))")
    }
}
