/// Times at which intervals arrived: they come in bursts and late, but over seconds the sum of intervals keeps up.
struct RRArrival {
    /// A gap opens where the least lag of the next seconds exceeds this many seconds ...
    private static let leastGap = 2000.0
    /// ...
    ///
    /// and this many of the longest of the last intervals.
    private static let longestShare = 1.5
    /// How many intervals that looks back on.
    private static let lookBack = 11
    /// Over how many ms of arrivals the least lag is taken.
    private static let horizon = 5000.0

    /// The rows before which beats are missing, with the seconds.
    private(set) var jumps: [Int: Double] = [:]
    /// The mean lag of arrival behind the running sum, ms.
    private(set) var error = 0.0
    /// How fast the running sum falls behind the arrivals, as a share of the time; 0 where it cannot be told.
    private(set) var drift = 0.0

    /// - Returns: nil when the times do not rise, or rise less or much more than the intervals take.
    init?(times: [Double], intervals: [Double], scale: Double, isTime: Bool) {
        let rows = times.indices.filter { times[$0].isFinite && intervals[$0] > 0 }
        guard rows.count > 2, let first = rows.first, let last = rows.last else { return nil }
        var falls = 0
        for (before, after) in zip(rows, rows.dropFirst()) where times[after] < times[before] { falls += 1 }
        let span = (times[last] - times[first]) * scale
        let sum = rows.dropFirst().reduce(0) { $0 + intervals[$1] }
        guard falls * 100 <= rows.count, sum <= span * 1.03 + 10_000 else { return nil }
        guard isTime || (sum >= span * 0.9 && span > 0) else { return nil }
        findJumps(rows.map { times[$0] * scale }, rows.map { intervals[$0] }, rows)
    }

    /// Lays the running sum beside the arrivals and opens a gap where the lag stays high.
    private mutating func findJumps(_ arrivals: [Double], _ intervals: [Double], _ rows: [Int]) {
        var sum = 0.0
        var lags: [Double] = []
        lags.reserveCapacity(rows.count)
        for index in rows.indices {
            if index > 0 { sum += intervals[index] }
            lags.append(arrivals[index] - arrivals[0] - sum)
        }
        var (shift, floor, whole) = (0.0, lags[0], 0.0)
        let slope = Self.slope(of: lags, over: arrivals)
        // A lag that grows in a straight line is a clock or a unit, and no gap.
        if abs(slope) < 0.04, (arrivals.last ?? 0) - arrivals[0] >= 180_000 { drift = slope }
        for index in rows.indices {
            let expected = drift * (arrivals[index] - arrivals[0])
            let lag = lags[index] - expected - shift
            if lag - floor > Self.leastGap {
                let limit = max(
                    Self.leastGap,
                    Self.longestShare * (intervals[max(0, index - Self.lookBack)..<max(1, index)].max() ?? 0))
                var least = lag
                var next = index
                while next < rows.count, arrivals[next] <= arrivals[index] + Self.horizon {
                    least = min(least, lags[next] - drift * (arrivals[next] - arrivals[0]) - shift)
                    next += 1
                }
                if least - floor > limit {
                    jumps[rows[index]] = (least - floor) / 1000
                    shift += least - floor
                }
            }
            let settled = lags[index] - expected - shift
            floor = min(floor, settled)
            whole += settled - floor
        }
        error = whole / Double(rows.count)
    }

    /// The slope of a straight line through the lags: the median over sixteen parts, so that a gap does not tilt it.
    private static func slope(of lags: [Double], over times: [Double]) -> Double {
        let pieces = 16
        guard lags.count >= 4 * pieces else { return 0 }
        let slopes = (0..<pieces).compactMap { piece -> Double? in
            let range = piece * lags.count / pieces..<(piece + 1) * lags.count / pieces
            let middle = range.lowerBound + range.count / 2
            let (early, late) = (range.lowerBound..<middle, middle..<range.upperBound)
            let rise = mean(lags[late]) - mean(lags[early])
            let run = mean(times[late]) - mean(times[early])
            return run > 0 ? rise / run : nil
        }.sorted()
        return slopes.isEmpty ? 0 : slopes[slopes.count / 2]
    }

    private static func mean(_ values: ArraySlice<Double>) -> Double { values.reduce(0, +) / Double(values.count) }
}
