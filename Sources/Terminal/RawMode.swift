internal import Glibc
internal import Synchronization

/// A terminal taken over for a full screen, until it is given back.
///
/// Keys come one by one, unechoed, Control-C as a key; the alternate screen is on, so what the user had before comes
/// back afterwards; the cursor stays visible. ``restore()`` gives all of it back, at the latest when the last
/// reference goes; call it yourself before the process exits or stops on a signal.
public final class RawMode: Sendable {
    private let input: Int32
    private let output: NonblockingOutput
    private let original: termios
    private let isRestored = Atomic(false)

    /// Saves the terminal's mode, sets raw mode, and enters the alternate screen.
    ///
    /// - Parameters:
    ///   - input: the terminal keys are read from; standard input by itself.
    ///   - output: the terminal that is drawn on; standard output by itself.
    /// - Throws: ``TerminalError`` where either is no terminal or its mode cannot be read or set; nothing is changed.
    public init(input: Int32 = 0, output: Int32 = 1) throws(TerminalError) {
        for descriptor in [input, output] where isatty(descriptor) == 0 {
            throw .notATerminal(descriptor: descriptor)
        }
        var mode = termios()
        guard tcgetattr(input, &mode) == 0 else { throw .modeNotRead(descriptor: input, code: errno) }
        self.input = input
        self.output = NonblockingOutput(output)
        original = mode
        mode.c_iflag &= ~tcflag_t(BRKINT | ICRNL | INLCR | IGNCR | ISTRIP | IXON)
        mode.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | ISIG | IEXTEN)
        // Not TCSAFLUSH: that may wait for whoever reads the terminal.
        guard tcsetattr(input, TCSANOW, &mode) == 0 else { throw .modeNotSet(descriptor: input, code: errno) }
        tcflush(input, TCIFLUSH)
        do throws(TerminalError) {
            guard try self.output.write(Array(Self.enter.utf8), patience: Self.patience) else {
                throw .writeFailed(descriptor: output, code: EAGAIN)
            }
        } catch {
            restore()
            throw error
        }
    }

    deinit {
        restore()
    }

    /// Clears and leaves the alternate screen and sets the saved mode again; a second call does nothing.
    public func restore() {
        guard isRestored.exchange(true, ordering: .acquiringAndReleasing) == false else { return }
        do throws(TerminalError) {
            _ = try output.write(Array(Self.leave.utf8), patience: Self.patience)
        } catch {
            // The window is gone: there is nobody to give a screen back to, and the mode below is still worth setting.
        }
        // In the background the mode belongs to whoever is in front.
        guard Foreground.isOurs(descriptor: input) else { return }
        var mode = original
        tcsetattr(input, TCSANOW, &mode)
        tcflush(input, TCIFLUSH)
    }

    /// How long the terminal may take nothing, milliseconds.
    private static let patience: Int32 = 200
    /// Alternate screen on, cleared.
    private static let enter = "\u{1B}[?1049h\u{1B}[0m\u{1B}[2J\u{1B}[H"
    /// Cleared, because what stood there is about people; alternate screen off.
    private static let leave = "\u{1B}[0m\u{1B}[2J\u{1B}[H\u{1B}[?1049l"
}
