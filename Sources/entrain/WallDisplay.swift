import Glibc
import HRV
import Practice
import Screens
import Terminal

/// The wall on a terminal.
actor WallDisplay {
    /// Ten pictures a second; the store is looked at once a second.
    static let frame = Duration.milliseconds(100)
    static let framesBetweenLooks = 10

    private let wall: Wall
    private let options: ScreenOptions
    private var seat: TerminalSeat
    private var shown = WallView()

    init(wall: Wall, colouring: Colouring, options: ScreenOptions) {
        self.wall = wall
        self.options = options
        seat = TerminalSeat(colouring: colouring)
    }

    /// Draws until somebody ends it, or the terminal is gone.
    func run() async throws {
        try seat.take()
        let keys = seat.keys
        let signals = Signals.stream(Signals.ending.union(Signals.ofTerminal))
        let drawing = Task { await draw() }
        let pressing = Task { for await key in keys where press(key) { drawing.cancel() } }
        let listening = Task { for await number in signals where take(number) { drawing.cancel() } }
        await drawing.value
        pressing.cancel()
        listening.cancel()
        seat.leave()
    }

    /// Whether the key ends it.
    private func press(_ key: Key) -> Bool {
        if key == .control("z") { seat.suspend() }
        return [.interrupt, .character("q"), .character("Q")].contains(key)
    }

    /// Whether the signal ends it.
    private func take(_ signal: Int32) -> Bool {
        switch signal {
        case SIGTSTP: seat.suspend()
        // Whoever had the terminal meanwhile set its mode and wrote on it.
        case SIGCONT: seat.giveBack()
        default: return true
        }
        return false
    }

    private func draw() async {
        var count = 0
        while !Task.isCancelled {
            if count % Self.framesBetweenLooks == 0 { try? await wall.look() }
            let newest = await wall.view
            if count % Self.framesBetweenLooks == 0 || newest.place?.phase != shown.place?.phase {
                shown = newest
            } else {
                // Between two looks only the breath moves.
                shown.breath = newest.breath
            }
            count += 1
            do {
                try seat.show { WallScreen.draw(shown, size: $0, options: options) }
                try await Task.sleep(for: Self.frame)
            } catch { return }
        }
    }
}

/// The wall as lines: one when something changes.
struct WallLines {
    static let pause = Duration.seconds(1)

    let wall: Wall

    func run() async {
        var last = ""
        var lastStraps = ""
        var lastBand: CoherenceBand?
        while true {
            try? await wall.look()
            let view = await wall.view
            let line = WallScreen.line(view)
            let straps = view.state == .running ? WallScreen.straps(view) : ""
            if line != last, !StandardOutput.line(line) { return }
            if straps != lastStraps, !straps.isEmpty, !StandardOutput.line(straps) { return }
            (last, lastStraps) = (line, straps)
            if let band = view.counts.band, band != lastBand {
                lastBand = band
                for line in WallScreen.group(view) where !StandardOutput.line(line) { return }
            }
            do { try await Task.sleep(for: Self.pause) } catch { return }
        }
    }
}
