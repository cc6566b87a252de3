import HRV

/// The windows of a recording: of even length, a step apart, as many as fit.
struct AnalysisWindows {
    /// How much a recording may be short of the last window's end: it ends on a beat.
    private static let tolerance = 2.0

    /// How many fit.
    let count: Int
    /// From the first beat's beginning to the last one's end, seconds.
    let seconds: Double
    private let origin: Double
    private let length: Double
    private let step: Double

    init(_ series: BeatSeries, length: Double, step: Double) {
        (self.length, self.step) = (length, step)
        // Where a file counts from the start of a session, windows lie on whole seconds of it.
        origin = (series.endTimes.first.map { $0 - series.rr[0] / 1000 } ?? 0).rounded(.down)
        seconds = (series.endTimes.last ?? origin) - origin
        let rest = seconds + Self.tolerance - length
        count = series.count > 0 && rest >= 0 ? Int((rest / step).rounded(.down)) + 1 : 0
    }

    /// The stretch of time of a window, seconds.
    subscript(number: Int) -> ClosedRange<Double> {
        let start = origin + Double(number) * step
        return start...(start + length)
    }
}
