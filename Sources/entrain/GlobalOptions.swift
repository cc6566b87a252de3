import ArgumentParser
import Glibc
import Programs
import Store
import Terminal
import Timekeeping

/// Options that every command takes.
struct GlobalOptions: ParsableArguments {
    @Flag(help: "Machine-readable output: JSON, one schema a command.")
    var json = false

    @Flag(help: "Plain lines: no colour, no cursor movement.")
    var plain = false

    @Flag(help: "No colour. NO_COLOR and ENTRAIN_NO_COLOR do the same.")
    var noColor = false

    @Flag(help: "ASCII only, for consoles without block characters.")
    var ascii = false

    @Flag(help: "Ask nothing and read no keys: what would have to be asked is refused with the option to use.")
    var noInput = false

    @Option(help: ArgumentHelp("Where sessions are kept.", valueName: "dir"), completion: .directory)
    var data: String?

    /// The data folder: `--data`, `$ENTRAIN_DATA`, or the place the XDG base directory specification names.
    var dataFolder: String {
        if let data { return data }
        if let data = Environment.value("ENTRAIN_DATA") { return data }
        let home = Environment.value("HOME") ?? "/"
        return (Environment.value("XDG_DATA_HOME") ?? "\(home)/.local/share") + "/entrain"
    }

    /// Opens the store in the data folder.
    func openStore() throws -> Store {
        do { return try Store(folder: dataFolder) } catch { throw Failure(error) }
    }

    /// Opens the store for a command that only looks: a folder that cannot be written will do.
    func consultStore() throws -> Store {
        do { return try Store.consult(folder: dataFolder) } catch { throw Failure(error) }
    }

    /// Whether anything was ever kept in the data folder.
    var hasStore: Bool { access("\(dataFolder)/entrain.sqlite", F_OK) == 0 }

    /// How colours are used on stdout.
    var colouring: Colouring {
        if plain { return .plain }
        return Colouring.decide(
            isTerminal: StandardOutput.isTerminal, environment: Environment.all, refused: noColor,
            ownVariable: "ENTRAIN_NO_COLOR")
    }
}

/// The process environment.
enum Environment {
    /// A variable; nil when unset or empty.
    static func value(_ name: String) -> String? {
        guard let text = getenv(name).map({ String(cString: $0) }), !text.isEmpty else { return nil }
        return text
    }

    /// All variables.
    static var all: [String: String] { OwnEnvironment.variables }

    /// The name under which a simulator hands on its clock's rate.
    static let clockRate = "ENTRAIN_CLOCK_RATE"

    /// The one clock of this process.
    static func clock() -> MachineClock {
        MachineClock(rate: value(clockRate).flatMap(Double.init) ?? 1)
    }

    /// Local time's offset from UTC now, seconds.
    static var zoneOffsetSeconds: Int {
        var now = time(nil)
        var local = tm()
        localtime_r(&now, &local)
        return Int(local.tm_gmtoff)
    }
}
