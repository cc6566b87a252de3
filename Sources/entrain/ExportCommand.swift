import ArgumentParser
import Formats
import Glibc
import Practice
import Store
import Timekeeping

/// `entrain export`: sessions as files.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write sessions as files: our own tables, Kubios, BIDS, REDCap and others.",
        discussion: """
            Examples:
              entrain export 20260804-G1 --to out
              entrain export 20260804-G1 20260804-G2 --format csv,bids --recode --to out
              entrain export 20260804-G1 --only summary_wide.csv --to - | head

            Formats: csv, kubios, elite, hrvlogger, polar, hrvas, openhrv, bids, redcap,
            measures. See docs/formats.md.

            With --recode the export is meant for others: codes become random study IDs,
            and the list of who is who is written beside the folder: as
            FOLDER.codes.sealed, for the keys of this data folder (entrain privacy key),
            or, where it has none, as FOLDER.codes.csv, for your eyes only and not sealed:
            keep it apart. Dates are shifted then, so that the first session begins on
            1900-01-01; IDs of straps, texts of marks and open answers are left out;
            figures of groups with fewer than 5 codes are hidden. --dates absolute,
            --strap-ids, --text and --min-cell 0 undo each of these.

            With --seal-to the whole export is one file, FOLDER.sealed, that only the
            owner of that key opens (entrain privacy open). In the clear nothing is
            written to a USB stick or into a synced folder, unless you say
            --unsealed-anyway. Sessions that are sealed need --key.

            Everything appears at once when all of it is written, or nothing does. Files
            that are there are never written over without --force.
            """)
    /// How moments are told.
    enum Dates: String, ExpressibleByArgument, CaseIterable {
        case relative, absolute
    }

    @Argument(help: "Sessions, such as 20260804-G1.") var sessions: [String]
    @Option(help: "What to write, parted by commas.", transform: { try FormatList($0) })
    var format = FormatList(formats: [.csv])
    @Option(
        help: "The folder to write into, made when it is not there; - is standard output, for one file.",
        completion: .directory)
    var to: String
    @Option(help: "One file of the export, by its name in the folder.") var only: String?
    @Option(help: "One code of the session, such as G1-03.") var code: String?
    @Flag(help: "Corrected intervals in columns of their own in beats.csv; raw ones stay.") var clean = false
    @Flag(help: "Random study IDs in place of codes.") var recode = false
    @Option(help: "relative or absolute; relative with --recode, absolute without.") var dates: Dates?
    @Option(help: ArgumentHelp("Hide figures of groups with fewer codes; 5 with --recode.", valueName: "n"))
    var minCell: Int?
    @Flag(help: "Tables for a spreadsheet: byte order mark and semicolons.") var excel = false
    @Flag(inversion: .prefixedNo, help: "Texts of marks, notes and open answers; left out with --recode.") var text:
        Bool?
    @Flag(inversion: .prefixedNo, help: "IDs printed on straps; left out with --recode.") var strapIds: Bool?
    @Flag(help: "Write over files that are there.") var force = false
    @Option(
        help: ArgumentHelp(
            "Everything in one file, sealed for this public key; several are allowed.", valueName: "file"),
        completion: .file())
    var sealTo: [String] = []
    @OptionGroup var keyOption: KeyOption
    @OptionGroup var place: PlaceOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if Set(sessions).count < sessions.count { throw ValidationError("a session is named twice.") }
        if let minCell, !(0...1000).contains(minCell) {
            throw ValidationError("--min-cell is a number from 0 to 1000.")
        }
        if to == "-", !sealTo.isEmpty { throw ValidationError("--seal-to writes a file: name it with --to.") }
        if to == "-", recode { throw ValidationError("--recode needs a folder, for the list of who is who.") }
    }

    func run() async throws {
        try await Failing.run {
            let progress = ProgressLine()
            defer { progress.finish() }
            if to != "-", sealTo.isEmpty {
                try place.refuseUnsafe(to, option: "--to FOLDER", sealing: "--seal-to FILE.pub")
            }
            let receivers = try sealTo.flatMap(KeyFile.publicKeys)
            let store = try global.consultStore()
            let key = try keyOption.privateKey()
            var records: [SessionRecord] = []
            for name in sessions {
                progress.show("reading \(name)")
                records.append(try await store.record(named: name, key: key))
            }
            let options = try options(for: records)
            progress.show("computing \(sessions.joined(separator: ", "))")
            let study = recode ? try studyCodes(of: records) : nil
            let surveys = try await SurveyFinder(store).answers(store)
            let exports = SessionExport.all(of: records, options, study: study, surveys: surveys)
            let plan = try ExportPlan(exports, only: only)
            guard to != "-" else { return try plan.writeToStandardOutput() }
            let keys = try await store.facilitatorKeys()
            let list = study.map { StudyList($0, beside: to, for: keys) }
            if let list, !list.isSealed {
                try place.refuseUnsafe(list.path, option: "--to FOLDER", sealing: "entrain privacy key import FILE.pub")
            }
            var report = ExportReport(exports: exports, folder: to, files: [], list: list)
            if receivers.isEmpty {
                report.files = try Interruption.watched { interruption in
                    try plan.write(to: to, isForced: force, list: list, progress: progress, interruption)
                }
            } else {
                report.folder = to.hasSuffix(".sealed") ? to : "\(to).sealed"
                report.isSealed = true
                report.files = try plan.seal(to: report.folder, for: receivers, isForced: force, list: list)
            }
            progress.finish()
            report.tell(json: global.json)
        }
    }

    private func options(for records: [SessionRecord]) throws -> ExportOptions {
        var options = ExportOptions(formats: format.formats, isRecoded: recode)
        if let dates { options.dates = dates == .relative ? .relative : .absolute }
        if let text { options.hasText = text }
        if let strapIds { options.hasStrapIDs = strapIds }
        if let minCell { options.minCell = minCell }
        options.isClean = clean
        options.isForExcel = excel
        if let code {
            let wanted = try Code(code)
            guard records.contains(where: { $0.info.presentCodes.contains(wanted) }) else {
                throw Failure(.notFound, "none of these sessions has a code \(wanted).")
            }
            options.only = wanted
        }
        return options
    }

    private func studyCodes(of records: [SessionRecord]) throws -> StudyCodes {
        var generator = SystemRandomNumberGenerator()
        return try StudyCodes(for: records.flatMap { $0.info.codes.keys.sorted() }, using: &generator)
    }
}

/// Formats as people list them: `csv,kubios`.
struct FormatList {
    let formats: [ExportFormat]

    init(formats: [ExportFormat]) { self.formats = formats }

    init(_ text: String) throws {
        var formats: [ExportFormat] = []
        for word in text.split(separator: ",") {
            let name = word.filter { $0 != " " }
            guard let format = ExportFormat(rawValue: name) else {
                let known = ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("there is no format '\(name)'. There are: \(known).")
            }
            if !formats.contains(format) { formats.append(format) }
        }
        guard !formats.isEmpty else { throw ValidationError("name at least one format, such as csv.") }
        self.formats = formats
    }
}
