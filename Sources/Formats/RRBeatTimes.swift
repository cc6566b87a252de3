/// Times of beats turned into intervals.
enum RRBeatTimes {
    /// How much the first time may differ from the interval that follows and still be the end of one that began at 0.
    private static let nearness = 0.25

    /// Whether at least five numbers rise from row to row, to more than three times the first above 0: intervals that
    /// would do so belong to no heart.
    static func onlyRise(_ values: [Double]) -> Bool {
        var earlier = -Double.infinity
        var firstPositive: Double?
        var count = 0
        for value in values where value.isFinite {
            guard value > earlier else { return false }
            earlier = value
            count += 1
            if value > 0, firstPositive == nil { firstPositive = value }
        }
        return count >= 5 && earlier > 3 * (firstPositive ?? .infinity)
    }

    /// The intervals between neighbouring times, in their unit; the first row, and those after a row without, give NaN.
    static func intervals(_ times: [Double]) -> [Double] {
        var earlier = Double.nan
        return times.map { time in
            defer { earlier = time }
            let difference = time - earlier
            // Times have few decimals, and so have their differences: what binary rounding added is taken away.
            let rounded = (difference * 1e6).rounded() / 1e6
            return abs(rounded - difference) <= 2 * time.ulp ? rounded : difference
        }
    }

    /// Intervals of annotations in ms: from the sample numbers where the rate can be told, else from the times in s.
    static func intervals(seconds: [Double], samples: [Double]) -> (intervals: [Double], countsFromZero: Bool) {
        var times = seconds.map { $0 * 1000 }
        if let last = seconds.last, let sample = samples.last, last > 0 {
            let rate = (sample / last).rounded()
            // The printed times have whole ms, so a rate that fits the last one fits them all.
            if rate > 0, abs(sample / rate - last) < 0.0015 { times = samples.map { $0 * 1000 / rate } }
        }
        var intervals = intervals(times)
        guard times.count > 1, abs(times[0] - intervals[1]) < nearness * intervals[1] else { return (intervals, false) }
        intervals[0] = times[0]
        return (intervals, true)
    }
}
