import Glibc
import Terminal
import Testing

@Suite(.serialized)
struct TerminalDeviceTests {
    @Test("raw mode is set on the alternate screen, and all of it is given back once")
    func rawMode() throws {
        let pair = try PseudoTerminal()
        let before = pair.localFlags
        let mode = try RawMode(input: pair.terminal, output: pair.terminal)
        #expect(pair.localFlags & tcflag_t(ICANON | ECHO | ISIG) == 0)
        #expect(pair.read(until: "\u{1B}[H").hasPrefix("\u{1B}[?1049h"))
        mode.restore()
        mode.restore()
        #expect(pair.localFlags == before)
        write(pair.terminal, "|", 1)
        #expect(pair.read(until: "|") == "\u{1B}[0m\u{1B}[2J\u{1B}[H\u{1B}[?1049l|")
    }

    @Test("raw mode ends with its last reference")
    func forgotten() throws {
        let pair = try PseudoTerminal()
        let before = pair.localFlags
        do {
            let mode = try RawMode(input: pair.terminal, output: pair.terminal)
            withExtendedLifetime(mode) { #expect(pair.localFlags != before) }
        }
        #expect(pair.localFlags == before)
    }

    @Test("raw mode is refused where there is no terminal, and nothing is written")
    func noTerminal() throws {
        let pair = try PseudoTerminal()
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        #expect(throws: TerminalError.notATerminal(descriptor: ends[1])) {
            try RawMode(input: pair.terminal, output: ends[1])
        }
        ends.forEach { close($0) }
        #expect(pair.localFlags & tcflag_t(ICANON) != 0)
    }

    @Test("keys typed at a terminal come in order, a lone Escape too, and the stream ends when it is stopped")
    func keyboard() async throws {
        let pair = try PseudoTerminal()
        let mode = try RawMode(input: pair.terminal, output: pair.terminal)
        let keyboard = try Keyboard(descriptor: pair.terminal)
        pair.type("n\u{1B}[A\u{3}\u{1B}")
        var keys: [Key] = []
        for await key in keyboard.keys {
            keys.append(key)
            if key == .escape { keyboard.stop() }
        }
        #expect(keys == [.character("n"), .up, .interrupt, .escape])
        keyboard.stop()
        mode.restore()
    }

    @Test("the keys end when the terminal goes away")
    func hangUp() async throws {
        let pair = try PseudoTerminal()
        let keyboard = try Keyboard(descriptor: pair.terminal)
        pair.hangUp()
        var count = 0
        for await _ in keyboard.keys { count += 1 }
        #expect(count == 0)
    }

    @Test("a window's size is read, and is unknown where there is none")
    func size() throws {
        let pair = try PseudoTerminal()
        #expect(WindowSize.of(descriptor: pair.terminal) == nil)
        var size = winsize(ws_row: 40, ws_col: 132, ws_xpixel: 0, ws_ypixel: 0)
        #expect(ioctl(pair.terminal, UInt(TIOCSWINSZ), &size) == 0)
        #expect(WindowSize.of(descriptor: pair.terminal) == ScreenSize(columns: 132, rows: 40))
        #expect(WindowSize.of(descriptor: -1) == nil)
    }

    @Test("a display writes only changes, and everything again once it has been told to forget")
    func display() throws {
        let pair = try PseudoTerminal()
        var display = Display(descriptor: pair.terminal, colouring: .plain)
        var screen = Screen(columns: 10, rows: 2)
        screen.write("67", column: 0, row: 0)
        try display.show(screen)
        #expect(pair.read(until: "\u{1B}[2;1H") == "\u{1B}[0m\u{1B}[2J\u{1B}[1;1H67\u{1B}[2;1H")
        screen.write("68", column: 0, row: 0)
        try display.show(screen)
        #expect(pair.read(until: "\u{1B}[2;1H") == "\u{1B}[1;2H8\u{1B}[2;1H")
        display.forget()
        try display.show(screen)
        #expect(pair.read(until: "\u{1B}[2;1H") == "\u{1B}[0m\u{1B}[2J\u{1B}[1;1H68\u{1B}[2;1H")
    }

    @Test("what a terminal that nobody reads cannot take is left out; once it is read, it shows the newest screen")
    func unread() throws {
        let pair = try PseudoTerminal()
        let before = try fill(pair)
        var display = Display(descriptor: pair.terminal, colouring: .palette)
        var screen = Screen(columns: 132, rows: 40)
        for frame in 0..<100 {
            screen.write("\(frame) █▇ ", column: frame, row: frame % 40, style: Style(ink: .blue))
            #expect(try display.show(screen) == (frame == 0), "only the first is still to come")
        }
        var bytes: [UInt8] = []
        while try display.show(screen) == false { bytes += pair.readWaiting() }
        while bytes.count < before || !shows(screen, bytes.dropFirst(before)) {
            try #require(pair.waitsToBeRead, "it shows the newest screen at last")
            bytes += pair.readWaiting()
        }
    }

    private func shows(_ screen: Screen, _ bytes: ArraySlice<UInt8>) -> Bool {
        var tiny = TinyTerminal(columns: screen.size.columns, rows: screen.size.rows)
        tiny.apply(Array(bytes))
        return tiny.matches(screen) && tiny.unknown.isEmpty
    }

    /// Writes until nothing more is taken, and answers how many bytes were.
    private func fill(_ pair: PseudoTerminal) throws -> Int {
        let output = NonblockingOutput(pair.terminal)
        var taken = 0
        // The system moves bytes on from one of its buffers to the next, which makes room once more.
        repeat { taken += try output.write(Array(repeating: 120, count: 1000)[...]) } while canTake(pair.terminal)
        return taken
    }

    private func canTake(_ descriptor: Int32) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&request, 1, 500) > 0
    }

    @Test("a terminal that nobody reads can be taken over and given back")
    func unreadMode() throws {
        let pair = try PseudoTerminal()
        let before = pair.localFlags
        let mode = try RawMode(input: pair.terminal, output: pair.terminal)
        _ = try fill(pair)
        #expect(try NonblockingOutput(pair.terminal).write([120], patience: 1) == false)
        mode.restore()
        #expect(pair.localFlags == before)
        let error = #expect(throws: TerminalError.self) { try RawMode(input: pair.terminal, output: pair.terminal) }
        #expect(error?.isStuck == true && pair.localFlags == before)
    }

    @Test("what is written to a pipe is taken in pieces, and nobody waits for the rest")
    func pipes() throws {
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[1]) }
        let output = NonblockingOutput(ends[1])
        let bytes = [UInt8](repeating: 7, count: 1 << 20)
        let taken = try output.write(bytes[...])
        #expect(taken > 0 && taken < bytes.count)
        #expect(try output.write(bytes, patience: 0) == false)
        close(ends[0])
        #expect(throws: TerminalError.writeFailed(descriptor: ends[1], code: EPIPE)) { try output.write([7][...]) }
    }

    @Test("writing to a closed terminal is an error that says so")
    func closed() throws {
        var display = Display(descriptor: -1, colouring: .plain)
        let error = #expect(throws: TerminalError.self) { try display.show(Screen(columns: 1, rows: 1)) }
        #expect(error?.description.contains("writing to terminal -1 failed (Bad file descriptor)") == true)
    }
}

/// Both ends of a pseudo terminal.
private final class PseudoTerminal {
    private(set) var person: Int32
    let terminal: Int32

    init() throws {
        // The C library's own functions for this are not in Swift's module; the numbers are those of ioctl_tty(2).
        let unlock: UInt = 0x4004_5431
        let getNumber: UInt = 0x8004_5430
        person = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var locked: Int32 = 0
        var number: Int32 = 0
        try #require(ioctl(person, unlock, &locked) == 0 && ioctl(person, getNumber, &number) == 0)
        terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        try #require(terminal >= 0)
    }

    deinit {
        close(terminal)
        hangUp()
    }

    var localFlags: tcflag_t {
        var mode = termios()
        tcgetattr(terminal, &mode)
        return mode.c_lflag
    }

    func type(_ text: String) {
        write(person, text, text.utf8.count)
    }

    func hangUp() {
        if person >= 0 { close(person) }
        person = -1
    }

    /// Whether there is, or soon will be, something to read.
    var waitsToBeRead: Bool {
        var request = pollfd(fd: person, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, 2000) > 0
    }

    /// Reads what waits to be read now.
    func readWaiting() -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        var request = pollfd(fd: person, events: Int16(POLLIN), revents: 0)
        while poll(&request, 1, 0) > 0 {
            let count = Glibc.read(person, &piece, piece.count)
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        return bytes
    }

    /// Reads what the terminal shows until it ends with a text.
    func read(until end: String) -> String {
        var text = ""
        var byte: UInt8 = 0
        while !text.hasSuffix(end), Glibc.read(person, &byte, 1) == 1 {
            text.unicodeScalars.append(Unicode.Scalar(byte))
        }
        return text
    }
}
