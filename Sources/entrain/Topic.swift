import ArgumentParser

/// Texts of `entrain help TOPIC` that belong to no command.
enum Topic: String, CaseIterable {
    case exit, wellness, formats, colour, privacy

    /// The topic that the words `help TOPIC` ask for.
    static func asked(in arguments: [String]) -> Topic? {
        guard arguments.count == 3, arguments[1] == "help" else { return nil }
        return Topic(rawValue: arguments[2])
    }

    var text: String {
        switch self {
        case .exit:
            """
            Exit statuses
              0  done                                5  done in part; what was left out is listed
              1  failed                              6  not enough clean data for a number
              2  stopped by you; the data is kept    7  refused: consent, sealed, keep-until, unsafe place
              3  Bluetooth missing, off or barred   64  a mistake in the command line
              4  strap, group or session not found  70  a fault of the program
            """
        case .wellness:
            """
            For learning and well-being practice. Not a medical device: it does not diagnose, treat or monitor any
            condition. Values are estimates from a consumer strap.

            Odd beats are most often a dry or loose strap; this tool cannot judge your heart rhythm. If something
            worries you, talk to a clinician or student health.

            Breathe comfortably, never deeper than easy, without holding. Dizzy or uneasy: breathe as usual, or stop.
            Nothing is lost. With an implanted device, in pregnancy, or with a heart or lung condition: ask your own
            clinician first, or breathe along without a strap.

            The coherence score is open-coherence-1, an open definition from public sources. It is not affiliated with
            or endorsed by HeartMath, and it is no HeartMath score.
            """
        case .formats:
            """
            entrain export writes one folder a session: packets.csv, beats.csv, coherence.csv, phases.csv, markers.csv,
            links.csv, summary.csv, change.csv, group.csv, group_coherence.csv (RFC 4180, UTF-8, LF), session.json, and
            codebook.csv, which names every column. Corrections (session reassign) are applied in them, and named in
            session.json.
            rr_1024 is the strap's own tick of 1/1024 s; times are seconds from the session's start, at the END of an
            interval. An empty cell means: not available.

            entrain analyze reads, told by their contents, whatever the name:
              beats.csv of this program (--code G1-03 where it holds several people)
              Kubios type 1 (RR) and type 2 (time and RR), HRVAS .ibi, RHRV beat times, rdann's text
              Elite HRV, HRV Logger, Polar Sensor Logger (RR and PPI), Polar Flow, OpenHRV, Empatica IBI
              any table with a column of RR intervals; any list of them, one a line, ms (812) or s (0.812)
            UTF-8 or Windows-1252, any line ends, commas, semicolons, tabs or spaces. Numbers whose median is above 10
            are ms, else s. What is left out is counted and told with its lines; --explain says how a file was read.
            """
        case .colour:
            """
            Colours are off when stdout is no terminal, with --no-color or --plain, with NO_COLOR or ENTRAIN_NO_COLOR
            set, and with TERM=dumb. A word stands beside every colour. --ascii uses no block characters.
            """
        case .privacy:
            """
            Codes, never names. Everything stays on this computer, in a folder that only your account can read. Only
            codes with consent are recorded. Exports hold no Bluetooth addresses. Straps broadcast in the clear: anyone
            near can read a heart rate off the air.

              entrain privacy consent G1-05 --yes-on-paper     recorded, kept and exported
              entrain privacy consent G1-05 --session-only     shown live, deleted when the session ends
              entrain privacy consent G1-05 --no               takes part, nothing is recorded
              entrain privacy withdraw G1-05                   taken back, also in the middle of a session
              entrain privacy erase G1-05                      destroyed, so that nobody gets it back
              entrain privacy key import facilitator.key.pub   sessions are sealed when they end
              entrain privacy keep --until 2027-01-31          how long; entrain privacy purge sees to it
            """
        }
    }
}

/// `entrain completions`: what a shell needs to complete commands.
struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "Print completions for bash, zsh or fish.",
        discussion: "Example:\n  source <(entrain completions bash)")
    @Argument(help: "bash, zsh or fish.") var shell: String

    func run() throws {
        guard ["bash", "zsh", "fish"].contains(shell), let known = CompletionShell(rawValue: shell) else {
            throw Failure(.usage, "there are completions for bash, zsh and fish, not for '\(shell)'.")
        }
        StandardOutput.line(Entrain.completionScript(for: known))
    }
}
