import ArgumentParser
import Formats
import Gateway
import Practice
import Store

extension GroupCommand {
    struct Bind: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tie a code to a Unix account, which may then read it in sessions.",
            discussion: """
                Examples:
                  entrain group bind G1-03 --user ann
                  entrain group bind G1-03 --none

                The account reads its own code only, with entrain me or any program on the
                bus; docs/privacy.md says more.
                """)
        @Argument(help: "The code, such as G1-03.") var code: String
        @Option(help: ArgumentHelp("The account's name.", valueName: "name")) var user: String?
        @Flag(help: "Take the account away.") var none = false
        @OptionGroup var global: GlobalOptions

        func validate() throws {
            guard (user != nil) != none else { throw ValidationError("Give either --user NAME or --none.") }
        }

        func run() async throws {
            try await Failing.run {
                let code = try Code(code)
                if let user, !UnixAccount.exists(user) {
                    throw Failure(.notFound, "this machine has no account \(user). See those there are:  getent passwd")
                }
                try await global.openStore().setAccount(code, user)
                if global.json {
                    StandardOutput.line(
                        JSONValue.object([
                            .init("code", .string(code.description)), .init("account", JSONValue(user)),
                        ]).line)
                } else {
                    StandardOutput.line(
                        user.map { "\($0) may read \(code) while a session runs, and nothing else." }
                            ?? "No account is tied to \(code) now.")
                }
            }
        }
    }
}
