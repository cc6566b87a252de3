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
              0  done
              1  failed
              2  stopped by you; the data is kept
              3  Bluetooth missing, off or barred
              4  strap, group or session not found
              5  done in part; what was left out is listed
              6  not enough clean data for a number
              7  refused: consent, sealed, keep-until, or an unsafe place
             64  a mistake in the command line
             70  a fault of the program
            """
        case .wellness:
            """
            For learning and well-being practice. Not a medical device: it does not
            diagnose, treat or monitor any condition. Values are estimates from a consumer
            strap.

            Odd beats are most often a dry or loose strap; this tool cannot judge your
            heart rhythm. If something worries you, talk to a clinician or student health.

            Breathe comfortably, never deeper than easy, without holding. Dizzy or uneasy:
            breathe as usual, or stop. Nothing is lost. With an implanted device, in
            pregnancy, or with a heart or lung condition: ask your own clinician first, or
            breathe along without a strap.

            The coherence score is open-coherence-1, an open definition from public
            sources. It is not affiliated with or endorsed by HeartMath, and it is no
            HeartMath score.
            """
        case .formats: Self.formatList
        case .colour:
            """
            Colours are off when stdout is no terminal, with --no-color or --plain, with
            NO_COLOR or ENTRAIN_NO_COLOR set, and with TERM=dumb. A word stands beside
            every colour. --ascii uses no block characters.
            """
        case .privacy:
            """
            Codes, never names. Everything stays on this computer, in a folder that only
            your account can read. Only codes with consent are recorded. Exports hold no
            Bluetooth addresses. Straps broadcast in the clear: anyone near can read a
            heart rate off the air.

              entrain privacy consent G1-05 --yes-on-paper      kept and exported
              entrain privacy consent G1-05 --session-only      live, deleted at its end
              entrain privacy consent G1-05 --no                nothing is recorded
              entrain privacy withdraw G1-05                    taken back, also live
              entrain privacy erase G1-05                       destroyed for good
              entrain privacy key import facilitator.key.pub    sealed when they end
              entrain privacy keep --until 2027-01-31           how long; purge sees to it
            """
        }
    }
}

extension Topic {
    fileprivate static let formatList = """
        Written by  entrain export SESSION --format LIST --to DIR
          csv        the own bundle: packets, beats, coherence, phases, markers,
                     links, summary, change, group, answers; codebook.csv names
                     every column; session.json, README.txt, METHODS.md, SHA256SUMS
          kubios     RR (type 1), and time with RR (type 2)         s
          elite      Elite HRV: one RR a line                       ms
          hrvlogger  HRV Logger: RR and events                      ms
          polar      Polar Sensor Logger: RR, HR, markers           ms
          hrvas      HRVAS .ibi, and RHRV's times of beats          s
          openhrv    OpenHRV: event, value, timestamp               ms
          bids       Brain Imaging Data Structure, with phenotype/ for answers
          redcap     data, answers and the dictionary of 18 columns
          measures   a line a phase in the columns of HRV4Training

        Read by  entrain import FILE --code CODE  and by  entrain analyze FILE
          beats.csv of this program (--of, or --code of analyze: whose)
          Kubios type 1 and 2, HRVAS .ibi, RHRV beat times, rdann's text
          Elite HRV, HRV Logger, Polar Sensor Logger (RR and PPI), Polar Flow,
          OpenHRV, Empatica IBI
          any table with a column of RR intervals; any list, one a line

        Read by  entrain survey import FILE --from WHOSE
          redcap, qualtrics, forms (Google), csv with names of items as headers

        Read by  entrain collect: data folders, and the own bundle unless recoded
        Written and read: a room's kit (room pack, room open), scripts and surveys
        in YAML (script check, survey define), coding.csv (survey code-text)

        A file is known by its contents, whatever its name. UTF-8 or Windows-1252,
        any line ends; commas, semicolons, tabs or spaces. Numbers whose median is
        above 10 are ms, else s. What is left out is counted and told with its
        lines; --explain says how a file was read, and whether its times are those
        of the beginning or of the end of an interval.

        Our tables are RFC 4180, UTF-8, LF. rr_1024 is the strap's own tick of
        1/1024 s; times are seconds from the session's start, at the END of an
        interval. An empty cell means: not available. Every column: docs/formats.md
        """
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
