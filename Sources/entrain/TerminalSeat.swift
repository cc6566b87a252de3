import Glibc
import Synchronization
import Terminal

/// The terminal of a screen with keys, for as long as it is this program's to draw on.
///
/// Somebody else may have it for a while (Ctrl-Z, the background, a shell): with the next screen it is taken again.
struct TerminalSeat {
    /// The keys that are pressed.
    let keys: AsyncStream<Key>

    private let sink: AsyncStream<Key>.Continuation
    private var display: Display
    private var terminal: RawMode?
    private var keyboard: ListenedKeyboard?

    init(colouring: Colouring) {
        display = Display(descriptor: STDOUT_FILENO, colouring: colouring)
        (keys, sink) = AsyncStream.makeStream(of: Key.self)
    }

    /// Takes the terminal over, and reads its keys; what is taken already stays.
    /// - Throws: `TerminalError` where that is not possible; `isStuck` tells whether it may be later.
    mutating func take() throws {
        if terminal == nil {
            terminal = try RawMode()
            display.forget()
        }
        if keyboard?.hasEnded ?? true { keyboard = try ListenedKeyboard(sink) }
    }

    /// Draws a screen, unless the terminal is somebody else's or nobody reads it for the moment.
    /// - Throws: `TerminalError` where the terminal is gone.
    mutating func show(_ draw: (ScreenSize) -> Screen) throws {
        // Whoever has the terminal now may set its mode.
        guard Foreground.isOurs(descriptor: STDOUT_FILENO) else { return giveBack() }
        do {
            try take()
            try display.show(draw(WindowSize.of(descriptor: STDOUT_FILENO) ?? ScreenSize(columns: 80, rows: 24)))
        } catch {
            if let stuck = error as? TerminalError, stuck.isStuck { return }
            throw error
        }
    }

    /// Gives the terminal back as it was, until the next screen.
    mutating func giveBack() {
        terminal?.restore()
        terminal = nil
    }

    /// Gives the terminal back for good; its keys end.
    mutating func leave() {
        giveBack()
        keyboard?.stop()
        keyboard = nil
        sink.finish()
    }

    /// Gives the terminal back, and the whole program stands still until somebody lets it go on.
    mutating func suspend() {
        giveBack()
        kill(getpid(), SIGSTOP)
    }
}

/// A keyboard whose keys go into a stream that outlives it.
private final class ListenedKeyboard: Sendable {
    private let keyboard: Keyboard
    private let ended = Atomic(false)

    init(_ sink: AsyncStream<Key>.Continuation) throws {
        keyboard = try Keyboard()
        Task { [keyboard, weak self] in
            for await key in keyboard.keys { sink.yield(key) }
            self?.ended.store(true, ordering: .releasing)
        }
    }

    /// Whether it sends no keys any more: the terminal went away, or the program is in the background.
    var hasEnded: Bool { ended.load(ordering: .acquiring) }

    func stop() { keyboard.stop() }
}
