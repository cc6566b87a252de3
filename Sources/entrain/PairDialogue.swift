import Formats
import Gateway
import Glibc
import Practice
import Screens
import Terminal

/// How a coach is asked for straps.
enum PairDialogue {
    /// On a screen of its own, key by key.
    case full(Colouring, ScreenOptions)
    /// Line by line.
    case plain
    /// The same with questions as JSON objects, for a program that answers line by line.
    case json

    /// The signals that are of use to it.
    var signals: Set<Int32> {
        switch self {
        case .full: Signals.ending.union(Signals.ofTerminal)
        case .plain, .json: Signals.fatal
        }
    }

    /// Asks until cancelled.
    /// - Parameters:
    ///   - conductor: gives the straps.
    ///   - signals: those that tell the program to stand still, and that it goes on.
    func show(_ conductor: PairConductor, _ signals: AsyncStream<Int32>) async {
        switch self {
        case .full(let colouring, let options):
            let display = PairDisplay(conductor: conductor, colouring: colouring, options: options)
            if await display.run(signals) { return }
            await PairLines(conductor: conductor, isJSON: false).run()
        case .plain: await PairLines(conductor: conductor, isJSON: false).run()
        case .json: await PairLines(conductor: conductor, isJSON: true).run()
        }
    }
}

/// Questions and answers line by line, for screen readers, pipes and programs: lines are only ever added.
struct PairLines {
    /// How often it is looked whether there is something new to say, machine time.
    static let pause = Duration.milliseconds(100)

    let conductor: PairConductor
    let isJSON: Bool

    func run() async {
        if !isJSON { StandardOutput.line(PairText.plainKeys) }
        let answers = Task {
            for await line in LineReader.lines() { await answer(line) }
            // Nobody can answer any more.
            await conductor.perform(.stop)
        }
        var old: PairingView?
        while !Task.isCancelled {
            let view = await conductor.view()
            for line in lines(from: old, to: view) { StandardOutput.line(line) }
            old = view
            do { try await Task.sleep(for: Self.pause) } catch { break }
        }
        answers.cancel()
        let last = await conductor.view()
        if isJSON { for line in lines(from: old, to: last) { StandardOutput.line(line) } }
    }

    private func lines(from old: PairingView?, to view: PairingView) -> [String] {
        if isJSON { return PairingJSON.lines(from: old, to: view) }
        var lines: [String] = []
        if view.message != old?.message ?? "", !view.message.isEmpty { lines.append(SafeText.line(view.message)) }
        let line = PairText.line(view)
        if view.code != nil, line != old.map({ PairText.line($0) }) { lines.append(line) }
        return lines
    }

    private func answer(_ line: String) async {
        let words = line.split(whereSeparator: \.isWhitespace)
        let text = words.joined(separator: " ")
        switch text.lowercased() {
        case "": await conductor.perform(.accept())
        case "s": await conductor.perform(.putOff)
        case "x": await conductor.perform(.setAbsent)
        case "u": await conductor.perform(.takeBack)
        case "r": await conductor.perform(.reject)
        case "q": await conductor.perform(.stop)
        case "?", "h", "help": if !isJSON { StandardOutput.line(PairText.plainKeys) }
        default: await conductor.perform(.name(words.count == 2 && words[0] == "i" ? String(words[1]) : text))
        }
    }
}
