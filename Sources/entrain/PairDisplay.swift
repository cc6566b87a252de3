import Gateway
import Practice
import Screens
import Terminal

/// The pairing screen and its keys.
struct PairDisplay {
    /// What a person is typing or reading, which the conductor need not know.
    private actor Hand {
        private(set) var typed: String?
        private(set) var showsHelp = false

        /// What a key means now; nil when it only changes what is typed or read.
        func order(for key: Key) -> PairOrder? {
            if key == .interrupt { return .stop }
            if showsHelp {
                showsHelp = false
                return nil
            }
            guard let text = typed else { return command(for: key) }
            switch key {
            case .enter:
                typed = nil
                return text.isEmpty ? nil : .name(text)
            case .escape: typed = nil
            case .backspace: typed = String(text.dropLast())
            case .character(let character): if text.count < PairDisplay.longestID { typed = text + String(character) }
            default: break
            }
            return nil
        }

        private func command(for key: Key) -> PairOrder? {
            switch key {
            case .enter: return .accept
            case .down: return .pick(below: true)
            case .up: return .pick(below: false)
            case .escape, .character("r"): return .reject
            case .character("s"): return .putOff
            case .character("x"): return .setAbsent
            case .character("u"): return .takeBack
            case .character("q"): return .stop
            case .character("i"): typed = ""
            case .character("?"), .character("h"): showsHelp = true
            default: break
            }
            return nil
        }
    }

    /// How often it is looked whether something has changed, machine time.
    static let pause = Duration.milliseconds(100)
    /// Numbers change once a second.
    static let pausesBetweenNumbers = 10
    static let longestID = 40

    let conductor: PairConductor
    let colouring: Colouring
    let options: ScreenOptions
    private let hand = Hand()

    init(conductor: PairConductor, colouring: Colouring, options: ScreenOptions) {
        self.conductor = conductor
        self.colouring = colouring
        self.options = options
    }

    func run() async {
        let terminal: RawMode
        let keyboard: Keyboard
        do {
            terminal = try RawMode()
            keyboard = try Keyboard()
        } catch {
            StandardError.write("entrain: \(error) Asking line by line instead.\n")
            await PairLines(conductor: conductor).run()
            return
        }
        let keys = Task {
            for await key in keyboard.keys {
                if let order = await hand.order(for: key) { await conductor.perform(order) }
            }
            // A terminal that has gone away answers nothing any more.
            await conductor.perform(.stop)
        }
        await draw()
        keyboard.stop()
        keys.cancel()
        terminal.restore()
    }

    /// Draws until cancelled: at once what the question is about, once a second what only counts.
    private func draw() async {
        var display = Display(descriptor: 1, colouring: colouring)
        var shown: PairingView?
        var count = 0
        while !Task.isCancelled {
            var view = await conductor.view()
            view.typed = await hand.typed
            view.showsHelp = await hand.showsHelp
            if let old = shown, count % Self.pausesBetweenNumbers != 0, !differs(view, old) { view = old }
            count += 1
            shown = view
            let size = WindowSize.of(descriptor: 1) ?? ScreenSize(columns: 80, rows: 24)
            do {
                try display.show(PairScreen.draw(view, size: size, options: options))
                try await Task.sleep(for: Self.pause)
            } catch {
                return
            }
        }
    }

    private func differs(_ view: PairingView, _ old: PairingView) -> Bool {
        view.code != old.code || view.stage != old.stage || view.message != old.message || view.typed != old.typed
            || view.showsHelp != old.showsHelp
    }
}
