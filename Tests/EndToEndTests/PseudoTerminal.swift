import Glibc
import Synchronization
import Testing

/// Both ends of a pseudo terminal: the program is at one, the person is at the other.
final class PseudoTerminal: Sendable {
    /// The terminal's device, for the program to open.
    let name: String
    private let person: Int32
    private let terminal: Int32
    private let isHungUp = Atomic(false)

    /// A terminal of that size.
    init(columns: UInt16, rows: UInt16) throws {
        // The C library's own functions for this are not in Swift's module; the numbers are those of ioctl_tty(2).
        let unlock: UInt = 0x4004_5431
        let getNumber: UInt = 0x8004_5430
        person = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        var locked: Int32 = 0
        var number: Int32 = 0
        try #require(ioctl(person, unlock, &locked) == 0 && ioctl(person, getNumber, &number) == 0)
        name = "/dev/pts/\(number)"
        terminal = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
        try #require(terminal >= 0)
        try resize(columns: columns, rows: rows)
    }

    deinit { hangUp() }

    /// Makes the window another size.
    func resize(columns: UInt16, rows: UInt16) throws {
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        try #require(ioctl(person, UInt(TIOCSWINSZ), &size) == 0)
    }

    /// The window is closed: from now on the program reads and writes nothing there.
    func hangUp() {
        guard isHungUp.exchange(true, ordering: .acquiringAndReleasing) == false else { return }
        close(terminal)
        close(person)
    }

    /// The terminal's mode, as its four words of flags.
    var mode: [tcflag_t] {
        var mode = termios()
        tcgetattr(terminal, &mode)
        return [mode.c_iflag, mode.c_oflag, mode.c_cflag, mode.c_lflag]
    }

    /// Presses keys.
    func type(_ keys: String) { write(person, keys, keys.utf8.count) }

    /// Lets so much be written that the terminal takes nothing more before somebody reads.
    func fill() throws {
        let output = open(name, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        try #require(output >= 0)
        defer { close(output) }
        let blanks = [UInt8](repeating: 32, count: 1000)
        for count in [blanks.count, 1] { while write(output, blanks, count) > 0 {} }
    }

    /// What was shown since the last call.
    func shown() -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = read(person, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
