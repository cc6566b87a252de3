import Practice
import Testing

@testable import Formats

@Suite("Script files") struct ScriptFileTests {
    @Test("a script of the program written as a file is read back the same", arguments: Script.builtIn)
    func roundTrip(_ script: Script) throws {
        let text = ScriptFile.text(of: script)
        var read = try ScriptFile.read(text, file: "own.yaml")
        #expect(read.source == text)
        read.source = nil
        #expect(read == script)
    }

    @Test("a mistake at the end of the file stands on a line that is there", arguments: ["a: [b\n  - \"c", "[[["])
    func endOfFile(_ text: String) throws {
        let error = try #require(throws: WrittenFileError.self) { try ScriptFile.read(text, file: "x") }
        #expect(error.mistakes.map(\.line) == [text.split(separator: "\n").count])
    }

    @Test("every entry of a phase is read")
    func everyEntry() throws {
        let text = """
            name: evening
            phases:
              - key: baseline
                minutes: 2.5
              - {key: practice-1, title: Practice, minutes: 5, feedback: own, posture: lying, skippable: yes,
                 pacer: {in_s: 4, hold_s: 1, out_s: 6}, er: [attentional deployment, all], prompt: "a: b"}
              - {key: share, feedback: off, unattended_end: atOnce}
            """
        let script = try ScriptFile.read(text, file: "x")
        #expect(script.name == "evening")
        #expect(script.phases.map(\.key) == ["baseline", "practice-1", "share"])
        #expect(script.phases.map(\.seconds) == [150, 300, nil])
        #expect(script.phases.map(\.feedback) == [.hidden, .own, .off])
        #expect(script.phases.map(\.isAnalysed) == [true, true, false])
        let practice = script.phases[1]
        let pacer = try #require(practice.pacer)
        #expect(abs(pacer.rate - 60 / 11) < 1e-12)
        #expect([pacer.inSeconds, pacer.holdSeconds, pacer.outSeconds] == [4, 1, 6])
        #expect(practice.regulation == "attentional deployment; all")
        #expect(practice.posture == "lying" && practice.isSkippable && practice.prompt == "a: b")
        #expect(script.phases[2].unattendedEnd == .atOnce)
        #expect(ScriptFile.text(of: script) == text, "a file is kept word for word")
    }

    private static let head = "name: own\nphases:\n  - {key: baseline, minutes: 3}\n"

    @Test(
        "a mistake is named with its line and column, where the mark ^ stands, and what to do",
        arguments: [
            ("{key: p, minutes: 5, ^feedbak: own, feedback: own}", "Did you mean `feedback`?"),
            ("{key: p, minutes: 5, ^feedbak: own}", "Did you mean `feedback`?"),
            ("{key: p, ^minuts: 5, feedback: own}", "Did you mean `minutes`?"),
            ("{key: p, minutes: 5, feedback: ^owm}", "Did you mean `own`?"),
            ("{key: p, minutes: ^5:30, feedback: own}", "5 or 2.5"),
            ("{key: p, minutes: ^0, feedback: own}", "no number from 0.1 to 600"),
            ("^{minutes: 5, feedback: own}", "no `key`"), ("^{key: p, minutes: 5}", "what a student sees"),
            ("^{key: p, feedback: own}", "how it ends"),
            ("{key: ^baseline, minutes: 5}", "has the key `baseline` already"),
            ("{key: baseline-2, minutes: 5, feedback: ^own}", "practising already"),
            ("{key: baseline-2, minutes: 5, pacer: ^6}", "a baseline has no pacer"),
            ("{key: p, minutes: 5, feedback: off, analyse: ^true}", "speech disturbs"),
            ("{key: p, minutes: 5, feedback: own, pacer: {rate: ^6, in_s: 4, out_s: 5}}", "take 9.0 s"),
            ("{key: p, minutes: 5, feedback: own, pacer: {rate: ^60}}", "no number from 3 to 20"),
            ("{key: p, minutes: 5, feedback: own, pacer: ^{in_s: 4}}", "no `out_s`"),
            ("{key: p, minutes: 5, feedback: own, er: ^atentional deployment}", "`attentional deployment`?"),
            ("{key: ^P 1, minutes: 5, feedback: own}", "lower-case letters"),
            ("{key: p, minutes: 5, feedback: own, skippable: ^perhaps}", "true or false"),
            ("^just a line", "lines of `key: value`"),
        ])
    func oneMistake(_ marked: String, _ words: String) throws {
        let mark = try #require(marked.firstIndex(of: "^"))
        let column = 5 + marked.distance(from: marked.startIndex, to: mark)
        let text = Self.head + "  - " + marked.replacing("^", with: "") + "\n"
        let error = try #require(throws: WrittenFileError.self) { try ScriptFile.read(text, file: "own.yaml") }
        #expect(error.mistakes.map(\.line) == [4], "\(error)")
        #expect(error.mistakes.map(\.column) == [column], "\(error)")
        #expect(error.description.contains(words), "\(error)")
        #expect(error.description.hasPrefix("own.yaml has 1 mistake:\n  own.yaml:4:\(column): "), "\(error)")
    }

    @Test("all mistakes of a file are told at once, from top to bottom")
    func manyMistakes() throws {
        let text = """
            nam: own
            phases:
              - {key: a, minutes: x, feedback: own}
              - {key: b, minutes: 5, feedback: seen, pacers: 6}
            """
        let error = try #require(throws: WrittenFileError.self) { try ScriptFile.read(text, file: "f") }
        #expect(error.mistakes.map(\.line) == [1, 1, 3, 4, 4], "\(error)")
    }

    @Test(
        "what is no script is refused",
        arguments: [
            ("", 1, "empty"), ("---\n#", 2, "lines of `key: value`"), ("name: own\n? phases\n#", 3, "must be a list"),
            ("phases: []\nname: own\n", 1, "no phase"), ("- a\n- b\n", 1, "lines of `key: value`"),
            ("name: own\n", 1, "no `phases`"), ("name: own\nphases: 5\n", 2, "must be a list"),
            ("name: own\nname: two\nphases: []\n", 1, "twice"), ("name: own\nphases:\n\t- key: a\n", 3, "no YAML"),
            ("name: own\nphases:\n  - {key: p, minutes: 5, feedback: own}\n", 3, "no baseline"),
            (
                "name: own\nphases:\n  - {key: baseline, minutes: 600}\n  - {key: p, minutes: 1, feedback: own}\n", 3,
                "more than 600 minutes"
            ),
            ("name: pal-30\nphases:\n  - {key: baseline, minutes: 5}\n", 1, "comes with the program"),
        ])
    func noScript(_ text: String, _ line: Int, _ words: String) throws {
        let error = try #require(throws: WrittenFileError.self) { try ScriptFile.read(text, file: "f") }
        #expect(error.mistakes.contains { $0.line == line }, "\(error)")
        #expect(error.description.contains(words), "\(error)")
    }

    @Test("aliases within aliases, and thousands of phases, are refused without delay")
    func bombs() {
        var text = "name: own\na: &a [x, x, x, x, x, x, x, x, x]\n"
        for (last, next) in zip("abcdefg", "bcdefgh") {
            text += "\(next): &\(next) [" + Array(repeating: "*\(last)", count: 9).joined(separator: ", ") + "]\n"
        }
        #expect(throws: WrittenFileError.self) { try ScriptFile.read(text + "phases: *h\n", file: "f") }
        let many = "name: own\nphases:\n" + String(repeating: "  - {key: a}\n", count: 5000)
        #expect(throws: WrittenFileError.self) { try ScriptFile.read(many, file: "f") }
    }
}
