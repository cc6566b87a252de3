public import ArgumentParser
import Formats
public import Practice
import Screens
import Store
import Terminal

extension SurveyTable.Denominator: ExpressibleByArgument {}
extension ProportionInterval: ExpressibleByArgument {}

/// `entrain survey table`: how many said yes.
struct SurveyTableCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "table", abstract: "Count who said yes, item by item, with every denominator.",
        discussion: """
            Examples:
              entrain survey table pal-post --of 60 --ci
              entrain survey table pal-post --of 60 --denominator cohort --ci clopper
              entrain survey table pal-post --min-cell 5 --csv       for sharing
              entrain survey table pal-post --plot
            """)
    @Argument(help: "The survey and the wave, such as pal-post.") var name: String
    @Option(name: .customLong("of"), help: ArgumentHelp("How many were asked.", valueName: "n")) var cohort: Int?
    @Option(help: "What % is taken of.") var denominator = SurveyTable.Denominator.valid
    @Option(
        name: .customLong("ci"), defaultAsFlag: ProportionInterval.wilson, parsing: .next,
        help: "Show the 95 % interval: wilson, or clopper for the exact one.")
    var interval: ProportionInterval? = nil
    @Option(help: ArgumentHelp("Hide counts below this, and those that would tell them.", valueName: "n"))
    var minCell: Int?
    @Flag(help: "Bars of how answers spread, on both sides of the middle.") var plot = false
    @Flag(help: "CSV.") var csv = false
    @Option(help: "The survey, where several have the wave.") var instrument: String?
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if denominator == .cohort, cohort == nil { throw ValidationError("Say how many were asked: --of 60") }
        if let minCell, minCell < 2 { throw ValidationError("--min-cell takes a number from 2 on; 5 is usual.") }
        if csv, global.json { throw ValidationError("Give --csv or --json, not both.") }
    }

    func run() async throws {
        try await Failing.run {
            let store = try global.consultStore()
            let (instrument, wave) = try await SurveyFinder(store).wave(name, instrument: instrument)
            let answers = try await store.answers(to: instrument)
            try refuseTooSmallCohort(answers)
            var options = SurveyTable.Options()
            options.cohort = cohort
            options.denominator = denominator
            options.method = interval ?? .wilson
            options.leastCell = minCell
            let table = SurveyTable(answers, wave: wave, options: options)
            guard table.respondents > 0 else {
                throw Failure(
                    .notEnough,
                    "nobody has answered \(instrument.name)-\(wave) yet. Take answers in with:  "
                        + "entrain survey enter \(instrument.name)-\(wave) --code G1-01")
            }
            write(table, SurveyDistribution.all(answers, wave: wave, leastCell: minCell))
        }
    }

    private func refuseTooSmallCohort(_ answers: SurveyAnswers) throws {
        guard let cohort else { return }
        for wave in answers.instrument.waves {
            let count = answers.responses(in: wave).count
            if count > cohort {
                throw Failure(.usage, "\(count) answered \(wave), so more than \(cohort) were asked. Mend --of.")
            }
        }
    }

    private func write(_ table: SurveyTable, _ distributions: [SurveyDistribution]) {
        if global.json {
            StandardOutput.line(SurveyTableFile.json(table, distributions).line)
        } else if csv {
            StandardOutput.write(String(decoding: SurveyTableFile.csv(table), as: UTF8.self))
        } else {
            let screen = SurveyTableScreen.draw(
                table, showsInterval: interval != nil, options: ScreenOptions(isASCII: global.ascii))
            StandardOutput.write(ANSIRenderer(colouring: global.colouring).lines(screen))
            if plot {
                StandardOutput.line("")
                StandardOutput.write(SurveyBars.text(distributions, isASCII: global.ascii))
            }
        }
    }
}
