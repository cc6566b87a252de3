public import Practice
public import Terminal

/// What the coach's keys have set on the live screen, and what they ask of the session: a pure reducer over keys.
public struct LiveControls: Sendable, Hashable {
    /// What a key asks of the session.
    public enum Act: Sendable, Hashable {
        /// The next phase begins.
        case next
        /// The phase is interrupted, or goes on.
        case pause
        /// A mark on a code, or on the group.
        case mark(Code?)
        /// A code gets another strap.
        case swap(Code)
        /// A code comes late, and its student has agreed to this now; nil when that is on record.
        case join(Code, Consent?)
        /// A code's student takes the consent back.
        case withdraw(Code)
        /// The session ends.
        case end
    }

    /// What the keys are about at the moment.
    enum Mode: Sendable, Hashable {
        case table, help, ending, choosing(Purpose), withdrawing(Code), asking(Code)
    }

    /// What a code is chosen for.
    enum Purpose: Sendable, Hashable {
        case swap, join, withdraw
    }

    private(set) var mode = Mode.table
    /// Whether the screen shows no numbers.
    public private(set) var hidesNumbers = false
    /// How many codes are scrolled away above the table.
    public private(set) var scrolledCodes = 0

    /// The table, with its numbers, from its first code on.
    public init() {}

    /// Takes a key.
    /// - Parameters:
    ///   - key: the key; capitals mean the same.
    ///   - view: what the screen shows.
    /// - Returns: what it asks of the session; nil when it concerns the screen alone, or nothing.
    public mutating func press(_ key: Key, in view: LiveView) -> Act? {
        let letter = Self.letter(of: key)
        let before = mode
        switch before {
        case .table:
            return pressInTable(key, letter, view)
        case .help:
            mode = .table
            return letter == "?" || key == .escape || key == .enter ? nil : pressInTable(key, letter, view)
        case .ending:
            mode = .table
            return letter == "y" ? .end : nil
        case .choosing(let purpose):
            mode = .table
            return choose(letter, purpose, view)
        case .withdrawing(let code):
            mode = .table
            return letter == "y" ? .withdraw(code) : nil
        case .asking(let code):
            mode = .table
            return letter == "y" ? .join(code, .study) : letter == "s" ? .join(code, .session) : nil
        }
    }

    private mutating func pressInTable(_ key: Key, _ letter: Character?, _ view: LiveView) -> Act? {
        if let letter, let place = place(of: letter, in: view) {
            return view.readouts.first { $0.code.place == place }.map { .mark($0.code) }
        }
        switch letter {
        case "n": return .next
        case "p": return .pause
        case "m": return .mark(nil)
        case "b": hidesNumbers.toggle()
        case "?": mode = .help
        case "q": mode = .ending
        case "s": mode = .choosing(.swap)
        case "l": mode = .choosing(.join)
        case "w": mode = .choosing(.withdraw)
        default: scroll(key, of: view.readouts.count)
        }
        return nil
    }

    private mutating func choose(_ letter: Character?, _ purpose: Purpose, _ view: LiveView) -> Act? {
        guard let letter, let place = place(of: letter, in: view) else { return nil }
        let present = view.readouts.first { $0.code.place == place }?.code
        switch purpose {
        case .swap: return present.map { .swap($0) }
        case .withdraw: if let present { mode = .withdrawing(present) }
        case .join:
            guard let member = view.absent.first(where: { $0.code.place == place }) else { return nil }
            if member.consent.allowsRecording { return .join(member.code, nil) }
            mode = .asking(member.code)
        }
        return nil
    }

    private mutating func scroll(_ key: Key, of count: Int) {
        let step = [Key.up: -1, .down: 1, .pageUp: -10, .pageDown: 10][key] ?? 0
        scrolledCodes = max(0, min(scrolledCodes + step, count - 1))
    }

    /// The place that a digit means: 1 to 9 and 0 for ten, of the ten that the first code shown is among.
    private func place(of letter: Character, in view: LiveView) -> Int? {
        guard letter.isASCII, let digit = letter.wholeNumberValue else { return nil }
        return tens(in: view) + (digit == 0 ? 10 : digit)
    }

    private func tens(in view: LiveView) -> Int {
        guard view.readouts.indices.contains(scrolledCodes) else { return 0 }
        return (view.readouts[scrolledCodes].code.place - 1) / 10 * 10
    }

    private static func letter(of key: Key) -> Character? {
        guard case .character(let character) = key else { return nil }
        return character.lowercased().first
    }
}

// MARK: - What stands on the screen

extension LiveControls {
    /// A question to the coach, or nothing.
    func question(in view: LiveView) -> String? {
        switch mode {
        case .table, .help: nil
        case .ending: "End the session now? Everything until now is kept."
        case .choosing(.swap): "Who gets another strap? The nearest that nobody has will be taken."
        case .choosing(.withdraw): "Who withdraws?"
        case .choosing(.join):
            view.absent.isEmpty
                ? "Everybody of \(view.group) takes part already."
                : "Who comes late? "
                    + view.absent.map { "\($0.code) (\($0.consent.words))" }.joined(separator: ", ")
        case .withdrawing(let code):
            "\(code) withdraws? All of it is deleted at the end."
        case .asking(let code): "What has \(code) agreed to, to be recorded?"
        }
    }

    /// Keys that work now, the most useful first.
    func hints(in view: LiveView) -> [Hint] {
        switch mode {
        case .table:
            let tens = tens(in: view)
            return [
                Hint("n", "next"), Hint("p", view.isPaused ? "go on" : "pause"), Hint("m", "mark group"),
                Hint("1-9,0", tens == 0 ? "mark one" : "mark \(tens + 1)-\(tens + 10)"), Hint("s", "swap"),
                Hint("l", "late"), Hint("w", "withdraw"), Hint("b", hidesNumbers ? "numbers" : "blank"),
                Hint("?", ""), Hint("q", ""),
            ]
        case .help: return [Hint("?", "back to the table")]
        case .ending: return [Hint("y", "end it"), Hint("any other key", "go on")]
        case .choosing(.join) where view.absent.isEmpty: return [Hint("any key", "go on")]
        case .choosing: return [Hint("1-9,0", "the student"), Hint("any other key", "nobody")]
        case .withdrawing: return [Hint("y", "yes"), Hint("any other key", "no")]
        case .asking:
            return [Hint("y", "agreed on paper"), Hint("s", "this session only"), Hint("any other key", "no")]
        }
    }

    /// A key and what it does.
    struct Hint: Hashable {
        let key: String
        let action: String

        init(_ key: String, _ action: String) {
            self.key = key
            self.action = action
        }
    }

    /// All keys, for the help.
    static let help = [
        Hint("n", "next phase"), Hint("p", "pause the phase, and go on with it"), Hint("m", "mark the group"),
        Hint("1-9, 0", "mark one student, 0 is the tenth"), Hint("b", "blank the numbers, and show them again"),
        Hint("s", "give a student another strap"), Hint("l", "take in a student who comes late"),
        Hint("w", "a student withdraws (asks once)"), Hint("\u{2191} \u{2193}", "scroll, in groups of more than ten"),
        Hint("Ctrl-Z", "put the screen away; recording goes on"),
        Hint("q", "end the session (asks once); Ctrl-C ends at once"),
    ]

    /// The view as it may be shown.
    func shown(_ view: LiveView) -> LiveView {
        guard hidesNumbers else { return view }
        var blank = view
        blank.rhythm = nil
        blank.readouts = view.readouts.map { readout in
            var hidden = Readout(code: readout.code)
            hidden.strap = readout.strap
            hidden.battery = readout.battery
            hidden.rssi = readout.rssi
            hidden.score = .none(reason: "numbers are hidden (b)")
            return hidden
        }
        return blank
    }
}
