import ArgumentParser
import Formats
import Practice
import Store
import Timekeeping

extension SessionCommand {
    /// `entrain session reassign`: mends a session in which somebody wore another one's strap.
    struct Reassign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give what was recorded as one code's to another code.",
            discussion: """
                Examples:
                  entrain session reassign 20260804-G1 --from G1-03 --to G1-05
                  entrain session reassign 20260804-G1 --from G1-03 --to G1-05 --t 310..640
                  entrain session reassign 20260804-G1 --from G1-03 --to G1-05 --swap

                Nothing that was recorded is changed: the correction is kept beside it,
                applied whenever the session is read, and named in session.json. A file that
                was imported as the wrong code's is given to the right one in the same way.
                Marks stay with the person they were put on. To take a correction back, make
                the opposite one.
                """)
        @Argument(help: "The session.") var session: String
        @Option(help: "The code under which it was recorded.") var from: String
        @Option(help: "The code whose it is.") var to: String
        @Option(
            name: .customLong("t"),
            help: ArgumentHelp("Only this time, seconds from the session's start: 310..640, 310.. or ..640."),
            transform: { try TimeRange($0) })
        var time: TimeRange?
        @Flag(help: "Exchange both codes: two straps were mixed up.") var swap = false
        @OptionGroup var keyOption: KeyOption
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let change = Reassignment(
                    from: try Code(from), to: try Code(to), start: time?.start ?? 0, end: time?.end ?? .infinity,
                    isExchange: swap, made: Environment.clock().now().utc)
                let moved = try await global.openStore().reassign(session, change, key: try keyOption.privateKey())
                if global.json {
                    let object: JSONValue = [
                        "session": .string(session), "from": .string(from), "to": .string(to),
                        "start_s": .number(change.start), "end_s": JSONValue(change.end.isFinite ? change.end : nil),
                        "exchange": .bool(swap), "packets": .integer(moved.packets),
                        "imported_beats": .integer(moved.imported),
                    ]
                    StandardOutput.line(object.line)
                    return
                }
                StandardOutput.line("\(session): \(CorrectionText.line(change)) (\(CorrectionText.count(moved))).")
                StandardOutput.line("What was recorded stays as it is. See it:  entrain session show \(session)")
            }
        }
    }
}

/// A stretch of a session as people type it.
struct TimeRange {
    let start: Double
    let end: Double

    init(_ text: String) throws {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let dots = text.firstRange(of: ".."), parts.count <= 5 else { throw Self.refusal(text) }
        let (left, right) = (text[..<dots.lowerBound], text[dots.upperBound...])
        guard let start = left.isEmpty ? 0 : Double(left), let end = right.isEmpty ? .infinity : Double(right),
            start >= 0, start < end, start.isFinite
        else { throw Self.refusal(text) }
        self.start = start
        self.end = end
    }

    private static func refusal(_ text: String) -> ValidationError {
        ValidationError(
            "'\(text)' is no stretch of time. Give seconds from the session's start: 310..640, 310.. or ..640.")
    }
}

/// Corrections in words.
enum CorrectionText {
    /// What a correction moves.
    static func count(_ moved: (packets: Int, imported: Int)) -> String {
        let parts = [(moved.packets, "packets"), (moved.imported, "imported beats")].filter { $0.0 > 0 }
        return parts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }

    static func line(_ change: Reassignment) -> String {
        let from = JSONValue(change.start, places: 1).line
        let until = change.end.isFinite ? "\(JSONValue(change.end, places: 1).line) s" : "the end"
        let isWhole = change.start == 0 && !change.end.isFinite
        let time = isWhole ? "" : " from \(from) s to \(until)"
        return change.isExchange
            ? "\(change.from) and \(change.to) are exchanged\(time)"
            : "what was recorded of \(change.from)\(time) belongs to \(change.to)"
    }
}
