import ArgumentParser
import Glibc

/// `entrain man`: the manual, made from the commands themselves.
struct ManCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "man", abstract: "Print a page of the manual, or write all of them.",
        discussion: """
            Examples:
              entrain man session start | man -l -
              entrain man --to man1

            An installed entrain has its pages where man looks for them: man
            entrain-session-start
            """)
    @Argument(help: "The command, such as session start; the whole program without one.") var command: [String] = []
    @Option(help: "Write the page of every command into this folder.", completion: .directory) var to: String?

    func validate() throws {
        if to != nil, !command.isEmpty { throw ValidationError("--to writes every page: name no command with it.") }
    }

    func run() throws {
        let root = try HelpTree.of(Entrain.self)
        let names = try HelpTree.of(GlobalOptions.self).arguments?.compactMap { $0.names?.first?.name } ?? []
        let pages = root.all.map { ManPage(command: $0, global: Set(names).union(["version", "help"])) }
        guard let to else {
            guard let page = pages.first(where: { Array($0.command.words.dropFirst()) == command }) else {
                throw Failure(.usage, "there is no command '\(command.joined(separator: " "))'. See:  entrain --help")
            }
            StandardOutput.write(page.text)
            return
        }
        guard mkdir(to, 0o755) == 0 || errno == EEXIST else {
            throw Failure(
                .failed, "\(to) cannot be made: \(String(cString: strerror(errno))). Name another folder with --to.")
        }
        for page in pages { try TextFile.create("\(to)/\(page.file)", page.text, option: "--to", isReplacing: true) }
        StandardOutput.line("\(pages.count) pages are in \(to).")
    }
}
