import ArgumentParser
import Glibc
import HRV
import Practice
import Screens
import Store
import Terminal
import Timekeeping

/// `entrain wall`: what all in the room may see, in a second terminal or on a projector.
struct WallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wall", abstract: "Show the room the phase, the time left and a large pacer.",
        discussion: """
            Examples:
              entrain wall                   the session that runs
              entrain wall 20260804-G1       this one, and the group's next

            It only reads what a session keeps, shows no code and no one's number, and
            waits when none runs. q or Ctrl-C ends it; the session knows nothing of it.
            """)
    @Argument(help: "The session; the newest that runs without this.") var session: String?
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if global.json {
            throw ValidationError("--json: a wall is a picture. For events:  entrain session start --json")
        }
    }

    func run() async throws {
        try await Failing.run {
            let wall = Wall(session: session, folder: global.dataFolder)
            // A session that does not exist is told at once, and not waited for.
            try await wall.look(mustExist: session != nil)
            let isDumb = Environment.value("TERM") == "dumb"
            guard StandardOutput.isTerminal, !global.plain, !global.noInput, !isDumb, isatty(STDIN_FILENO) == 1 else {
                await WallLines(wall: wall).run()
                return
            }
            try await WallDisplay(
                wall: wall, colouring: global.colouring, options: ScreenOptions(isASCII: global.ascii)
            ).run()
        }
    }
}

/// Follows a session through the store.
actor Wall {
    private let folder: String
    private let followsAll: Bool
    private var session: String?
    private var store: Store?
    private var reading: WallReading?
    private var clock: WallClock?
    private let machine = MachineClock()

    init(session: String?, folder: String) {
        self.session = session
        self.folder = folder
        followsAll = session == nil
    }

    /// The moment.
    var view: WallView {
        guard let reading, let clock else { return WallView() }
        return WallView(reading, at: clock.t(at: machine.now().utc))
    }

    /// Looks at what the store has now.
    /// - Parameter mustExist: whether a session or store that cannot be read is an error; otherwise it is looked for
    ///   again the next time.
    /// - Throws: what the store says, when it must exist.
    func look(mustExist: Bool = false) async throws {
        do {
            let store = try self.store ?? Store(reading: folder)
            self.store = store
            let new = try await store.wallReading(session, followsAll: followsAll)
            if new?.info.name != reading?.info.name { clock = new.map { WallClock($0.info) } }
            reading = new
            guard let new else { return }
            session = new.info.name
            clock?.learn(newest: new.newest, now: machine.now().utc)
        } catch {
            store = nil
            if mustExist { throw error }
        }
    }
}

/// The wall on a terminal.
private actor WallDisplay {
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
private struct WallLines {
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
            if let band = view.band?.0, band != lastBand {
                lastBand = band
                for line in WallScreen.group(view) where !StandardOutput.line(line) { return }
            }
            do { try await Task.sleep(for: Self.pause) } catch { return }
        }
    }
}
