internal import HRV
internal import Practice

/// How much of the time with a score was low, medium and high: one bar a phase that was analysed.
struct BandFigure {
    let summaries: [PhaseSummary]
    /// Titles of the phases by key.
    let titles: [String: String]

    private var rows: [PhaseSummary] { summaries.filter { $0.share(of: .low) != nil } }

    var drawing: Drawing {
        let rows = rows
        let height = 26.0
        var drawing = Drawing(
            title: "Share of low, medium and high coherence", description: description,
            height: 30 + Double(max(1, rows.count)) * height + 8)
        drawLegend(in: &drawing)
        for (index, row) in rows.enumerated() {
            let y = 34 + Double(index) * height
            drawing.text(titles[row.phase] ?? row.phase, x: 140, y: y + 14, anchor: .end)
            var x = 150.0
            for band in CoherenceBand.allCases {
                let share = row.share(of: band) ?? 0
                let width = share * 550
                drawing.rectangle(x: x, y: y, width: width, height: height - 7, fill: Self.fill(of: band))
                if width > 42 {
                    drawing.text(
                        "\(Figures.fixed(share * 100, places: 0)) %", x: x + width / 2, y: y + 14, anchor: .middle,
                        colour: band == .high ? Palette.paper : Palette.ink, size: 11)
                }
                x += width
            }
        }
        if rows.isEmpty { drawing.text("no scores", x: 150, y: 48, colour: Palette.quiet) }
        return drawing
    }

    private func drawLegend(in drawing: inout Drawing) {
        let bands = CoherenceBands.standard
        let words = ["low, below \(bands.medium)", "medium", "high, from \(bands.high)"]
        for (index, band) in CoherenceBand.allCases.enumerated() {
            let x = 150 + Double(index) * 160
            drawing.rectangle(x: x, y: 8, width: 14, height: 14, fill: Self.fill(of: band))
            drawing.text(words[index], x: x + 20, y: 19)
        }
    }

    private static func fill(of band: CoherenceBand) -> String {
        switch band {
        case .low: Palette.low
        case .medium: Palette.medium
        case .high: Palette.high
        }
    }

    /// The numbers in words.
    var description: String {
        let sentences = rows.map { row in
            let shares = CoherenceBand.allCases.map {
                "\($0.rawValue) \(Figures.fixed((row.share(of: $0) ?? 0) * 100, places: 0)) %"
            }
            return "\(titles[row.phase] ?? row.phase): \(shares.joined(separator: ", "))."
        }
        return sentences.isEmpty ? "No scores." : sentences.joined(separator: " ")
    }
}
