import ArgumentParser
import Formats
import Practice
import Screens
import Store
import Timekeeping

extension SessionCommand {
    /// `entrain session recover`: ends a session whose program died.
    struct Recover: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a session that was broken off by a crash or a power cut.",
            discussion: """
                Example:
                  entrain session recover 20260804-G1

                Everything until about a second before is there. It gets the length it had,
                and what was agreed to for the session only is deleted, as at any other end.
                Where sessions are sealed, it is sealed, or its sealing goes on where it was
                cut off. A session that ended is left as it is.
                """)
        @Argument(help: "The session.") var session: String
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let store = try global.openStore()
                guard let before = try await store.sessions().first(where: { $0.name == session }) else {
                    throw StoreError(.unknownSession, session)
                }
                // Before the end, because what was agreed to for the session only is deleted then.
                let record = before.state == .interrupted ? try await store.record(named: session) : nil
                try await store.endInterrupted(named: session)
                let (sealing, trouble) = await SealingOutput.sealAtEnd(session, in: store, hasSlips: true)
                if global.json {
                    let after = try await store.sessions().first { $0.name == session } ?? before
                    StandardOutput.line(SessionListingJSON.object(after).line)
                } else if let record {
                    tell(before, record)
                } else if sealing?.codes.isEmpty != false {
                    StandardOutput.line("\(session) ended as it should; there is nothing to recover.")
                }
                if let sealing { SealingOutput.write(sealing, of: session, global: global) }
                if sealing?.isTidy == false { SealingOutput.tellUntidy() }
                if let trouble { throw Failure(.failed, trouble) }
            }
        }

        private func tell(_ session: SessionListing, _ record: SessionRecord) {
            let length = JSONValue(session.minutes, places: 1).line
            let place = record.phases.last.map { $0.end == nil ? ", broken off in \($0.phase.title)" : "" } ?? ""
            StandardOutput.line(
                "Recovered \(session.name): \(length) min, \(session.codes) codes, \(session.beats) beats\(place).")
            SummaryOutput.write(record, global: global)
            StandardOutput.line("Export it with:  entrain export \(session.name) --to \(session.name)")
            StandardOutput.line("Go on with:      entrain session start \(session.group)")
        }
    }
}

/// A line of the list of sessions in JSON.
enum SessionListingJSON {
    static func object(_ session: SessionListing) -> JSONValue {
        [
            "session": .string(session.name), "group": .string(session.group.text),
            "started": .string(session.started.rfc3339), "minutes": JSONValue(session.minutes, places: 2),
            "codes": .integer(session.codes), "beats": .integer(session.beats),
            "state": .string(session.state.rawValue),
        ]
    }
}
