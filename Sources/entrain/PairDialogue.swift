import Gateway
import Practice
import Screens
import Terminal

/// How a coach is asked for straps.
enum PairDialogue {
    /// On a screen of its own, key by key.
    case full(Colouring, ScreenOptions)
    /// Line by line.
    case plain

    func show(_ conductor: PairConductor) async {
        switch self {
        case .full(let colouring, let options):
            await PairDisplay(conductor: conductor, colouring: colouring, options: options).run()
        case .plain: await PairLines(conductor: conductor).run()
        }
    }
}

/// Questions and answers line by line, for screen readers and pipes: lines are only ever added.
struct PairLines {
    /// How often it is looked whether there is something new to say, machine time.
    static let pause = Duration.milliseconds(100)

    let conductor: PairConductor

    func run() async {
        StandardOutput.line(PairText.plainKeys)
        let answers = Task {
            for await line in LineReader.lines() { await answer(line) }
            // Nobody can answer any more.
            await conductor.perform(.stop)
        }
        var said = ""
        var told = ""
        while !Task.isCancelled {
            let view = await conductor.view()
            if view.message != told {
                told = view.message
                if !told.isEmpty { StandardOutput.line(SafeText.line(told)) }
            }
            let line = PairText.line(view)
            if line != said, view.code != nil {
                said = line
                StandardOutput.line(line)
            }
            do { try await Task.sleep(for: Self.pause) } catch { break }
        }
        answers.cancel()
    }

    private func answer(_ line: String) async {
        let words = line.split(whereSeparator: \.isWhitespace)
        let text = words.joined(separator: " ")
        switch text.lowercased() {
        case "": await conductor.perform(.accept)
        case "s": await conductor.perform(.putOff)
        case "x": await conductor.perform(.setAbsent)
        case "u": await conductor.perform(.takeBack)
        case "r": await conductor.perform(.reject)
        case "q": await conductor.perform(.stop)
        case "?", "h", "help": StandardOutput.line(PairText.plainKeys)
        default: await conductor.perform(.name(words.count == 2 && words[0] == "i" ? String(words[1]) : text))
        }
    }
}
