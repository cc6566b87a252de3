import ArgumentParser
import Glibc
import Screens
import Terminal

/// `entrain wall`: what all in the room may see, in a second terminal or on a projector.
struct WallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wall", abstract: "Show the room the phase, the time left and a large pacer.",
        discussion: """
            Examples:
              entrain wall                   the session that runs
              entrain wall 20260804-G1       this one, and the group's next

            It only reads what a session keeps, shows no code and no one's number, and
            waits when none runs. q or Ctrl-C ends it; the session knows nothing of it.
            Where the data folder has no sessions, or not this one, it asks the message
            bus: for root and the group entrain, beside the gateway's service.
            """)
    @Argument(help: "The session; the newest that runs without this.") var session: String?
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if global.json {
            throw ValidationError("--json: a wall is a picture. For events:  entrain session start --json")
        }
    }

    func run() async throws {
        try await Failing.run {
            let wall = Wall(session: session, folder: global.dataFolder)
            // A session that does not exist is told at once, and not waited for.
            try await wall.look(mustExist: session != nil)
            let isDumb = Environment.value("TERM") == "dumb"
            guard StandardOutput.isTerminal, !global.plain, !global.noInput, !isDumb, isatty(STDIN_FILENO) == 1 else {
                await WallLines(wall: wall).run()
                return
            }
            try await WallDisplay(
                wall: wall, colouring: global.colouring, options: ScreenOptions(isASCII: global.ascii)
            ).run()
        }
    }
}
