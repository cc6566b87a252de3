/// Watches how the lag of a segment grows: a strap that sends milliseconds where 1/1024 s belong falls behind its own
/// arrival in a straight line of 2.4 % (WHOOP bands do), which is no missing beat.
///
/// A straight line is told from loss by least squares over the segment: slope and largest residual of the recent past.
struct LagDrift: Sendable {
    /// Slopes of a suspect unit, seconds of lag a second.
    static let suspectSlopes = 0.020...0.026
    /// Slopes that may still turn out to be one.
    static let candidateSlopes = 0.018...0.028
    /// From when on a slope is believed, seconds.
    static let suspectSeconds = 180.0
    /// From when on a lag is not taken for a gap while the line is straight, seconds.
    static let candidateSeconds = 40.0
    /// How far from the line the root mean square of all lags may lie, seconds.
    static let straightness = 0.5

    private var origin: Double?
    private var newest = 0.0
    private var count = 0.0
    private var sumX = 0.0
    private var sumY = 0.0
    private var sumXX = 0.0
    private var sumXY = 0.0
    private var sumYY = 0.0

    /// Whether the lag has grown in such a line for long enough; stays true for the rest of the segment.
    private(set) var isUnitSuspect = false

    mutating func add(arrival: Double, lag: Double) {
        let start = origin ?? arrival
        origin = start
        newest = arrival
        let x = arrival - start
        count += 1
        sumX += x
        sumY += lag
        sumXX += x * x
        sumXY += x * lag
        sumYY += lag * lag
        if x >= Self.suspectSeconds, let line, line.isStraight, Self.suspectSlopes.contains(line.slope) {
            isUnitSuspect = true
        }
    }

    /// The part of a lag at `arrival` that the straight line explains, seconds; 0 while there is no such line.
    func explainedLag(at arrival: Double) -> Double {
        guard let origin, newest - origin >= Self.candidateSeconds, let line else { return 0 }
        guard isUnitSuspect || (line.isStraight && Self.candidateSlopes.contains(line.slope)) else { return 0 }
        return line.intercept + line.slope * (arrival - origin)
    }

    private struct Line {
        let slope: Double
        let intercept: Double
        let isStraight: Bool
    }

    private var line: Line? {
        let spread = count * sumXX - sumX * sumX
        guard count >= 10, spread > 0 else { return nil }
        let slope = (count * sumXY - sumX * sumY) / spread
        let intercept = (sumY - slope * sumX) / count
        let residual = sumYY - intercept * sumY - slope * sumXY
        return Line(
            slope: slope, intercept: intercept,
            isStraight: residual <= Self.straightness * Self.straightness * count)
    }
}
