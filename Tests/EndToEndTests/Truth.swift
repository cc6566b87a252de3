import FoundationEssentials
import Testing

/// What the simulator says it sent, by strap.
struct Truth {
    /// One notification.
    struct Notification: Decodable {
        var t: Double
        var strap: String
        var address: String
        var seq: Int
        var rr_1024: [Int]
    }

    /// Notifications in the order they were sent.
    var notifications: [Notification]

    /// Reads a file that may still be written: a line without its end is left out.
    init(_ text: String) throws {
        let end = text.utf8.lastIndex(of: UInt8(ascii: "\n")) ?? text.startIndex
        notifications = try text[..<end].split(separator: "\n").map { line in
            try JSONDecoder().decode(Notification.self, from: Data(line.utf8))
        }
    }

    /// Notifications by the strap's name.
    var byStrap: [String: [Notification]] { Dictionary(grouping: notifications, by: \.strap) }

    /// When the newest was sent, seconds of session time.
    var newest: Double { notifications.last?.t ?? 0 }

    /// Every Bluetooth address in it.
    var addresses: Set<String> { Set(notifications.map(\.address)) }
}
