import ArgumentParser
import Formats
import Practice
import Store

extension GroupCommand {
    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a group another name.",
            discussion: """
                Example:
                  entrain group rename G1 A1

                Its codes are A1-01 and so on from then on, also in its past sessions, whose
                own names stay.
                """)
        @Argument(help: "The group.") var name: String
        @Argument(help: "Its new name.") var new: String
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let store = try global.openStore()
                let name = try GroupName(new)
                try await store.renameGroup(try GroupName(self.name), to: name)
                if global.json {
                    StandardOutput.line(GroupJSON.object(try await store.roster(name)).line)
                } else {
                    StandardOutput.line("\(self.name) is called \(name) now.")
                }
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a group away; its sessions stay.",
            discussion: "Example:\n  entrain group remove G1 --yes")
        @Argument(help: "The group.") var name: String
        @Flag(help: "Also when consents or straps on record go with it.") var yes = false
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let store = try global.openStore()
                let roster = try await store.roster(try GroupName(name))
                let consents = roster.members.count { $0.consent != .none }
                let straps = roster.members.count { $0.strap != nil }
                guard yes || (consents == 0 && straps == 0) else {
                    throw Failure(
                        .refused,
                        """
                        \(roster.group) has \(consents) consents and \(straps) straps on record, which would be gone.
                          See them:      entrain group show \(roster.group)
                          Take it away:  entrain group remove \(roster.group) --yes
                        """)
                }
                try await store.removeGroup(roster.group)
                StandardOutput.line(
                    global.json
                        ? JSONValue.object([.init("removed", .string(roster.group.text))]).line
                        : "\(roster.group) is removed. Its sessions are still there:  entrain session list")
            }
        }
    }
}
