/// A page of the manual, in the macros of man(7).
struct ManPage {
    let command: HelpTree
    /// Names of the options that every command takes; they stand in entrain(1) only.
    let global: Set<String>

    /// The name of its file, such as `entrain-session-start.1`.
    var file: String { "\(command.words.joined(separator: "-")).1" }

    private var isRoot: Bool { command.words.count == 1 }

    /// Its text.
    var text: String {
        let title = Self.escaped(command.words.joined(separator: "-"))
        var lines = [
            ".TH \(title.uppercased()) 1 \"\" \"\(Self.escaped(Version.text))\" \"Entrain\"", ".SH NAME",
            "\(title) \\- \(Self.escaped(Self.withoutStop(command.abstract ?? "")))", ".SH SYNOPSIS",
        ]
        lines += synopsis + [".SH DESCRIPTION"] + Self.paragraphs(command.discussion ?? command.abstract ?? "")
        if !command.commands.isEmpty {
            lines.append(".SH COMMANDS")
            for below in isRoot ? Array(command.all.dropFirst()) : command.commands {
                lines += Self.entry(below.words.joined(separator: " "), below.abstract ?? "")
            }
        }
        lines += options(isRoot ? "OPTIONS OF EVERY COMMAND" : "OPTIONS", isRoot ? globalArguments : ownArguments)
        lines += isRoot ? Self.ofTheProgram : [".SH SEE ALSO", ".BR entrain (1)"]
        return lines.map { $0 + "\n" }.joined()
    }

    private var shown: [HelpTree.Argument] { (command.arguments ?? []).filter(\.shouldDisplay) }

    private var ownArguments: [HelpTree.Argument] {
        shown.filter { argument in !(argument.names ?? []).contains { global.contains($0.name) } }
    }

    /// Those that `entrain` shows for every command; the root itself takes none of them.
    private var globalArguments: [HelpTree.Argument] {
        let first = command.all.first { $0.arguments?.contains { $0.names?.first?.name == "data" } == true }
        return (first?.arguments ?? []).filter { argument in
            (argument.names ?? []).contains { global.contains($0.name) }
        }
    }

    private var synopsis: [String] {
        let words = Self.escaped(command.words.joined(separator: " "))
        if !command.commands.isEmpty { return [".B \(words)", Self.escaped("<command> ...")] }
        return [".B \(words)"] + ownArguments.map { Self.escaped($0.usage) } + [Self.escaped("[options of entrain(1)]")]
    }

    private func options(_ heading: String, _ arguments: [HelpTree.Argument]) -> [String] {
        guard !arguments.isEmpty else { return [] }
        return [".SH \(heading)"]
            + arguments.flatMap { argument in
                let value = argument.defaultValue.map { " Without it: \($0)." } ?? ""
                return Self.entry(argument.title, (argument.abstract ?? "") + value)
            }
    }

    // MARK: - What belongs to the program as a whole

    private static var ofTheProgram: [String] {
        [".SH EXIT STATUS"] + paragraphs(Topic.exit.text.split(separator: "\n").dropFirst().joined(separator: "\n"))
            + [".SH ENVIRONMENT"]
            + entry("ENTRAIN_DATA", "Where sessions are kept, in place of the folder below.")
            + entry("NO_COLOR, ENTRAIN_NO_COLOR", "No colour when set and not empty.")
            + entry("DBUS_SYSTEM_BUS_ADDRESS", "The message bus on which BlueZ is, where it is not the system bus.")
            + [".SH FILES"]
            + entry(
                "$XDG_DATA_HOME/entrain, ~/.local/share/entrain", "Groups and sessions, open to their owner only.")
            + [".SH SEE ALSO", ".BR bluetoothctl (1),", ".BR bluetoothd (8)"]
    }

    // MARK: - roff

    private static func entry(_ title: String, _ text: String) -> [String] {
        [".TP", "\\fB\(escaped(title))\\fR", escaped(text)]
    }

    /// Text as help has it: paragraphs between empty lines, and indented lines that are to stay as they are.
    private static func paragraphs(_ text: String) -> [String] {
        var lines: [String] = []
        var isLiteral = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let wantsLiteral = line.hasPrefix("  ")
            if line.allSatisfy(\.isWhitespace) {
                if isLiteral { lines.append(".EE") }
                isLiteral = false
                lines.append(".PP")
                continue
            }
            if wantsLiteral != isLiteral { lines.append(wantsLiteral ? ".EX" : ".EE") }
            isLiteral = wantsLiteral
            lines.append(escaped(String(line)))
        }
        if isLiteral { lines.append(".EE") }
        return lines
    }

    /// Text that roff takes as it is: hyphens that can be copied, and no request at the beginning of a line.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "'": result += "\\(aq"
            case "`": result += "\\(ga"
            case "^": result += "\\(ha"
            case "~": result += "\\(ti"
            case "\"": result += "\\(dq"
            default: result.append(character)
            }
        }
        return result.hasPrefix(".") ? "\\&\(result)" : result
    }

    private static func withoutStop(_ text: String) -> String { text.hasSuffix(".") ? String(text.dropLast()) : text }
}
