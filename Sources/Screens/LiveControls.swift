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
        /// A code gets another strap: the one that was named, or the nearest that nobody has.
        case swap(Code, strap: String?)
        /// A code comes late, and its student has agreed to this now; nil when that is on record.
        ///
        /// It gets the strap that was named; or else its own, or the nearest that nobody has.
        case join(Code, Consent?, strap: String?)
        /// One more comes late than the group has places, and has agreed to this now.
        case joinNew(Consent, strap: String?)
        /// A code's student takes the consent back.
        case withdraw(Code)
        /// The session ends.
        case end
    }

    /// What the keys are about at the moment.
    enum Mode: Sendable, Hashable {
        case table, help, ending, choosing(Purpose), withdrawing(Code), asking(Code?), naming(Wearer, String)
        case told(String)
    }

    /// Who is to get a strap.
    enum Wearer: Sendable, Hashable {
        /// Somebody who takes part.
        case present(Code)
        /// Somebody who comes late, what was agreed to now, and whether there is a strap on record.
        case late(Code, Consent?, hasStrap: Bool)
        /// One more than the group has places.
        case new(Consent)
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

    /// The longest ID, name or address that can be typed.
    private static let longestID = 18

    /// The table, with its numbers, from its first code on.
    public init() {}

    /// Tells the coach something in the place of whom to help, until the next key; a question that stands there stays.
    public mutating func tell(_ text: String) {
        switch mode {
        case .table, .told: mode = .told(text)
        case .help, .ending, .choosing, .withdrawing, .asking, .naming: break
        }
    }

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
        case .help, .told:
            mode = .table
            return letter == "?" || key == .escape || key == .enter ? nil : pressInTable(key, letter, view)
        case .ending:
            mode = .table
            return letter == "y" ? .end : nil
        case .choosing(let purpose):
            mode = .table
            choose(letter, purpose, view)
            return nil
        case .withdrawing(let code):
            mode = .table
            return letter == "y" ? .withdraw(code) : nil
        case .asking(let code):
            answer(letter, of: code, in: view)
            return nil
        case .naming(let wearer, let typed):
            return name(key, for: wearer, typed)
        }
    }

    /// What a late joiner agrees to, or that there was no consent.
    private mutating func answer(_ letter: Character?, of code: Code?, in view: LiveView) {
        let consent: Consent? = letter == "y" ? .study : letter == "s" ? .session : nil
        guard let consent else {
            let who = code.map { "\($0) has" } ?? "they have"
            mode = .told("No consent, no recording. Once \(who) signed, press l.")
            return
        }
        let member = view.absent.first { $0.code == code }
        mode = .naming(member.map { .late($0.code, consent, hasStrap: $0.strap != nil) } ?? .new(consent), "")
    }

    private mutating func name(_ key: Key, for wearer: Wearer, _ typed: String) -> Act? {
        switch key {
        case .enter:
            mode = .table
            let text = typed.split(separator: " ").joined(separator: " ")
            let strap = text.isEmpty ? nil : text
            switch wearer {
            case .present(let code): return .swap(code, strap: strap)
            case .late(let code, let consent, _): return .join(code, consent, strap: strap)
            case .new(let consent): return .joinNew(consent, strap: strap)
            }
        case .escape: mode = .table
        case .backspace: mode = .naming(wearer, String(typed.dropLast()))
        case .character(let character):
            if typed.count < Self.longestID { mode = .naming(wearer, typed + String(character)) }
        default: break
        }
        return nil
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

    private mutating func choose(_ letter: Character?, _ purpose: Purpose, _ view: LiveView) {
        if purpose == .join, letter == "n" {
            mode = .asking(nil)
            return
        }
        guard let letter, let place = place(of: letter, in: view) else { return }
        let present = view.readouts.first { $0.code.place == place }?.code
        switch purpose {
        case .swap: if let present { mode = .naming(.present(present), "") }
        case .withdraw: if let present { mode = .withdrawing(present) }
        case .join:
            guard let member = absent(at: place, in: view) else { return }
            mode =
                member.consent.allowsRecording
                ? .naming(.late(member.code, nil, hasStrap: member.strap != nil), "") : .asking(member.code)
        }
    }

    /// Who is absent from a place; the digit may mean one of other tens too, where it means nobody else.
    private func absent(at place: Int, in view: LiveView) -> Member? {
        if let exact = view.absent.first(where: { $0.code.place == place }) { return exact }
        let others = view.absent.filter { $0.code.place % 10 == place % 10 }
        return others.count == 1 ? others.first : nil
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
        case .choosing(.swap): "Who gets another strap?"
        case .choosing(.withdraw): "Who withdraws?"
        case .choosing(.join):
            view.absent.isEmpty
                ? "Everybody of \(view.group) takes part. n makes a new place."
                : "Who comes late? "
                    + view.absent.map { "\($0.code) (\($0.consent.words))" }.joined(separator: ", ")
        case .withdrawing(let code):
            "\(code) withdraws? All of it is deleted at the end."
        case .asking(let code?): "What has \(code) agreed to, to be recorded?"
        case .asking(nil): "A new place: what has the student agreed to?"
        case .naming(let wearer, let typed): Self.question(of: wearer) + typed + "_"
        case .told(let text): text
        }
    }

    private static func question(of wearer: Wearer) -> String {
        switch wearer {
        case .present(let code), .late(let code, _, hasStrap: false): "\(code) gets: Enter = nearest, or ID: "
        case .late(let code, _, hasStrap: true): "\(code) gets: Enter = its own, or ID: "
        case .new: "New place: Enter = nearest, or ID: "
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
        case .choosing(.join) where view.absent.isEmpty:
            return [Hint("n", "a new place"), Hint("any other key", "nobody")]
        case .choosing(.join):
            return [Hint("1-9,0", "the student"), Hint("n", "a new place"), Hint("any other key", "nobody")]
        case .choosing: return [Hint("1-9,0", "the student"), Hint("any other key", "nobody")]
        case .withdrawing: return [Hint("y", "yes"), Hint("any other key", "no")]
        case .asking:
            return [Hint("y", "agreed on paper"), Hint("s", "this session only"), Hint("any other key", "no")]
        case .naming: return [Hint("Enter", "take it"), Hint("Escape", "back")]
        case .told: return [Hint("Enter", "go on")]
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
        Hint("s", "another strap for a student: the nearest, or by ID"),
        Hint("l", "take in a student who comes late, or one more"),
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
