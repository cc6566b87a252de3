import Practice

/// A line of links.csv.
struct LinkRow: Sendable {
    let session: String
    let link: LinkRecord

    static let table = Table<LinkRow>(
        file: "links.csv",
        columns: [
            .text("session", "the session") { $0.session },
            .text("code", "whose strap") { $0.link.code.description },
            .integer("segment", range: "from 1", "the gap-free stretch of beats it begins or ends") { $0.link.segment },
            .text("strap", "label of the strap") { StrapLabel.withoutAddress($0.link.strap) },
            .text("event", range: "connect|lost|back|swap", "what happened") { $0.link.event.rawValue },
            .thousandths("t_s", unit: "s", "from the session's start") { $0.link.t },
            .integer("rssi", unit: "dBm", "signal when the strap last advertised") { $0.link.rssi },
            .integer("battery", unit: "%", range: "0 to 100", "battery of the strap") { $0.link.battery },
        ])
}
