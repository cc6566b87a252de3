import ArgumentParser
import Formats
import Gateway
import Practice
import Store
import Terminal
import Timekeeping

extension StrapCommand {
    struct Scan: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the heart-rate straps that can be heard.",
            discussion: "Example:\n  entrain strap scan --seconds 10")
        @Option(help: "How long to listen.") var seconds = 10.0
        @Flag(help: "List every Bluetooth LE device, and mark those that measure heart rate.") var all = false
        @OptionGroup var global: GlobalOptions

        func validate() throws {
            guard seconds > 0, seconds <= 600 else {
                throw ValidationError("Listen for more than 0 and at most 600 seconds.")
            }
        }

        func run() async throws {
            try await Failing.run {
                let clock = Environment.clock()
                let straps = try await StrapScan.run(seconds: seconds, everything: all, clock: clock)
                let rows = try await rows(of: straps, now: clock.now().utc)
                guard !global.json else {
                    for row in rows { StandardOutput.line(row.json) }
                    return
                }
                guard !rows.isEmpty else {
                    throw Failure(
                        .notFound,
                        """
                        No \(all ? "Bluetooth LE device" : "heart-rate strap") was heard in \(Int(seconds)) s.
                          Straps are silent until they are worn: wet the pads, put it on, close phone apps, then again.
                        """)
                }
                let header = ["ID", "Label", "Name", "Signal", "Battery", "Belongs to", "Adapter"]
                StandardOutput.write(
                    TextTable.text(
                        header + (all ? ["Heart rate"] : []),
                        rows.map { $0.cells + (all ? [$0.strap.isHeartRate ? "yes" : "–"] : []) }))
            }
        }

        /// Straps with what is kept of them; nothing is where no data folder was made yet.
        private func rows(of straps: [SeenStrap], now: UTC) async throws -> [Row] {
            guard global.hasStore else { return straps.map { Row(strap: $0) } }
            let store = try global.openStore()
            let pairs = try await store.knownStraps().map { ($0.identity.address, $0) }
            let known = Dictionary(pairs) { first, _ in first }
            var otherRooms = OtherRooms(try await store.strapsElsewhere())
            var rows: [Row] = []
            for strap in straps {
                var row = Row(strap: strap, known: known[strap.identity.address])
                row.isElsewhere = otherRooms.have(strap.identity)
                if strap.rssi == nil, let last = try await store.lastSignal(of: strap.identity) {
                    row.strap.rssi = last.rssi
                    row.strap.signalAge = max(
                        0, Double(now.nanosecondsSince1970 - last.at.nanosecondsSince1970) / 1e9)
                }
                rows.append(row)
            }
            return rows
        }
    }

    /// A strap that was seen, and what is kept of it.
    struct Row {
        /// A signal that is younger is as good as now, seconds.
        private static let freshSeconds = 15.0

        var strap: SeenStrap
        var known: KnownStrap?
        /// Whether the room's kit gives it to another room.
        var isElsewhere = false

        var cells: [String] {
            [
                strap.identity.printedID, known?.label?.text ?? "–", SafeText.line(strap.identity.label), signal,
                strap.battery.map { "\($0) %" } ?? "–",
                known?.code?.description ?? (isElsewhere ? "another room" : "–"), strap.adapter,
            ]
        }

        private var signal: String {
            guard let rssi = strap.rssi else { return strap.isConnected ? "connected" : "–" }
            let age = strap.signalAge.flatMap { $0 > Self.freshSeconds ? ", \(Self.spoken($0)) ago" : nil } ?? ""
            return "\(rssi) dBm\(age)\(strap.isConnected ? ", connected" : "")"
        }

        private static func spoken(_ seconds: Double) -> String {
            let whole = Int(min(seconds, 1e9))
            return whole < 120 ? "\(whole) s" : whole < 7200 ? "\(whole / 60) min" : "\(whole / 3600) h"
        }

        var json: String {
            let members: [JSONValue.Member] = [
                .init("rssi_dbm", JSONValue(strap.rssi)), .init("rssi_age_s", JSONValue(strap.signalAge, places: 1)),
                .init("battery", JSONValue(strap.battery)), .init("connected", .bool(strap.isConnected)),
                .init("heart_rate", .bool(strap.isHeartRate)),
                .init("code", JSONValue(known?.code?.description)), .init("other_room", .bool(isElsewhere)),
                .init("adapter", .string(strap.adapter)),
            ]
            return JSONValue.object(StrapFinder.json(strap.identity, label: known?.label) + members).line
        }
    }
}
