public import HRV
internal import Practice
internal import Terminal

/// An analysis as pictures in braille: tachogram, spectrum, Poincare plot, coherence over time.
public enum AnalysisPlot {
    /// The fewest columns the pictures need.
    public static let leastColumns = 40

    /// Rows of a picture that is as wide as the text.
    private static let rows = 8

    /// All four pictures, ending in a line break.
    ///
    /// - Parameters:
    ///   - analysis: what to draw.
    ///   - columns: how wide, at least 40.
    /// - Returns: text of at most that width; what cannot be drawn says why.
    public static func text(_ analysis: Analysis, columns: Int) -> String {
        let columns = max(columns, leastColumns)
        let parts = [
            tachogram(analysis, columns: columns), spectrum(analysis, columns: columns),
            poincare(analysis, columns: columns), coherence(analysis, columns: columns),
        ]
        return parts.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    /// Tachogram and coherence alone, ending in a line break.
    static func overTime(_ analysis: Analysis, columns: Int) -> String {
        let columns = max(columns, leastColumns)
        let parts = [tachogram(analysis, columns: columns), coherence(analysis, columns: columns)]
        return parts.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
    }

    // MARK: - Over time

    /// The intervals over time, lines broken at gaps; what lies outside the corrected ones is drawn at the edge.
    static func tachogram(_ analysis: Analysis, columns: Int) -> [String] {
        let series = analysis.raw
        guard let span = span(of: series) else { return [" Tachogram: no beats"] }
        let least = analysis.corrected.rr.min() ?? series.rr[0]
        let most = analysis.corrected.rr.max() ?? series.rr[0]
        var frame = PlotFrame(
            title: "Tachogram, ms", x: span, y: padded(least...most), columns: columns, rows: rows)
        for segment in series.segments {
            frame.liftPen()
            for index in segment { frame.draw(x: series.endTimes[index], y: series.rr[index]) }
        }
        return frame.lines(xLabels: (Figures.clock(span.lowerBound), Figures.clock(span.upperBound)))
    }

    /// The coherence score over time; dotted lines stand where medium and high begin.
    static func coherence(_ analysis: Analysis, columns: Int) -> [String] {
        let scores = analysis.coherence.compactMap { $0.result?.score }
        guard let span = span(of: analysis.raw), let highest = scores.max() else {
            return [" Coherence: \(analysis.reasons["coherence"] ?? "no score")"]
        }
        let bands = analysis.options.bands
        let top = max(highest, bands.high * 1.25)
        var frame = PlotFrame(
            title: "Coherence, dotted: \(bands.medium) and \(bands.high)", x: span, y: 0...top,
            columns: columns, rows: rows)
        frame.dots(y: bands.medium)
        frame.dots(y: bands.high)
        for update in analysis.coherence {
            if let score = update.result?.score {
                frame.draw(x: update.tEnd, y: score)
            } else {
                frame.liftPen()
            }
        }
        return frame.lines(xLabels: (Figures.clock(span.lowerBound), Figures.clock(span.upperBound)))
    }

    private static func span(of series: BeatSeries) -> ClosedRange<Double>? {
        guard let first = series.endTimes.first, let last = series.endTimes.max() else { return nil }
        let start = first - series.rr[0] / 1000
        return last > start ? start...last : nil
    }

    /// At least 20 wide, so that a calm heart looks calm.
    private static func padded(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
        let half = max(range.upperBound - range.lowerBound, 20) / 2
        let middle = (range.upperBound + range.lowerBound) / 2
        return middle - half...middle + half
    }

    // MARK: - Spectrum

    /// The density up to 0.4 Hz as an area, a blank column between the bands, their powers below.
    static func spectrum(_ analysis: Analysis, columns: Int) -> [String] {
        let edges = [0.0033, 0.04, 0.15, 0.4]
        guard let density = analysis.spectrum, density.grid > 0 else {
            return [" Spectrum: \(analysis.reasons["hf"] ?? analysis.reasons["lf"] ?? "no spectrum")"]
        }
        let last = min(density.values.count - 1, Int(edges[3] / density.grid))
        let first = min(last, Int((edges[0] / density.grid).rounded(.up)))
        let top = density.values[first...last].max() ?? 0
        guard top > 0 else { return [" Spectrum: no variation"] }
        var frame = PlotFrame(
            title: "Spectrum, Welch, ms^2/Hz", x: 0...edges[3], y: 0...top, columns: columns, rows: rows)
        frame.area { x in
            guard x >= edges[0] else { return nil }
            let place = x / density.grid
            let below = min(Int(place), density.values.count - 2)
            let part = place - Double(below)
            return density.values[below] + part * (density.values[below + 1] - density.values[below])
        }
        for edge in edges[1...2] { frame.clear(x: edge) }
        let names = [
            ("VLF", analysis.frequency[.vlf]), ("LF", analysis.frequency[.lf]), ("HF", analysis.frequency[.hf]),
        ]
        let starts = [0, edges[1], edges[2]]
        let labels = zip(starts, names).map { start, band in
            let power = band.1.map { " \(Figures.fixed($0, places: 0))" } ?? ""
            return (x: start, text: band.0 + power)
        }
        return frame.lines(xLabels: ("0", "0.4 Hz"), under: labels)
    }

    // MARK: - Poincare

    /// Each interval against the one before it, both axes alike, and the diagonal.
    static func poincare(_ analysis: Analysis, columns: Int) -> [String] {
        let series = analysis.corrected
        guard let least = series.rr.min(), let most = series.rr.max(), series.count > 1 else {
            return [" Poincare plot: too few beats"]
        }
        let range = padded(least...most)
        let rows = min(16, (columns - PlotFrame.margin) / 2)
        var frame = PlotFrame(
            title: "Poincare, ms: a beat, upwards the next", x: range, y: range,
            columns: PlotFrame.margin + 2 * rows, rows: rows)
        frame.dots(from: (range.lowerBound, range.lowerBound), to: (range.upperBound, range.upperBound))
        for segment in series.segments {
            for index in segment.dropFirst() { frame.point(x: series.rr[index - 1], y: series.rr[index]) }
        }
        var lines = frame.lines(
            xLabels: (Figures.fixed(range.lowerBound, places: 0), Figures.fixed(range.upperBound, places: 0)))
        let figures = [("SD1", analysis.nonlinear[.sd1]), ("SD2", analysis.nonlinear[.sd2])]
        for (place, figure) in figures.enumerated() where columns >= lines[place + 2].count + 16 {
            guard let value = figure.1 else { continue }
            let width = PlotFrame.margin + 2 * rows
            let gap = String(repeating: " ", count: max(2, width + 2 - DisplayWidth.of(lines[place + 2])))
            lines[place + 2] += "\(gap)\(figure.0) \(AnalysisText.number(value)) ms"
        }
        return lines
    }
}
