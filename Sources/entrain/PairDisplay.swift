import Gateway
import Glibc
import Practice
import Screens
import Terminal

/// The pairing screen and its keys.
///
/// Ctrl-Z suspends the program as everywhere; when it goes on, so does the screen.
actor PairDisplay {
    /// How often it is looked whether something has changed, machine time.
    static let pause = Duration.milliseconds(100)
    /// Numbers change once a second.
    static let pausesBetweenNumbers = 10

    private let conductor: PairConductor
    private let options: ScreenOptions
    private var hand = PairHand()
    private var seat: TerminalSeat
    private var shown: PairingView?

    init(conductor: PairConductor, colouring: Colouring, options: ScreenOptions) {
        self.conductor = conductor
        self.options = options
        seat = TerminalSeat(colouring: colouring)
    }

    /// Asks until cancelled.
    /// - Parameter signals: those that tell the program to stand still, and that it goes on.
    /// - Returns: false, with nothing asked, when the terminal cannot be taken over.
    func run(_ signals: AsyncStream<Int32>) async -> Bool {
        do {
            try seat.take()
        } catch {
            StandardError.write("entrain: \(error) Asking line by line instead.\n")
            return false
        }
        let keys = seat.keys
        let pressing = Task { for await key in keys { await press(key) } }
        let listening = Task { for await number in signals { take(number) } }
        var count = 0
        while !Task.isCancelled {
            await paint(withNumbers: count % Self.pausesBetweenNumbers == 0)
            count += 1
            do { try await Task.sleep(for: Self.pause) } catch { break }
        }
        listening.cancel()
        pressing.cancel()
        seat.leave()
        return true
    }

    private func take(_ signal: Int32) {
        switch signal {
        case SIGTSTP: seat.suspend()
        // Whoever had the terminal meanwhile set its mode and wrote on it.
        case SIGCONT: seat.giveBack()
        default: break
        }
    }

    private func press(_ key: Key) async {
        if key == .control("z") { return seat.suspend() }
        guard let order = hand.order(for: key, shown: shown) else { return }
        let isDone = await conductor.perform(order)
        if case .name = order, !isDone { hand.typeAgain() }
    }

    /// Draws at once what the question is about, once a second what only counts.
    private func paint(withNumbers: Bool) async {
        var view = await conductor.view()
        hand.follow(view)
        view.typed = hand.typed
        view.showsHelp = hand.showsHelp
        if let old = shown, !withNumbers, !Self.differs(view, old) { view = old }
        shown = view
        do {
            try seat.show { PairScreen.draw(view, size: $0, options: options) }
        } catch {
            // A terminal that has gone away answers nothing any more.
            await conductor.perform(.stop)
        }
    }

    private static func differs(_ view: PairingView, _ old: PairingView) -> Bool {
        view.code != old.code || view.stage != old.stage || view.message != old.message || view.typed != old.typed
            || view.showsHelp != old.showsHelp
    }
}

/// What a person is typing or reading, which the conductor need not know.
struct PairHand {
    /// The longest ID, name or address that can be typed.
    private static let longestID = 40

    private(set) var typed: String?
    private(set) var showsHelp = false
    /// Whether nobody had to ask for the line that is typed into.
    private var isUnasked = false
    /// The place whose unasked line was put away.
    private var putAwayFor: Code?

    /// With `--by id` the ID is asked for at once, until Escape puts that away.
    mutating func follow(_ view: PairingView) {
        if view.stage == .waitingForID {
            guard typed == nil, !showsHelp, putAwayFor != view.code else { return }
            (typed, isUnasked) = ("", true)
        } else if isUnasked, typed?.isEmpty == true {
            typed = nil
        }
    }

    /// What was typed means nothing: the line stays open.
    mutating func typeAgain() { if typed == nil { (typed, isUnasked) = ("", false) } }

    /// What a key means now.
    /// - Parameters:
    ///   - key: the key.
    ///   - shown: what the screen shows, which is what a person answers to.
    /// - Returns: nil when it only changes what is typed or read.
    mutating func order(for key: Key, shown: PairingView?) -> PairOrder? {
        if key == .interrupt { return .stop }
        if showsHelp {
            showsHelp = false
            return nil
        }
        guard let text = typed else { return command(for: key, shown) }
        switch key {
        case .enter:
            typed = nil
            return text.isEmpty ? nil : .name(text)
        case .escape: (typed, putAwayFor) = (nil, shown?.code)
        case .backspace: typed = String(text.dropLast())
        case .character(let character): if text.count < Self.longestID { typed = text + String(character) }
        default: break
        }
        return nil
    }

    private mutating func command(for key: Key, _ shown: PairingView?) -> PairOrder? {
        switch key {
        case .enter:
            guard case .offered(let strap, _)? = shown?.stage else { return .accept() }
            return .accept(shown: strap.address)
        case .down: return .pick(below: true)
        case .up: return .pick(below: false)
        case .escape, .character("r"): return .reject
        case .character("s"): return .putOff
        case .character("x"): return .setAbsent
        case .character("u"): return .takeBack
        case .character("q"): return .stop
        case .character("i"): (typed, isUnasked) = ("", false)
        case .character("?"), .character("h"): showsHelp = true
        default: break
        }
        return nil
    }
}
