import Gateway
import Practice
import Screens
import Terminal

/// The live screen of a session, and its keys.
struct LiveDisplay {
    /// Ten pictures a second for the pacer; numbers change once a second.
    static let frame = Duration.milliseconds(100)
    static let framesBetweenNumbers = 10

    let conductor: SessionConductor
    let colouring: Colouring
    let options: ScreenOptions

    func run() async {
        let terminal: RawMode
        let keyboard: Keyboard
        do {
            terminal = try RawMode()
            keyboard = try Keyboard()
        } catch {
            StandardError.write("entrain: \(error) Showing plain lines instead.\n")
            await SessionDisplay.plain(zoneOffsetSeconds: Environment.zoneOffsetSeconds).show(conductor)
            return
        }
        let keys = Task { for await key in keyboard.keys { await press(key) } }
        let drawing = Task { await draw() }
        for await _ in conductor.events {}
        drawing.cancel()
        await drawing.value
        keyboard.stop()
        keys.cancel()
        terminal.restore()
    }

    private func press(_ key: Key) async {
        switch key {
        case .interrupt, .character("q"): await conductor.stop()
        case .character("n"): await conductor.nextPhase()
        case .character("m"): await conductor.mark(nil, "mark")
        case .character(let digit):
            if let place = digit.wholeNumberValue { await conductor.mark(place: place == 0 ? 10 : place) }
        default: break
        }
    }

    /// Draws until cancelled.
    ///
    /// A terminal that goes away ends the drawing, never the session.
    private func draw() async {
        var display = Display(descriptor: 1, colouring: colouring)
        var shown = await conductor.liveView()
        var count = 0
        while !Task.isCancelled {
            let newest = await conductor.liveView()
            if count % Self.framesBetweenNumbers == 0 {
                shown = newest
            } else {
                shown.pacer = newest.pacer
            }
            count += 1
            let size = WindowSize.of(descriptor: 1) ?? ScreenSize(columns: 80, rows: 24)
            do {
                try display.show(LiveScreen.draw(shown, size: size, options: options))
                try await Task.sleep(for: Self.frame)
            } catch {
                return
            }
        }
    }
}
