import ArgumentParser
import BlueZ
import Gateway
import Glibc
import Practice
import Screens
import Store
import Terminal

/// `entrain me`: a reading of one's own.
struct MeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "me", abstract: "Read your own heart for a few minutes, for yourself alone.",
        discussion: """
            Examples:
              entrain me                             the nearest strap; you are asked
              entrain me --strap C3D4 --minutes 5    the last four on your pod
              entrain me --sound --no-numbers        eyes closed: in is higher, out lower
              entrain me --code G1-03                your place in a session that runs
              entrain me --keep                      prints a receipt to open it with
              entrain me open melon-harbor-42-tide
              entrain me delete melon-harbor-42-tide

            Put the strap on with its pads wet and come close. The measure is your own
            first minute, and nobody else's. Nothing is saved without --keep.
            Keys: h hides the numbers, a turns the sound on, space pauses, - and +
            change the pacer, q stops.

            \(MeText.wellness)
            """,
        subcommands: [MeOpenCommand.self, MeDeleteCommand.self])

    @Option(help: ArgumentHelp("near, or the strap: printed ID, name, label or address.", valueName: "strap"))
    var strap = MeStrap.near
    @Option(help: "It ends by itself after so many minutes (1 to 60; 3, or with a session, as long as it).")
    var minutes: Double?
    @Option(
        help: ArgumentHelp("Breaths a minute (4 to 12; 6 without this), or off.", valueName: "rate"),
        transform: MePacer.init)
    var pacer = MePacer(rate: 6)
    @Flag(name: .customLong("no-numbers"), help: "Words and the rhythm only.") var hidesNumbers = false
    @Flag(help: "Two soft tones: in and out.") var sound = false
    @Flag(help: "Keep it, locked with a receipt that is printed once.") var keep = false
    @Option(help: "Your code in a session that runs.", transform: { try Code($0) }) var code: Code?
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard (1...60).contains(minutes ?? 3) else { throw ValidationError("A reading takes 1 to 60 minutes.") }
        if global.json, hidesNumbers { throw ValidationError("--json is numbers: it does not go with --no-numbers.") }
        if code != nil, strap != .near {
            throw ValidationError("--code and --strap do not go together: a code has its strap.")
        }
    }

    func run() async throws {
        try await Failing.run {
            let options = MeOptions(self)
            if try await MeSession(options).run() { return }
            try await MeAlone(options).run()
        }
    }
}

/// Which strap a person means.
enum MeStrap: ExpressibleByArgument, Equatable {
    case near
    case named(String)

    init(argument: String) { self = argument == "near" ? .near : .named(argument) }

    var defaultValueDescription: String { "near" }
}

/// The pacer that a person wants.
struct MePacer: Equatable {
    /// Breaths a minute; nil for none.
    var rate: Double?

    init(rate: Double?) { self.rate = rate }

    init(_ text: String) throws {
        if text == "off" {
            rate = nil
            return
        }
        guard let rate = Double(text), PersonalPacer.rates.contains(rate) else {
            throw ValidationError("A pacer has 4 to 12 breaths a minute, or is off; '\(text)' is neither.")
        }
        self.rate = rate
    }
}

/// What a reading was asked to be.
struct MeOptions: Sendable {
    var strap: MeStrap
    /// As it was asked for; nil for the usual length.
    var minutes: Double?
    var rate: Double?
    var hidesNumbers: Bool
    var hasSound: Bool
    var isKept: Bool
    var code: Code?
    var global: GlobalOptions
    /// Whether a person sits there who can be asked.
    var canAsk: Bool

    init(_ command: MeCommand) {
        strap = command.strap
        minutes = command.minutes
        rate = command.pacer.rate
        hidesNumbers = command.hidesNumbers
        hasSound = command.sound
        isKept = command.keep
        code = command.code
        global = command.global
        let isTerminal = isatty(STDIN_FILENO) == 1 && StandardOutput.isTerminal
        canAsk = isTerminal && !command.global.noInput && !command.global.json
    }

    /// Whether the whole screen is drawn.
    var isFull: Bool {
        !global.plain && !global.json && !global.noInput && StandardOutput.isTerminal && isatty(STDIN_FILENO) == 1
            && Environment.value("TERM") != "dumb"
    }
}
