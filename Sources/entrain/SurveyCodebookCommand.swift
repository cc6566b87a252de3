import ArgumentParser
import Formats
import Practice
import Store

/// `entrain survey codebook`: what is asked, as a table.
struct SurveyCodebookCommand: AsyncParsableCommand {
    /// Whose table.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case csv, redcap
    }

    static let configuration = CommandConfiguration(
        commandName: "codebook", abstract: "Print what a survey asks as codebook.csv or as REDCap's data dictionary.",
        discussion: """
            Examples:
              entrain survey codebook pal
              entrain survey codebook pal --format redcap --to dictionary.csv
            """)
    @Argument(help: "The survey, such as pal.") var name: String
    @Option(help: "The own codebook, or the 18 columns of REDCap.") var format = Form.csv
    @Option(help: "The file to write; stdout without this.", completion: .file()) var to: String?
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await Failing.run {
            let instrument = try await SurveyFinder(global.consultStore()).find(name, instrument: nil).instrument
            if global.json, to == nil {
                StandardOutput.line(SurveyOutput.json(instrument, counts: nil).line)
                return
            }
            let bytes = format == .csv ? SurveyCodebook.csv(instrument) : SurveyCodebook.redcap(instrument)
            let text = String(decoding: bytes, as: UTF8.self)
            guard let to else {
                StandardOutput.write(text)
                return
            }
            try TextFile.create(to, text, option: "--to")
            StandardOutput.line(
                global.json ? JSONValue.object([.init("file", .string(to))]).line : "Wrote \(to).")
        }
    }
}
