import ArgumentParser
import Formats
import Gateway
import Practice
import Terminal

extension StrapCommand {
    struct Bond: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Pair a strap that gives its beats only to paired computers.",
            discussion: """
                Example:
                  entrain strap bond A1B2C3D4

                Chest straps hardly ever need this; some watches do. Whoever is near could be
                paired instead only if he sent the same address: nothing is compared, for a
                strap has no display.
                """)
        @Argument(help: "The strap: printed ID, name, label or address.") var strap: String
        @Option(help: "How long to look for it.") var seconds = 15.0
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let identity = try await StrapFinder.find(strap, seconds: seconds, needsName: false, global: global)
                try await StrapFinder.refuseElsewhere(identity, global: global)
                guard try await StrapBonding.bond(identity, seconds: seconds, clock: Environment.clock()) else {
                    throw Failure(
                        .notFound,
                        """
                        \(SafeText.line(identity.label)) was not heard in \(Int(seconds)) s.
                          Wet the pads, put it on, put it into pairing mode if it has one, then again.
                        """)
                }
                if global.json {
                    let members = StrapFinder.json(identity, label: nil) + [.init("bonded", .bool(true))]
                    StandardOutput.line(JSONValue.object(members).line)
                } else {
                    StandardOutput.line(
                        "\(SafeText.line(identity.label)) is paired. Try it:  entrain strap test \(strap)")
                }
            }
        }
    }
}
