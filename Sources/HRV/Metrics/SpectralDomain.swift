/// Computes the metrics of a spectrum of the longest gap-free stretch.
enum SpectralDomain {
    /// Samples a second of the even series.
    static let rate = 4.0
    /// The length of a piece in seconds.
    static let pieceSeconds = 300.0
    /// How stiff the subtracted trend is.
    static let lambda = 500.0

    /// The edges of the bands in Hz.
    static let veryLow = 0.0033
    static let low = 0.04
    static let high = 0.15
    static let highest = 0.4

    /// A density on an even grid.
    struct Spectrum {
        /// ms^2 per Hz.
        var density: [Double]
        /// The frequency of the first point, Hz.
        var origin = 0.0
        /// The distance of the points, Hz.
        var grid: Double
    }

    /// The Welch spectrum of a gap-free stretch; nil with fewer than four beats.
    ///
    /// Natural spline to 4 Hz from the first beat's end on, the trend taken out as asked, pieces of 300 s.
    static func welch(of stretch: BeatSeries, detrending: AnalysisOptions.Detrending) -> Spectrum? {
        guard stretch.count >= 4 else { return nil }
        let start = stretch.endTimes[0]
        let span = stretch.endTimes[stretch.count - 1] - start
        var samples = [Double](repeating: 0, count: Int((span * rate + 1e-9).rounded(.down)) + 1)
        var spline = NaturalSpline()
        spline.sample(
            times: stretch.endTimes, values: stretch.rr, range: 0..<stretch.count,
            start: start, step: 1 / rate, into: &samples
        )
        if detrending == .priors { SmoothnessPriors.detrend(&samples, lambda: lambda) }
        let (density, grid) = Welch.density(of: samples, rate: rate, seconds: pieceSeconds)
        return Spectrum(density: density, grid: grid)
    }

    /// The metrics of a spectrum that rests on `seconds` of beats.
    static func metrics(of spectrum: Spectrum?, seconds: Double) -> MetricSet<SpectralMetric> {
        guard let spectrum else { return MetricSet(absent: "needs 4 beats without a gap") }
        var set = MetricSet<SpectralMetric>(seconds: seconds)
        let vlf = spectrum.power(from: veryLow, to: low)
        let lf = spectrum.power(from: low, to: high)
        let hf = spectrum.power(from: high, to: highest)
        set.set(.vlf, vlf)
        set.set(.lf, lf)
        set.set(.hf, hf)
        set.set(.total, vlf + lf + hf)
        if lf > 0 { set.set(.lfPeak, spectrum.peak(from: low, to: high)) }
        if hf > 0 { set.set(.hfPeak, spectrum.peak(from: high, to: highest)) }
        guard lf + hf > CoherenceWindow.silence else { return set }
        set.set(.lfNormal, 100 * lf / (lf + hf))
        set.set(.hfNormal, 100 * hf / (lf + hf))
        if hf > 0 { set.set(.ratio, lf / hf) }
        return set
    }
}

extension SpectralDomain.Spectrum {
    /// The power between two frequencies (Hz): trapezoids, the ends interpolated.
    func power(from low: Double, to high: Double) -> Double {
        density.withUnsafeBufferPointer {
            SpectrumIntegral.power(of: $0, grid: grid, from: low - origin, to: high - origin)
        }
    }

    /// The grid point of the greatest density between two frequencies, in Hz.
    func peak(from low: Double, to high: Double) -> Double? {
        let first = max(0, Int(((low - origin) / grid).rounded(.up)))
        let last = min(density.count - 1, Int(((high - origin) / grid).rounded(.down)))
        guard first <= last else { return nil }
        var best = first
        for k in first...last where density[k] > density[best] { best = k }
        return origin + Double(best) * grid
    }
}
