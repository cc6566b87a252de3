/// Says whom to help next, and how: one line, at most two people.
public enum Attention {
    /// The line; empty when nobody needs help.
    public static func line(for readouts: [Readout]) -> String {
        var parts: [String] = []
        if let helped = readouts.first(where: { isHelpNeeded($0) }), case .needsPerson(let advice) = helped.strap {
            parts.append("Look at \(helped.code): \(advice)")
        } else if let loose = readouts.first(where: { $0.strap == .loose }) {
            parts.append("Look at \(loose.code): ask them to re-wet the pads.")
        } else if let low = readouts.first(where: { ($0.battery ?? 100) <= 20 }), let battery = low.battery {
            parts.append("\(low.code) has a low battery (\(battery) %).")
        }
        let lost = readouts.filter { if case .lost = $0.strap { true } else { false } }.map(\.code.description)
        if lost.count == 1 { parts.append("\(lost[0]) is being reconnected.") }
        if lost.count == 2 { parts.append("\(lost.joined(separator: ", ")) are being reconnected.") }
        if lost.count > 2 { parts.append("\(lost.count) straps are being reconnected.") }
        return parts.joined(separator: "  ")
    }

    private static func isHelpNeeded(_ readout: Readout) -> Bool {
        if case .needsPerson = readout.strap { true } else { false }
    }
}
