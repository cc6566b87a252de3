import Practice
import Terminal

/// Asks a person item by item, line by line: a screen reader can follow.
struct SurveyDialogue {
    let items: [SurveyItem]
    let title: String

    /// The answers by item; an item that was passed over has none.
    /// - Throws: `Failure` when the person stopped: then nothing is to be kept.
    func ask() async throws -> [String: String] {
        StandardOutput.line("\(title). Enter alone: no answer.  <: back.  .: stop, nothing is kept.")
        var answers: [String: String] = [:]
        var place = 0
        put(place)
        for await line in LineReader.lines() {
            let text = String(line.filter { $0 != "\r" })
            switch text.filter({ !$0.isWhitespace }) {
            case "<": place = max(0, place - 1)
            case ".": throw Failure(.stopped, "stopped; nothing was kept.")
            default: place += take(text, for: items[place], into: &answers) ? 1 : 0
            }
            guard place < items.count else { return answers }
            put(place)
        }
        throw Failure(.stopped, "the input ended before the last item; nothing was kept.")
    }

    /// Whether the next item can be asked.
    private func take(_ text: String, for item: SurveyItem, into answers: inout [String: String]) -> Bool {
        do {
            switch try SurveyLines.reading(text, of: item) {
            case .value(let value): answers[item.name] = value
            case .missing: answers[item.name] = nil
            case .unreadable:
                StandardOutput.line("  \(SafeText.line(SurveyLines.trouble(text, with: item)))")
                return false
            }
            return true
        } catch {
            StandardOutput.line("  \((error as? Failure)?.message ?? "\(error)")")
            return false
        }
    }

    private func put(_ place: Int) {
        let item = items[place]
        StandardOutput.line("")
        StandardOutput.line("\(place + 1) of \(items.count)  \(SafeText.line(item.text))")
        if !item.levelText.isEmpty { StandardOutput.line("  \(SafeText.line(item.levelText))") }
        if item.kind == .multiple { StandardOutput.line("  several, parted by semicolons") }
        StandardOutput.write("\(item.name): ")
    }
}
