/// Intervals counted in bins of even width that begin at 0.
struct Histogram {
    /// The Task Force's bin, 1/128 s in ms.
    static let taskForceWidth = 7.8125
    /// Baevsky's bin in ms.
    static let stressWidth = 50.0

    /// The width of a bin in ms.
    let width: Double
    /// The number of the first bin that holds anything.
    let first: Int
    /// The counts from that bin to the last that holds anything.
    let counts: [Int]
    /// The number of the bin that holds most, the first of equals.
    let mode: Int
    /// How many that bin holds.
    let height: Int

    /// Counts positive intervals, of which there must be one.
    init(_ intervals: [Double], width: Double) {
        // An interval longer than a quarter of an hour has no place in a histogram of beats; it counts in the last bin.
        let bins = intervals.map { Int(min($0, 900_000) / width) }
        let low = bins.min() ?? 0
        let high = bins.max() ?? 0
        var counts = [Int](repeating: 0, count: high - low + 1)
        for bin in bins { counts[bin - low] += 1 }
        var best = 0
        for bin in counts.indices where counts[bin] > counts[best] { best = bin }
        self.width = width
        self.counts = counts
        first = low
        mode = low + best
        height = counts[best]
    }

    /// The base of the triangle with its peak on the modal bin that fits the counts best, in ms (TINN).
    ///
    /// Every count stands at its bin's lower edge, and the triangle's ends lie on edges, at most one bin beyond the counts; the sum of squares
    /// over all edges is least. The sides do not depend on each other; of equally good ends the nearer one is taken.
    var triangleBase: Double {
        let peak = mode - first
        let left = Array(counts[..<peak].reversed())
        let right = Array(counts[(peak + 1)...])
        return width * Double(reach(left) + reach(right))
    }

    /// How many bins from the modal one the triangle's side comes down to 0.
    ///
    /// The error of a side of r bins, less the sum of squared counts, is `h^2 sum (1 - d/r)^2 - 2 h sum c (1 - d/r)` over
    /// the bins d from 1 to r-1; running sums of c and of c d make each r one step.
    private func reach(_ side: [Int]) -> Int {
        let height = Double(height)
        var best = 1
        var least = 0.0
        var (sum, moment) = (0.0, 0.0)
        for (place, count) in side.enumerated() {
            sum += Double(count)
            moment += Double(count * (place + 1))
            let bins = Double(place + 2)
            let squares = (bins - 1) * (2 * bins - 1) / (6 * bins)
            let error = height * height * squares - 2 * height * (sum - moment / bins)
            if error < least { (best, least) = (place + 2, error) }
        }
        return best
    }
}
