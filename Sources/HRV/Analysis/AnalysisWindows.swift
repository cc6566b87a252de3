/// The windows of a recording: of even length, a step apart, as many as fit.
public struct AnalysisWindows: Sendable {
    /// How much a recording may be short of the last window's end, for it ends on a beat, in seconds.
    private static let tolerance = 2.0

    /// How many fit.
    public let count: Int
    /// From the first interval's beginning, on a whole second, to the last one's end, in seconds.
    public let seconds: Double
    private let origin: Double
    private let length: Double
    private let step: Double

    /// Lays windows over a series.
    ///
    /// - Parameters:
    ///   - series: the intervals; where their time begins is where the first window begins, on a whole second.
    ///   - length: how long a window is, seconds, above 0.
    ///   - step: from one window to the next, seconds, above 0.
    public init(_ series: BeatSeries, length: Double, step: Double) {
        (self.length, self.step) = (length, step)
        origin = (series.endTimes.first.map { $0 - series.rr[0] / 1000 } ?? 0).rounded(.down)
        seconds = (series.endTimes.last ?? origin) - origin
        let rest = seconds + Self.tolerance - length
        count = series.count > 0 && rest >= 0 ? Int((rest / step).rounded(.down)) + 1 : 0
    }

    /// The stretch of time of a window, in seconds; numbers count from 0.
    public subscript(number: Int) -> ClosedRange<Double> {
        let start = origin + Double(number) * step
        return start...(start + length)
    }
}
