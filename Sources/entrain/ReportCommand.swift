import ArgumentParser
import Formats
import Practice
import Report
import Store

/// `entrain report`: a session as one page to look at or to print.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Write a session as one HTML page, to look at or to print.",
        discussion: """
            Examples:
              entrain report 20260804-G1
              entrain report 20260804-G1 --code G1-03 --out melon.html
              entrain report 20260804-G1 --group --min-cell 5

            The page holds everything it needs, no script and no link, and prints to A4.
            It tells no day and no time of day, unless --dates absolute is given. The
            group's page counts what its codes answered to surveys; --min-cell hides small
            counts, for a page that is passed on.
            """)

    /// How a page tells times.
    enum Dates: String, ExpressibleByArgument, CaseIterable {
        case relative, absolute
    }

    @Argument(help: "The session, such as 20260804-G1.") var session: String
    @Option(help: "One student's page.") var code: String?
    @Flag(help: "The group's page; this is what you get without --code.") var group = false
    @Option(help: "The file to write; - is standard output.", completion: .file()) var out: String?
    @Option(help: "relative or absolute.") var dates = Dates.relative
    @Option(help: ArgumentHelp("Hide counts of answers below this, and those that would tell them.", valueName: "n"))
    var minCell: Int?
    @Flag(help: "Write over a file that is there.") var force = false
    @OptionGroup var keyOption: KeyOption
    @OptionGroup var place: PlaceOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if group, code != nil { throw ValidationError("--code and --group do not go together: they are two pages.") }
        if let minCell, minCell < 2 { throw ValidationError("--min-cell takes a number from 2 on; 5 is usual.") }
        if minCell != nil, code != nil {
            throw ValidationError("--min-cell is for the group's page: leave out --code.")
        }
    }

    func run() async throws {
        try await Failing.run {
            let code = try code.map { try Code($0) }
            let store = try global.consultStore()
            let record = try await store.record(named: session, only: code, key: try keyOption.privateKey())
            var options = ReportOptions(tellsDay: dates == .absolute)
            let page: String
            if let code {
                guard record.info.presentCodes.contains(code) else { throw StoreError(.unknownCode, "\(code)") }
                page = PersonReport(code, of: record, options: options).html
            } else {
                options.tables = try await surveyTables(of: record, store)
                page = GroupReport(of: record, options: options).html
            }
            let path = out ?? "report-\(code?.description ?? record.info.group.text).html"
            guard path != "-" else {
                StandardOutput.write(page)
                return
            }
            try place.refuseUnsafe(path, option: "--out FILE")
            try TextFile.create(path, page, option: "--out", isReplacing: force)
            tell(path)
        }
    }

    private func surveyTables(of record: SessionRecord, _ store: Store) async throws -> [ReportTable] {
        let codes = Set(record.info.codes.filter { $0.value == .study }.keys)
        var options = SurveyTable.Options()
        options.leastCell = minCell
        return try await SurveyFinder(store).answers(store).compactMap { $0.of(codes) }.flatMap { answers in
            answers.instrument.waves.compactMap { wave in
                ReportTable(SurveyTable(answers, wave: wave, options: options))
            }
        }
    }

    private func tell(_ path: String) {
        if global.json {
            let object: JSONValue = ["session": .string(session), "code": JSONValue(code), "file": .string(path)]
            StandardOutput.line(object.line)
        } else {
            StandardOutput.line("\(path) is written. Open it in any browser; it prints to A4.")
        }
    }
}
