/// Says whom to help next, and how: one line, at most two people.
public enum Attention {
    /// How long nobody is told about a strap that has not come yet, s.
    static let patience = 30.0

    /// The line; empty when nobody needs help.
    /// - Parameters:
    ///   - readouts: everybody's, in the order of the table.
    ///   - elapsed: since the start of the session, s.
    /// - Returns: one sentence or two, for the coach.
    public static func line(for readouts: [Readout], at elapsed: Double) -> String {
        var parts = [pressing(readouts) ?? missing(readouts, at: elapsed) ?? lasting(readouts)].compactMap(\.self)
        let lost = readouts.filter { if case .lost = $0.strap { true } else { false } }.map(\.code.description)
        if lost.count == 1 { parts.append("\(lost[0]) is being reconnected.") }
        if lost.count == 2 { parts.append("\(lost.joined(separator: ", ")) are being reconnected.") }
        if lost.count > 2 { parts.append("\(lost.count) straps are being reconnected.") }
        return parts.joined(separator: "  ")
    }

    /// What somebody can mend on the spot.
    private static func pressing(_ readouts: [Readout]) -> String? {
        for readout in readouts {
            if case .needsPerson(let advice) = readout.strap { return "Look at \(readout.code): \(advice)" }
        }
        let loose = readouts.first { $0.strap == .loose }
        return loose.map { "Look at \($0.code): ask them to re-wet the pads." }
    }

    private static func missing(_ readouts: [Readout], at elapsed: Double) -> String? {
        let waiting = readouts.filter { $0.strap == .waiting }
        guard elapsed >= patience, let first = waiting.first else { return nil }
        return waiting.count == 1
            ? "\(first.code) has no strap yet: s gives one."
            : "\(waiting.count) have no strap yet, first \(first.code): s gives one."
    }

    /// What can wait until there is time for it.
    private static func lasting(_ readouts: [Readout]) -> String? {
        if let silent = readouts.first(where: { $0.strap == .noBeats }) {
            return "\(silent.code)'s strap sends no beats: s gives another."
        }
        for readout in readouts {
            if let battery = readout.battery, battery <= 20 {
                return "\(readout.code) has a low battery (\(battery) %)."
            }
        }
        return nil
    }
}
