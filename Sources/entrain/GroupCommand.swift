import ArgumentParser
import Formats
import Gateway
import Practice
import Store
import Terminal

/// `entrain group`: breakout groups and their places.
struct GroupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "group", abstract: "Make, see, rename and remove breakout groups.",
        discussion: "Example:\n  entrain group new G1 --size 8",
        subcommands: [New.self, List.self, Show.self, Bind.self, Rename.self, Remove.self])

    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a group with places 01 to SIZE.",
            discussion: "Examples:\n  entrain group new G1 --size 8\n  entrain group new G1 --size 8 --coach C2")
        @Argument(help: "A name such as G1.") var name: String
        @Option(help: "How many places.") var size = 8
        @Option(help: "Who leads it: a code such as C2, never a name.") var coach: String?
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let coach = try coach.map { try CoachCode($0) }
                let roster = try Roster(group: try GroupName(name), size: size, coach: coach)
                try await global.openStore().createGroup(roster)
                if global.json {
                    StandardOutput.line(GroupJSON.object(roster).line)
                } else {
                    let led = roster.coach.map { ", led by \($0)" } ?? ""
                    StandardOutput.line("Made group \(roster.group) with \(size) places\(led).")
                    StandardOutput.line(
                        "Consent first:  entrain privacy consent \(roster.members[0].code) --yes-on-paper")
                    StandardOutput.line("Then:           entrain session start \(roster.group) --any")
                }
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the groups there are.", discussion: "Example:\n  entrain group list")
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let rosters = try await global.consultStore().rosters()
                if global.json {
                    for roster in rosters { StandardOutput.line(GroupJSON.object(roster).line) }
                } else if rosters.isEmpty {
                    StandardOutput.line("No groups yet. Make one with:  entrain group new G1 --size 8")
                } else {
                    StandardOutput.write(
                        TextTable.text(
                            ["Group", "Places", "Straps", "Consent", "Coach"],
                            rosters.map { roster in
                                [
                                    roster.group.text, "\(roster.members.count)",
                                    "\(roster.members.count { $0.strap != nil })",
                                    "\(roster.members.count { $0.consent.allowsRecording })",
                                    roster.coach?.text ?? "–",
                                ]
                            }))
                }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the places of a group.", discussion: "Example:\n  entrain group show G1")
        @Argument(help: "The group.") var name: String
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let roster = try await global.consultStore().roster(try GroupName(name))
                if global.json {
                    StandardOutput.line(GroupJSON.object(roster).line)
                } else {
                    if let coach = roster.coach { StandardOutput.line("Group \(roster.group), led by \(coach)") }
                    StandardOutput.write(
                        TextTable.text(
                            ["Code", "Strap", "Consent", "Account"],
                            roster.members.map { member in
                                [
                                    member.code.description, member.strap?.label ?? "–", member.consent.words,
                                    member.account ?? "–",
                                ]
                            }))
                }
            }
        }
    }
}

/// Groups in JSON.
enum GroupJSON {
    static func object(_ roster: Roster) -> JSONValue {
        [
            "group": .string(roster.group.text), "coach": JSONValue(roster.coach?.text),
            "places": .integer(roster.members.count),
            "members": .array(roster.members.map(member)),
        ]
    }

    static func member(_ member: Member) -> JSONValue {
        [
            "code": .string(member.code.description), "strap": JSONValue(member.strap?.label),
            "consent": .string(member.consent.rawValue), "account": JSONValue(member.account),
        ]
    }
}
