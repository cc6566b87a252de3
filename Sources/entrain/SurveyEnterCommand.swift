import ArgumentParser
import Formats
import Practice
import Store
import Timekeeping

/// `entrain survey enter`: one person's answers, from paper or spoken.
struct SurveyEnterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "enter", abstract: "Enter the answers of one code, item by item.",
        discussion: """
            Examples:
              entrain survey enter post --code G1-03                   asks item by item
              entrain survey enter pal-post --code G1-03 --answer goals_met=5
              entrain survey enter pal-post --code G1-03 --answers G1-03.txt

            Codes only, never names. What a code answered before is put in its place with
            --replace, and kept as history.
            """)
    @Argument(help: "The wave, such as post or pal-post.") var wave: String
    @Option(help: "Whose answers.") var code: String
    @Option(name: .long, help: ArgumentHelp("One answer; may be given often.", valueName: "item=answer"))
    var answer: [String] = []
    @Option(
        help: ArgumentHelp("A file with lines item=answer; - for stdin.", valueName: "file"), completion: .file())
    var answers: String?
    @Option(help: "The survey, where several have the wave.") var instrument: String?
    @Flag(help: "Put these answers in the place of earlier ones.") var replace = false
    @Flag(help: "CSV.") var csv = false
    @OptionGroup var global: GlobalOptions

    func validate() throws { try SurveyOutput.refuseBoth(csv, global) }

    func run() async throws {
        try await Failing.run {
            let code = try Code(code)
            let store = try global.openStore()
            let (instrument, wave) = try await SurveyFinder(store).wave(wave, instrument: instrument)
            let items = instrument.items(of: wave)
            try await refuseUnknown(code, store)
            if !replace { try await refuseAnswered(code, instrument, wave, store) }
            var given = try SurveyLines.read(answer, items: items, place: "--answer")
            if let answers { given.merge(try lines(of: answers, items)) { _, new in new } }
            if answer.isEmpty, answers == nil {
                given =
                    SurveyInput.isTerminal
                    ? try await SurveyDialogue(items: items, title: "\(code) · \(instrument.name)-\(wave)").ask()
                    : try lines(of: "-", items)
            }
            guard !given.isEmpty else {
                throw Failure(
                    .usage,
                    "no answer was given, so nothing was kept. Give one with --answer \(items[0].name)=..., or lines "
                        + "item=answer with --answers FILE.")
            }
            let response = SurveyResponse(id: "", wave: wave, code: code, answers: given)
            let kept = try await store.keep(
                [response], of: instrument, merging: replace ? .replace : .refuse, source: "entered",
                at: Environment.clock().now().utc)
            try await tell(try kept.get().first ?? "", code, given.count, items.count, instrument, store)
        }
    }

    /// A slip of the pen in a group that is known here; groups of other rooms may be unknown.
    private func refuseUnknown(_ code: Code, _ store: Store) async throws {
        let roster = try await store.rosters().first { $0.group == code.group }
        guard let roster, !roster.members.contains(where: { $0.code == code }) else { return }
        throw StoreError(.unknownCode, "\(code)")
    }

    /// Nobody shall answer a whole questionnaire to be refused at its end.
    private func refuseAnswered(_ code: Code, _ instrument: Instrument, _ wave: String, _ store: Store) async throws {
        let known = try await store.answers(to: instrument).responses.contains { $0.wave == wave && $0.code == code }
        if known { throw SurveyError.answeredAlready([code], wave: wave) }
    }

    private func lines(of path: String, _ items: [SurveyItem]) throws -> [String: String] {
        guard let text = String(validating: try SurveyInput.bytes(path), as: UTF8.self) else {
            throw Failure(.failed, "\(path) is no UTF-8 text. Save it as UTF-8.")
        }
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        return try SurveyLines.read(
            lines.filter { !$0.hasPrefix("#") && $0.contains { !$0.isWhitespace } }, items: items,
            place: path == "-" ? "stdin" : path)
    }

    private func tell(
        _ id: String, _ code: Code, _ count: Int, _ asked: Int, _ instrument: Instrument, _ store: Store
    ) async throws {
        let wave = id.prefix { $0 != "-" }
        let earlier = try await store.replacedResponses(of: code, instrument: instrument.name, wave: String(wave))
        if csv {
            let entry = SurveyListFile.Entry(
                response: id, code: code, instrument: instrument.name, wave: String(wave), answered: count,
                asked: asked,
                replaced: earlier)
            StandardOutput.write(String(decoding: SurveyListFile.csv(entry), as: UTF8.self))
            return
        }
        if global.json {
            let object: JSONValue = [
                "v": 1, "type": "survey_entry", "response": .string(id), "code": .string(code.description),
                "instrument": .string(instrument.name), "wave": .string(String(wave)), "answered": .integer(count),
                "asked": .integer(asked), "replaced": .integer(earlier),
            ]
            StandardOutput.line(object.line)
            return
        }
        let history = earlier == 0 ? "" : " Earlier answers kept as history: \(earlier)."
        StandardOutput.line("\(code): \(count) of \(asked) items answered, kept as \(id).\(history)")
    }
}

/// Answers as lines `item=answer`.
enum SurveyLines {
    /// Reads lines; one that cannot be taken is refused with its number.
    /// - Parameters:
    ///   - lines: the lines.
    ///   - items: what is asked.
    ///   - place: where they stand, for errors.
    /// - Returns: the answers by item, without missing ones.
    /// - Throws: `Failure` or `SurveyError`.
    static func read(_ lines: [String], items: [SurveyItem], place: String) throws -> [String: String] {
        var answers: [String: String] = [:]
        for (number, line) in lines.enumerated() {
            guard let equals = line.firstIndex(of: "=") else {
                throw Failure(.usage, "\(place) \(number + 1): '\(line.prefix(40))' is no answer. Write item=answer.")
            }
            let name = String(line[..<equals].filter { !$0.isWhitespace })
            let text = String(line[line.index(after: equals)...])
            guard let item = items.first(where: { $0.name == name }) else {
                throw SurveyError.unknownItem(name, wave: items.first?.wave ?? "", known: items.map(\.name))
            }
            switch try reading(text, of: item) {
            case .value(let value): answers[name] = value
            case .missing: break
            case .unreadable: throw Failure(.usage, "\(place) \(number + 1): \(trouble(text, with: item))")
            }
        }
        return answers
    }

    /// What an answer means; text that says who somebody is, is refused.
    static func reading(_ text: String, of item: SurveyItem) throws -> SurveyItem.Reading {
        if item.kind == .text, let what = Identifying.reason(contents: text) {
            throw Failure(
                .refused, "the answer to \(item.name) looks like \(what). Leave it out: nothing here may say who it is."
            )
        }
        return item.read(text)
    }

    /// Why an answer cannot be taken.
    static func trouble(_ text: String, with item: SurveyItem) -> String {
        let possible =
            item.kind == .text
            ? "text of at most \(SurveyItem.longestText) characters"
            : item.levelText.isEmpty
                ? "a number" : item.levelText + (item.kind == .multiple ? "; several are parted by semicolons" : "")
        let words = text.drop { $0.isWhitespace }
        return "'\(words.prefix(40))' is no answer to \(item.name). Possible: \(possible)."
    }
}
