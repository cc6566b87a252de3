import ArgumentParser
import Practice

/// Meets a mistyped command with the one that was probably meant.
enum Suggestion {
    /// - Throws: `Failure` with status 64 when the first words name no command.
    static func check(_ arguments: [String]) throws {
        var commands: [any ParsableCommand.Type] = Entrain.configuration.subcommands
        var place = ""
        for word in arguments.dropFirst() {
            guard !word.hasPrefix("-"), !commands.isEmpty else { return }
            if word == "help" { return }
            guard let match = commands.first(where: { name(of: $0) == word }) else {
                throw Failure(.usage, sentence(word, place: place, known: commands.map(name(of:))))
            }
            commands = match.configuration.subcommands
            place += " \(word)"
        }
    }

    private static func name(of command: any ParsableCommand.Type) -> String { command._commandName }

    private static func sentence(_ word: String, place: String, known: [String]) -> String {
        let near = known.map { (name: $0, distance: Spelling.distance(word, $0)) }.min { $0.distance < $1.distance }
        let start = "there is no command '\(place.isEmpty ? "" : "\(place.dropFirst()) ")\(word)'."
        if let near, near.distance <= 2 { return "\(start) Did you mean '\(near.name)'?" }
        return "\(start) There are: \(known.joined(separator: ", "))."
    }
}
