import ArgumentParser
import FoundationEssentials

/// A command as the argument parser describes it: what its help is made of.
struct HelpTree: Decodable {
    /// An argument, an option or a flag.
    struct Argument: Decodable {
        /// A spelling of an option, such as `--data` or `-h`.
        struct Name: Decodable {
            var kind: String
            var name: String

            var text: String { kind == "long" ? "--\(name)" : "-\(name)" }
        }

        var kind: String
        var isOptional: Bool
        var isRepeating: Bool
        var shouldDisplay: Bool
        var names: [Name]?
        var valueName: String?
        var defaultValue: String?
        var abstract: String?

        /// As a synopsis has it: `<group>`, `--size <size>`, `--any`.
        var usage: String {
            let value = "<\(valueName ?? "value")>"
            let name = names?.first?.text ?? ""
            let text = kind == "positional" ? value : kind == "flag" ? name : "\(name) \(value)"
            return (isOptional ? "[\(text)]" : text) + (isRepeating ? " ..." : "")
        }

        /// As a list of options has it, with every spelling.
        var title: String {
            let value = "<\(valueName ?? "value")>"
            if kind == "positional" { return value }
            let spellings = (names ?? []).map(\.text).joined(separator: ", ")
            return kind == "flag" ? spellings : "\(spellings) \(value)"
        }
    }

    /// The whole description.
    private struct Dump: Decodable {
        var command: HelpTree
    }

    var commandName: String
    var superCommands: [String]?
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool
    var arguments: [Argument]?
    var subcommands: [HelpTree]?

    /// The words with which it is called.
    var words: [String] { (superCommands ?? []) + [commandName] }

    /// Commands below it that people may know of; help has pages of its own.
    var commands: [HelpTree] { (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" } }

    /// It and every command below it.
    var all: [HelpTree] { [self] + commands.flatMap(\.all) }

    /// The description of some type's arguments.
    /// - Throws: when the parser's description is not as we know it.
    static func of(_ type: any ParsableArguments.Type) throws -> HelpTree {
        try JSONDecoder().decode(Dump.self, from: Data(type._dumpHelp().utf8)).command
    }
}
