import ArgumentParser
import Formats
import Practice
import Store
import Terminal

/// `entrain strap`: the straps in the room, and those that are known.
struct StrapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strap", abstract: "See, label, try, bond, forget and pretend straps.",
        discussion: """
            Examples:
              entrain strap scan
              entrain strap test A1B2C3D4
            """,
        subcommands: [Scan.self, List.self, Label.self, Test.self, Bond.self, Forget.self, Pretend.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the straps that belong to a code or carry a label.",
            discussion: "Example:\n  entrain strap list")
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let straps = global.hasStore ? try await global.consultStore().knownStraps() : []
                if global.json {
                    for strap in straps { StandardOutput.line(json(strap)) }
                } else if straps.isEmpty {
                    StandardOutput.line(
                        "No strap is known yet. Give one to a code with:  entrain assign G1-03 A1B2C3D4")
                } else {
                    StandardOutput.write(
                        TextTable.text(
                            ["Label", "ID", "Name", "Belongs to"],
                            straps.map { strap in
                                [
                                    strap.label?.text ?? "–", strap.identity.printedID, strap.identity.label,
                                    strap.code?.description ?? "–",
                                ]
                            }))
                }
            }
        }

        private func json(_ strap: KnownStrap) -> String {
            let code = JSONValue.Member("code", JSONValue(strap.code?.description))
            return JSONValue.object(StrapFinder.json(strap.identity, label: strap.label) + [code]).line
        }
    }

    struct Label: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a strap your own label, such as S3.",
            discussion: """
                Example:
                  entrain strap label A1B2C3D4 S3

                The label can then be typed wherever a strap is asked for.
                """)
        @Argument(help: "The strap: printed ID, name, label or address.") var strap: String
        @Argument(help: "The label: letters, digits and hyphens; '-' takes it away.") var text: String
        @Option(help: "How long to look for a strap that is not known yet.") var seconds = 10.0
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let label = text == "-" ? nil : try SchoolLabel(text)
                let identity = try await StrapFinder.find(strap, seconds: seconds, global: global)
                try await global.openStore().setLabel(identity, label)
                if global.json {
                    StandardOutput.line(JSONValue.object(StrapFinder.json(identity, label: label)).line)
                } else {
                    let told = label.map { "carries the label \($0) now" } ?? "carries no label now"
                    StandardOutput.line("\(SafeText.line(identity.label)) \(told).")
                }
            }
        }
    }
}
