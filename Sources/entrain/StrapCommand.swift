import ArgumentParser
import Formats
import Gateway
import Practice
import Store
import Terminal

/// `entrain strap`: the straps in the room.
struct StrapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strap", abstract: "See the straps in the room.",
        discussion: "Example:\n  entrain strap scan", subcommands: [Scan.self])

    struct Scan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the heart-rate straps that can be heard.",
            discussion: "Example:\n  entrain strap scan --seconds 10")
        @Option(help: "How long to listen.") var seconds = 10.0
        @OptionGroup var global: GlobalOptions

        func validate() throws {
            guard seconds > 0, seconds <= 600 else {
                throw ValidationError("Listen for more than 0 and at most 600 seconds.")
            }
        }

        func run() async throws {
            try await Failing.run {
                let straps = try await StrapScan.run(seconds: seconds, clock: Environment.clock())
                let owners = try await owners(of: straps)
                guard !global.json else {
                    for strap in straps { StandardOutput.line(json(strap, owners[strap.identity.address])) }
                    return
                }
                guard !straps.isEmpty else {
                    throw Failure(
                        .notFound,
                        """
                        No heart-rate strap was heard in \(Int(seconds)) s.
                          Straps are silent until they are worn: wet the pads, put it on, close phone apps, then again.
                        """)
                }
                StandardOutput.write(
                    TextTable.text(
                        ["ID", "Name", "Signal", "Battery", "Belongs to", "Adapter"],
                        straps.map { strap in
                            [
                                strap.identity.printedID, strap.identity.label,
                                strap.rssi.map { "\($0) dBm" } ?? (strap.isConnected ? "connected" : "–"),
                                strap.battery.map { "\($0) %" } ?? "–",
                                owners[strap.identity.address].map(\.description) ?? "–", strap.adapter,
                            ]
                        }))
            }
        }

        /// Whose straps they are; nobody's where no data folder was made yet.
        private func owners(of straps: [SeenStrap]) async throws -> [String: Code] {
            guard global.hasStore else { return [:] }
            let store = try global.openStore()
            var owners: [String: Code] = [:]
            for strap in straps {
                owners[strap.identity.address] = try await store.owner(ofStrap: strap.identity.address)
            }
            return owners
        }

        private func json(_ strap: SeenStrap, _ owner: Code?) -> String {
            let object: JSONValue = [
                "id": .string(strap.identity.printedID), "name": .string(strap.identity.name),
                "address": .string(strap.identity.address), "rssi_dbm": JSONValue(strap.rssi),
                "battery": JSONValue(strap.battery), "connected": .bool(strap.isConnected),
                "code": JSONValue(owner?.description), "adapter": .string(strap.adapter),
            ]
            return object.line
        }
    }
}
