import Gateway
import Glibc
import Practice
import Screens
import Terminal

/// The live screen of a session, and its keys.
///
/// Whatever becomes of the terminal, the session goes on.
actor LiveDisplay {
    /// Ten pictures a second for the pacer; numbers change once a second.
    static let frame = Duration.milliseconds(100)
    static let framesBetweenNumbers = 10

    private enum Stage {
        /// On the terminal, or about to be again.
        case shown
        /// Put away by the coach, who still has the terminal.
        case away
        /// The terminal is gone.
        case gone
    }

    private let coach: Coach
    private let options: ScreenOptions
    private var seat: TerminalSeat
    private var controls = LiveControls()
    private var shownView: LiveView?
    private var stage = Stage.shown

    init(coach: Coach, colouring: Colouring, options: ScreenOptions) {
        self.coach = coach
        self.options = options
        seat = TerminalSeat(colouring: colouring)
    }

    /// Shows the session until its events end.
    /// - Returns: false, with no event taken, when the terminal cannot be taken over.
    func run(_ signals: AsyncStream<Int32>) async -> Bool {
        do {
            try seat.take()
        } catch {
            StandardError.write("entrain: \(error) Showing plain lines instead.\n")
            return false
        }
        let keys = seat.keys
        let pressing = Task { for await key in keys { await press(key) } }
        let listening = Task { for await number in signals { take(number) } }
        let drawing = Task { await draw() }
        for await _ in coach.conductor.events {}
        drawing.cancel()
        listening.cancel()
        pressing.cancel()
        await drawing.value
        seat.leave()
        return true
    }

    // MARK: - The terminal

    private func take(_ signal: Int32) {
        switch signal {
        case SIGHUP:
            guard stage != .gone else { return }
            stage = .gone
            seat.leave()
            StandardError.write(
                "entrain: the terminal is gone; recording goes on. Stop it with:  entrain session stop\n")
        case SIGTSTP: putAway()
        case SIGCONT: seat.giveBack()
        default: break
        }
    }

    /// Gives the terminal back while the session goes on.
    private func putAway() {
        guard stage == .shown else { return }
        stage = .away
        seat.giveBack()
        StandardOutput.line("The screen is put away; recording goes on.")
        StandardOutput.line("Enter brings it back, Ctrl-C stops the session.")
    }

    // MARK: - Keys

    private func press(_ key: Key) async {
        switch (stage, key) {
        case (.gone, _): return
        case (.away, .enter): stage = .shown
        case (.away, _): return
        case (.shown, .control("z")): putAway()
        case (.shown, .interrupt): await coach.conductor.stop()
        case (.shown, _):
            let view: LiveView
            if let shownView { view = shownView } else { view = await coach.conductor.liveView() }
            if let act = controls.press(key, in: view) { await carryOut(act) }
            await paint(.afterKey)
        }
    }

    /// Does what the coach asks for; what may take its time holds no key up.
    private func carryOut(_ act: LiveControls.Act) async {
        let coach = coach
        switch act {
        case .swap, .join, .joinNew: Task { tell(await coach.carryOut(act)) }
        case .next, .pause, .mark, .withdraw, .end: tell(await coach.carryOut(act))
        }
    }

    private func tell(_ refusal: String?) {
        if let refusal { controls.tell(refusal) }
    }

    // MARK: - Drawing

    /// Draws until cancelled, or until the terminal is gone.
    private func draw() async {
        var count = 0
        while !Task.isCancelled, stage != .gone {
            await paint(count % Self.framesBetweenNumbers == 0 ? .numbers : .pacer)
            count += 1
            do { try await Task.sleep(for: Self.frame) } catch { return }
        }
    }

    /// What a picture shows anew.
    private enum Change {
        /// The pacer alone.
        case pacer
        /// All but the numbers.
        case afterKey
        /// Everything.
        case numbers
    }

    /// Draws one moment.
    private func paint(_ change: Change) async {
        let newest = await coach.conductor.liveView()
        switch change {
        case .pacer: shownView?.pacer = newest.pacer
        case .afterKey: shownView = shownView.map { newest.holdingNumbers(of: $0) } ?? newest
        case .numbers: shownView = newest
        }
        guard case .shown = stage, let shownView else { return }
        do {
            try seat.show { LiveScreen.draw(shownView, controls: controls, size: $0, options: options) }
        } catch {
            stage = .gone
            seat.leave()
        }
    }
}
