internal import HRV
internal import Practice

/// How strongly the heart swings at which rate: baseline and practice on the same axes.
struct SpectrumFigure {
    let person: PersonRecord

    /// Seconds of beats in one piece below which no spectrum is drawn.
    static let leastSeconds = 120.0
    private static let shown = 0...0.4

    private struct Curve {
        var phase: ComparedPhase
        var density: SpectralDensity?
        /// Why there is no curve.
        var reason: String?
        /// Frequency and value of the highest point from 0.04 to 0.26 Hz.
        var peak: (hertz: Double, value: Double)?
    }

    private var curves: [Curve] {
        ComparedPhase.all(of: person).map { phase in
            let analysis = person.analysis(of: phase.span, [.frequency])
            // As everywhere, a stretch that ends on a beat may be two seconds short.
            guard analysis.stretchSeconds >= Self.leastSeconds - 2, let density = analysis.spectrum else {
                let seconds = Int(analysis.stretchSeconds)
                return Curve(
                    phase: phase,
                    reason: "needs \(Int(Self.leastSeconds)) s of beats in one piece, has \(seconds) s")
            }
            var peak: (hertz: Double, value: Double)?
            for (index, value) in density.values.enumerated() {
                let hertz = Double(index) * density.grid
                if CoherenceWindow.peakBand.contains(hertz), value > peak?.value ?? 0 { peak = (hertz, value) }
            }
            return Curve(phase: phase, density: density, peak: peak)
        }
    }

    var drawing: Drawing {
        let curves = curves
        let most = curves.compactMap { curve in
            curve.density.map { density in density.values.prefix(Int(0.4 / density.grid)).dropFirst().max() ?? 0 }
        }.max()
        let top = 44.0
        let frame = Frame(x: Self.shown, y: 0...max(1, (most ?? 0) * 1.05), top: top, bottom: top + 190)
        var drawing = Drawing(
            title: "Spectrum of baseline and practice", description: Self.description(of: curves), height: top + 230)
        let band = (
            frame.x.place(CoherenceWindow.peakBand.lowerBound), frame.x.place(CoherenceWindow.peakBand.upperBound)
        )
        drawing.rectangle(
            x: band.0, y: frame.top, width: band.1 - band.0, height: frame.bottom - frame.top, fill: Palette.shade)
        drawing.text(
            "peak is sought here", x: band.1 - 4, y: frame.top + 13, anchor: .end, colour: Palette.quiet, size: 11)
        frame.drawUpright(frame.y.ticks(5), places: 0, label: "ms² per Hz", in: &drawing)
        drawPacer(frame, in: &drawing)
        for (index, curve) in curves.enumerated() { draw(curve, legend: index, frame, in: &drawing) }
        frame.drawLevel(
            frame.x.ticks(every: 0.05), text: { Figures.fixed($0, places: 2) }, label: "swings a second (Hz)",
            in: &drawing)
        return drawing
    }

    private func drawPacer(_ frame: Frame, in drawing: inout Drawing) {
        guard let rate = person.longest(\.isPractice)?.phase.pacer?.rate else { return }
        let x = frame.x.place(rate / 60)
        drawing.line((x, frame.top), (x, frame.bottom), colour: Palette.mark, isDashed: true)
        drawing.text(
            "pacer \(Figures.fixed(rate, places: 1))/min", x: x + 4, y: frame.top + 27, colour: Palette.mark, size: 11)
    }

    private func draw(_ curve: Curve, legend: Int, _ frame: Frame, in drawing: inout Drawing) {
        let place = frame.left + 60 + Double(legend) * 330
        drawing.line(
            (place, 18), (place + 28, 18), colour: curve.phase.colour, width: 2, isDashed: curve.phase.isDashed)
        let title = curve.phase.span.phase.title
        drawing.text(
            curve.reason.map { "\(title): \($0)" } ?? title, x: place + 34, y: 22, colour: curve.phase.colour)
        guard let density = curve.density else { return }
        let points = density.values.enumerated().compactMap { index, value in
            let hertz = Double(index) * density.grid
            return hertz <= Self.shown.upperBound ? frame.point(hertz, value) : nil
        }
        drawing.curve(points, colour: curve.phase.colour, width: 2, isDashed: curve.phase.isDashed)
    }

    /// The numbers in words.
    private static func description(of curves: [Curve]) -> String {
        guard !curves.isEmpty else { return "The script has neither baseline nor practice." }
        return curves.map { curve in
            let title = curve.phase.span.phase.title
            if let reason = curve.reason { return "\(title): \(reason)." }
            guard let peak = curve.peak else { return "\(title): no peak." }
            return "\(title): highest at \(Figures.fixed(peak.hertz, places: 3)) Hz, "
                + "\(Figures.fixed(peak.hertz * 60, places: 1)) a minute."
        }.joined(separator: " ")
    }
}
