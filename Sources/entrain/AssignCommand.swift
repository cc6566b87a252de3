import ArgumentParser
import Formats
import Gateway
import Practice
import Store
import Timekeeping

/// `entrain assign`: gives a strap to a code.
struct AssignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assign", abstract: "Give a strap to a code.",
        discussion: """
            Examples:
              entrain assign G1-03 A1B2C3D4
              entrain assign G1-03 A1B2C3D4 --at 16:05    worn since then, today

            A session that runs takes it up within a second: the code goes on with a new
            segment. STRAP is the printed ID, the name, your own label, or the Bluetooth
            address. A strap that is not known yet is looked for over the air.
            """)
    @Argument(help: "The code, such as G1-03.") var code: String
    @Argument(help: "The strap: printed ID, name, label or address; '-' takes the strap away.") var strap: String
    @Option(help: "How long to look for it.") var seconds = 10.0
    @Option(
        help: ArgumentHelp("Since when, local time: what the strap sent after it is this code's.", valueName: "hh:mm"),
        transform: { try TimeOfDay($0) })
    var at: TimeOfDay?
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await Failing.run {
            let code = try Code(code)
            let store = try global.openStore()
            guard try await store.roster(code.group).members.contains(where: { $0.code == code }) else {
                throw StoreError(.unknownCode, code.description)
            }
            let found = strap == "-" ? nil : try await StrapFinder.find(strap, seconds: seconds, global: global)
            if let at {
                guard let found else { throw Failure(.usage, "--at needs a strap.") }
                try await giveBack(found, since: at, to: code, in: store)
            }
            try await store.setStrap(code, found)
            let text = found.map { "\(code) wears \($0.label) now." } ?? "\(code) has no strap now."
            StandardOutput.line(global.json ? GroupJSON.member(Member(code: code, strap: found)).line : text)
        }
    }

    /// What a strap sent since a time of today becomes the code's, in the newest session of its group that goes so far.
    private func giveBack(_ strap: StrapIdentity, since time: TimeOfDay, to code: Code, in store: Store) async throws {
        let now = Environment.clock().now().utc
        guard let session = try await store.sessions().last(where: { $0.group == code.group }) else {
            throw Failure(.notFound, "there is no session of \(code.group) yet. Leave --at away.")
        }
        let record = try await store.record(named: session.name)
        let start = time.seconds(after: record.info.started, zoneOffsetSeconds: record.info.zoneOffsetSeconds)
        guard start >= 0, start <= (record.info.seconds ?? record.lastMoment) else {
            throw Failure(
                .usage,
                "\(time.text) is not in \(session.name), the newest session of \(code.group). See when it was:  "
                    + "entrain session list")
        }
        let sent = record.packets.filter { packet in
            packet.t >= start && (packet.strap == strap.label || packet.strap.hasPrefix("\(strap.label) ("))
        }
        for other in Set(sent.map(\.code)).sorted() where other != code {
            let change = Reassignment(from: other, to: code, start: start, made: now)
            _ = try await store.reassign(session.name, change)
            if !global.json { StandardOutput.line("\(session.name): \(CorrectionText.line(change)).") }
        }
    }
}

/// A time of day as people type it: `16:05` or `16:05:30`.
struct TimeOfDay {
    let text: String
    private let seconds: Int

    init(_ text: String) throws {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard (2...3).contains(parts.count), let hours = parts[0], let minutes = parts[1],
            let rest = parts.count == 3 ? parts[2] : 0, (0...23).contains(hours), (0...59).contains(minutes),
            (0...59).contains(rest)
        else { throw ValidationError("'\(text)' is no time of day. Write it as 16:05 or 16:05:30.") }
        self.text = text
        seconds = (hours * 60 + minutes) * 60 + rest
    }

    /// How long after `moment` it comes, seconds: at most twelve hours before it, else after it.
    func seconds(after moment: UTC, zoneOffsetSeconds: Int) -> Double {
        let local = Double(moment.nanosecondsSince1970) / 1e9 + Double(zoneOffsetSeconds)
        let day = 86_400.0
        let into = local - (local / day).rounded(.down) * day
        let difference = Double(seconds) - into
        return difference < -day / 2 ? difference + day : difference
    }
}
