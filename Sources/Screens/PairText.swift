public import Practice
internal import Terminal

/// What is said while straps are given, in words: on the screen, and line by line for screen readers and pipes.
public enum PairText {
    /// What a person can type in plain mode.
    public static let plainKeys =
        "Enter = give it, ID = this strap, s = skip for now, x = not taking part, u = undo, r = look again, q = stop"

    /// The two sentences below the list: what is the matter, and what to do; each fits into 56 columns.
    public static func sentences(_ view: PairingView) -> [String] {
        switch view.stage {
        case .looking:
            view.nearby.isEmpty
                ? ["No strap is heard yet.", "Wet the pads, put it on, come to the laptop."]
                : ["No new strap is near yet.", "Come closer with the strap, or press i and type its ID."]
        case .waitingForStart: ["With the strap still off, press Enter; then put it on.", ""]
        case .waitingForID: ["Press i and type the ID that is printed on the pod.", ""]
        case .close(let straps):
            [
                rivals(straps),
                "Come closer, press i and type the ID, or use the arrows.",
            ]
        case .checking(let strap): checking(strap, view)
        case .offered(let strap, let lead):
            [
                lead.map { $0 >= 10 ? "\(id(strap)) is \($0) dB nearer and sends real beats." : nil }
                    .flatMap(\.self) ?? "\(id(strap)) sends real beats.",
                "The pod should read  \(spelled(strap)) .",
            ]
        case .done: ["Everybody has a strap.", ""]
        }
    }

    /// One line for plain mode: whose turn it is, how the question stands, what to type.
    public static func line(_ view: PairingView) -> String {
        let code = view.code.map { "\($0): " } ?? ""
        let rest = sentences(view).filter { !$0.isEmpty }.joined(separator: " ")
        switch view.stage {
        case .offered(let strap, _):
            let words = "\(id(strap)) sends real beats. The pod should read  \(spelled(strap)) ."
            return SafeText.line("\(code)\(words) Enter gives it to \(view.code.map(\.description) ?? "them").")
        case .waitingForID: return SafeText.line("\(code)Type the ID that is printed on the pod.")
        default: break
        }
        let typed = rest.replacing("press i and type the ID, or use the arrows", with: "or type the ID")
        return SafeText.line(code + typed.replacing("press i and type", with: "type"))
    }

    /// What stands in the terminal afterwards: a line a place.
    public static func summary(_ view: PairingView) -> [String] {
        view.places.map { place in
            let words =
                switch place.seat {
                case .open, .later: "has no strap yet"
                case .absent: "takes no part"
                case .given(let strap), .lost(let strap): "wears \(strap.label)"
                case .worn(let strap, _, let clean):
                    "wears \(strap.label)" + (clean.map { ", \(Figures.percent($0)) % clean" } ?? "")
                }
            return SafeText.line("\(place.code) \(words)")
        }
    }

    /// The signal as a bar of five cells: full from -50 dBm on, empty below -90.
    static func bar(_ rssi: Int) -> String {
        let full = min(5, max(0, (rssi + 98) / 9))
        return String(repeating: "#", count: full) + String(repeating: ".", count: 5 - full)
    }

    /// What is known of a strap's beats.
    static func beats(_ beats: PairingView.Beats) -> String {
        switch beats {
        case .none: "none yet"
        case .connecting: "connecting"
        case .without: "rate, no beats"
        case .inARow(let count): count == 0 ? "none yet" : "\(count) in a row"
        case .belongs(let code): "is \(code)'s"
        case .elsewhere: "in use"
        }
    }

    /// The ID as it stands on the pod, in fours.
    static func spelled(_ strap: StrapIdentity) -> String {
        let printed = strap.printedID
        guard printed.count == 8 else { return printed }
        return "\(printed.prefix(4)) \(printed.suffix(4))"
    }

    private static func checking(_ strap: StrapIdentity, _ view: PairingView) -> [String] {
        let reads = "The pod should read  \(spelled(strap)) ."
        switch view.nearby.first(where: \.isPicked)?.beats {
        case .without:
            return ["\(id(strap)) sends a heart rate, but no beats.", "Choose another strap, or wet the pads."]
        case .inARow(0):
            return ["\(id(strap)) is connected, no real beats yet.", "Wet the pads, tighten the strap."]
        case .inARow(let count):
            return ["\(id(strap)) is near; \(count) real \(count == 1 ? "beat" : "beats") so far.", reads]
        default: return ["\(id(strap)) is being connected.", reads]
        }
    }

    private static func rivals(_ straps: [StrapIdentity]) -> String {
        let ids = straps.map { id($0) }
        return switch ids.count {
        case 2: "\(ids[0]) and \(ids[1]) are about as near as one another."
        case 3: "\(ids[0]), \(ids[1]) and \(ids[2]) are about as near."
        default: "\(ids.count) straps are about as near as one another."
        }
    }

    private static func id(_ strap: StrapIdentity) -> String { strap.printedID }
}
