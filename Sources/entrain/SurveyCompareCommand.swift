public import ArgumentParser
import Formats
public import Practice
import Screens
import Store

extension SignedRank.Zeros: ExpressibleByArgument {}

/// `entrain survey compare`: before and after.
struct SurveyCompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Compare two waves of the same items, paired by code where there are codes.",
        discussion: """
            Example:
              entrain survey compare pal

            Paired: medians with quartiles, the typical change (Hodges-Lehmann), exact
            Wilcoxon, rank-biserial, and exact McNemar where yes is defined, each with its
            95 % interval. Without codes nothing is paired and nothing tested.
            """)
    @Argument(help: "The survey, such as pal.") var name: String
    @Option(help: "The first wave; the survey's first, if left out.") var from: String?
    @Option(help: "The second wave; the survey's last, if left out.") var to: String?
    @Option(help: "Pairs without a difference: left out (wilcox), or ranked first (pratt).")
    var zeros = SignedRank.Zeros.wilcox
    @Option(help: ArgumentHelp("Hide what fewer people said, and what would tell it.", valueName: "n"))
    var minCell: Int?
    @Flag(help: "CSV.") var csv = false
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let minCell, minCell < 2 { throw ValidationError("--min-cell takes a number from 2 on; 5 is usual.") }
        if csv, global.json { throw ValidationError("Give --csv or --json, not both.") }
    }

    func run() async throws {
        try await Failing.run {
            let store = try global.consultStore()
            let finder = try await SurveyFinder(store)
            let instrument = try finder.instrument(name)
            let waves = instrument.waves
            let from = try wave(from ?? waves.first ?? "", of: instrument, finder)
            let to = try wave(to ?? waves.last ?? "", of: instrument, finder)
            guard from != to else {
                throw Failure(.usage, "\(name) has one wave to compare. Name two with --from and --to.")
            }
            let comparison = SurveyComparison(
                try await store.answers(to: instrument), from: from, to: to, zeros: zeros, leastCell: minCell)
            guard !comparison.items.isEmpty else {
                throw Failure(.notEnough, "\(from) and \(to) of \(name) have no item in common that can be compared.")
            }
            guard comparison.items.contains(where: { $0.before + $0.after > 0 }) else {
                throw Failure(.notEnough, "nobody has answered those items of \(name) yet.")
            }
            if global.json {
                StandardOutput.line(SurveyComparisonFile.json(comparison).line)
            } else if csv {
                StandardOutput.write(String(decoding: SurveyComparisonFile.csv(comparison), as: UTF8.self))
            } else {
                StandardOutput.write(SurveyOutput.fit(SurveyText.text(of: comparison), global))
            }
        }
    }

    private func wave(_ wave: String, of instrument: Instrument, _ finder: SurveyFinder) throws -> String {
        try finder.find(wave, instrument: instrument.name).wave ?? wave
    }
}
