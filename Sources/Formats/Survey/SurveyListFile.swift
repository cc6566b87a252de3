public import Practice

/// What the commands of surveys tell, as tables.
public enum SurveyListFile {
    private struct Wave: Sendable {
        let instrument: Instrument
        let wave: String
        let answers: Int
    }

    private static let waves = Table<Wave>(
        file: "surveys.csv",
        columns: [
            .text("instrument", "the survey") { $0.instrument.name },
            .text("title", "what it is called") { $0.instrument.title }, .text("wave", "when it is asked") { $0.wave },
            .integer("items", "how many items the wave has") { $0.instrument.items(of: $0.wave).count },
            .integer("answers", "how many answered anything in it") { $0.answers },
        ])

    /// Surveys, a line a wave.
    /// - Parameter surveys: instruments, and counts of responses by wave.
    /// - Returns: the table with its header.
    public static func csv(_ surveys: [(instrument: Instrument, counts: [String: Int])]) -> [UInt8] {
        var bytes: [UInt8] = []
        waves.writeHeader(into: &bytes)
        for (instrument, counts) in surveys {
            for wave in instrument.waves {
                waves.write(Wave(instrument: instrument, wave: wave, answers: counts[wave] ?? 0), into: &bytes)
            }
        }
        return bytes
    }

    /// What became of one person's answers.
    public struct Entry: Sendable {
        /// The response they were kept as.
        public var response: String
        /// Whose they are.
        public var code: Code
        /// The survey.
        public var instrument: String
        /// When it was asked.
        public var wave: String
        /// How many items were answered.
        public var answered: Int
        /// How many were asked.
        public var asked: Int
        /// How many earlier responses are history.
        public var replaced: Int

        /// Makes an entry.
        public init(
            response: String, code: Code, instrument: String, wave: String, answered: Int, asked: Int, replaced: Int
        ) {
            (self.response, self.code, self.instrument, self.wave) = (response, code, instrument, wave)
            (self.answered, self.asked, self.replaced) = (answered, asked, replaced)
        }
    }

    private static let entries = Table<Entry>(
        file: "entry.csv",
        columns: [
            .text("response_id", "the response") { $0.response }, .text("code", "whose it is") { $0.code.description },
            .text("instrument", "the survey") { $0.instrument }, .text("wave", "when it was asked") { $0.wave },
            .integer("answered", "items with an answer") { $0.answered },
            .integer("asked", "items of the wave") { $0.asked },
            .integer("replaced", "earlier responses, kept as history") { $0.replaced },
        ])

    /// One entry.
    public static func csv(_ entry: Entry) -> [UInt8] {
        var bytes: [UInt8] = []
        entries.writeHeader(into: &bytes)
        entries.write(entry, into: &bytes)
        return bytes
    }

    private struct ImportLine: Sendable {
        let what: String
        var name = ""
        var line: Int?
        var count: Int?
        var detail: String?
    }

    private static let imports = Table<ImportLine>(
        file: "import.csv",
        columns: [
            .text("what", range: "responses|taken|dropped|absent|unreadable|empty|trials", "what the line tells of") {
                $0.what
            },
            .text("name", "the wave, the column or the item") { $0.name },
            .integer("line", "the line in the file") { $0.line },
            .integer("n", "how many") { $0.count },
            .text("detail", "why it was dropped, or what stands there") { $0.detail },
        ])

    /// What an import took, dropped and could not read.
    public static func csv(_ found: SurveyImport, waves: [(String, Int)]) -> [UInt8] {
        var lines = waves.map { ImportLine(what: "responses", name: $0.0, count: $0.1) }
        lines += found.taken.map { ImportLine(what: "taken", name: $0) }
        lines += found.dropped.map { ImportLine(what: "dropped", name: $0.column, detail: $0.reason ?? "no item") }
        lines += found.absent.map { ImportLine(what: "absent", name: $0) }
        lines += found.unreadable.map { ImportLine(what: "unreadable", name: $0.item, line: $0.line, detail: $0.text) }
        lines += [
            ImportLine(what: "empty", count: found.emptyRows), ImportLine(what: "trials", count: found.trials),
        ]
        var bytes: [UInt8] = []
        imports.writeHeader(into: &bytes)
        for line in lines { imports.write(line, into: &bytes) }
        return bytes
    }
}
