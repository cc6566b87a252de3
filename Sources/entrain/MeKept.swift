import ArgumentParser
import Formats
import Glibc
import Practice
import Screens
import Store
import Terminal
import Timekeeping

/// `entrain me open`: a kept reading, for whoever has its receipt.
struct MeOpenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Show the reading that a receipt opens.",
        discussion: """
            Examples:
              entrain me open melon-harbor-42-tide
              entrain me open -       asks for the receipt; no shell remembers it

            The slip that a coach gives out after a session opens your own part of it.
            """)
    @Argument(help: "The receipt; - reads it from the input.") var receipt: String
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await Failing.run {
            let receipt = try await MeReceipt.read(receipt)
            guard global.hasStore else { throw MeReceipt.unknown }
            let store = try global.openStore()
            if let own = try await store.ownPart(receipt) {
                MeOwnPart(own).write(global: global)
                return
            }
            guard let record = try await store.reading(receipt) else { throw MeReceipt.unknown }
            let replay = CodeReplay(record.beats, pacers: record.timeline)
            let summary = PersonalSummary(record, replay)
            if global.json {
                StandardOutput.line(MeJSON.kept(record, summary, replay).line)
                return
            }
            MeKeptOutput.write(record, summary, replay, global: global)
            StandardError.write("\(MeText.wellness)\n")
        }
    }
}

/// A kept reading on stdout, for people.
enum MeKeptOutput {
    static func write(
        _ record: PersonalRecord, _ summary: PersonalSummary, _ replay: CodeReplay, global: GlobalOptions
    ) {
        let width = StandardOutput.isTerminal ? WindowSize.of(descriptor: STDOUT_FILENO)?.columns : nil
        let text = MeKeptText.text(date: date(record), summary, replay, columns: min(width ?? 80, 120))
        _ = StandardOutput.write(global.ascii ? ASCIIFallback.text(text) : text)
    }

    /// Local day and time, such as `2026-08-04 16:02`.
    private static func date(_ record: PersonalRecord) -> String {
        let day = record.started.compactDay(zoneOffsetSeconds: record.zoneOffsetSeconds)
        let time = record.started.timeOfDay(zoneOffsetSeconds: record.zoneOffsetSeconds).prefix(5)
        return "\(day.prefix(4))-\(day.dropFirst(4).prefix(2))-\(day.suffix(2)) \(time)"
    }
}

/// `entrain me delete`: destroys a kept reading.
struct MeDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: "Destroy the reading that a receipt opens, and its key.",
        discussion: """
            Example:
              entrain me delete melon-harbor-42-tide

            It asks nothing: whoever has the receipt may. Afterwards nobody can get it
            back.
            """)
    @Argument(help: "The receipt; - reads it from the input.") var receipt: String
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await Failing.run {
            let receipt = try await MeReceipt.read(receipt)
            guard global.hasStore else { throw MeReceipt.unknown }
            let store = try global.openStore()
            let deletion = try await store.deleteReading(receipt)
            if deletion == .unknown {
                guard let own = try await store.ownPart(receipt) else { throw MeReceipt.unknown }
                throw Failure(
                    .refused,
                    """
                    that is your part of the session \(own.record.info.name), which the study keeps. To take it back, \
                    tell the coach or the facilitator:  entrain privacy erase \(own.code)
                    """)
            }
            if global.json {
                StandardOutput.line(#"{"v":1,"type":"deleted","journal_cleared":\#(deletion == .done)}"#)
            } else {
                StandardOutput.line("Deleted. The key and every byte of that reading are overwritten.")
            }
            if deletion == .journalLater {
                StandardError.write(
                    """
                    A running session is using the journal, so the locked bytes stay in it until that session ends. \
                    Nobody can open them without the receipt.\n
                    """)
            }
        }
    }
}

/// Receipts as people type them.
enum MeReceipt {
    /// One and the same sentence whatever is kept: a wrong receipt learns nothing.
    static let unknown = Failure(
        .notFound,
        """
        no reading is kept here under that receipt. Nothing else is told, so that nobody can guess.
          Look at each word and at the number, and whether it was on this computer and this account (--data DIR).
        """)

    /// - Throws: `Failure` when it is none.
    static func read(_ typed: String) async throws -> PersonalReceipt {
        var text = typed
        if typed == "-" {
            if isatty(STDIN_FILENO) == 1 { StandardError.write("Receipt: ") }
            text = ""
            for await line in LineReader.lines() {
                text = line.trimmed
                break
            }
        }
        do { return try PersonalReceipt(text) } catch { throw Failure(.usage, "\(error)") }
    }
}

extension String {
    /// Without white space at its ends.
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
