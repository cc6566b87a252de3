internal import Practice

/// From those who agreed to those whose numbers are used, as bars with counts.
struct FunnelFigure {
    /// Each step with how many codes are left.
    let steps: [(words: String, count: Int)]

    /// The steps of a session.
    init(info: SessionInfo, rows: [SessionSummary.Row], people: [PersonRecord]) {
        let recorded = people.count { !$0.replay.beats.isEmpty }
        let used = rows.count { $0.use == .yes }
        steps = [
            ("in the session", info.codes.count), ("not withdrawn", info.presentCodes.count),
            ("beats kept", recorded), ("numbers used", used),
        ]
    }

    var drawing: Drawing {
        let most = Double(max(1, steps.map(\.count).max() ?? 1))
        var drawing = Drawing(
            title: "Who counts", description: description, height: 12 + Double(steps.count) * 30)
        for (index, step) in steps.enumerated() {
            let y = 8 + Double(index) * 30
            drawing.text(step.words, x: 150, y: y + 16, anchor: .end)
            drawing.rectangle(x: 160, y: y, width: Double(step.count) / most * 500, height: 22, fill: Palette.medium)
            drawing.text("\(step.count)", x: 168, y: y + 16, isBold: true)
        }
        return drawing
    }

    /// The numbers in words.
    var description: String {
        steps.map { "\($0.count) \($0.words)" }.joined(separator: ", ") + "."
    }
}
