/// What a column of times says about the intervals beside it, and where it jumps.
struct RRTimeColumn {
    /// Whether the time is that of an interval's end, of its beginning, or of its arrival.
    let layout: RRFile.Layout
    /// The rows before which time was lost, with the seconds lost.
    let jumps: [Int: Double]
    /// The mean distance of the time from the running sum, where the two agree, ms.
    let error: Double
    /// What one unit of the time column is, ms.
    let scale: Double
    /// How fast the sum of intervals falls behind times of arrival, as a share of the time.
    let drift: Double

    /// Fits times to intervals.
    ///
    /// The running sum of the intervals is laid beside the times twice, as if a time were that of the end and of the
    /// beginning of its interval; the closer one is taken. Where neither fits from row to row, the times may be those of
    /// arrival: then the sum has to keep up with them over seconds. Nil when the times do not belong to the intervals.
    /// - Parameters:
    ///   - times: one for each row, NaN where there is none.
    ///   - intervals: ms, NaN where a row gives none.
    ///   - scales: what one unit of the times may be, in ms.
    ///   - isTime: whether the heading says that these are times; without it, more is asked of them.
    init?(times: [Double], intervals: [Double], scales: [Double], isTime: Bool) {
        var best: Fit?
        for scale in scales {
            for layout in [RRFile.Layout.endTimes, .beginTimes] {
                let fit = Fit(times, intervals, layout, scale)
                guard fit.holds, fit.error < best?.error ?? .infinity else { continue }
                best = fit
            }
        }
        if let best {
            (layout, error, scale, drift) = (best.layout, best.error, best.scale, 0)
            jumps = best.jumps(times, intervals)
            return
        }
        for scale in scales {
            guard let arrival = RRArrival(times: times, intervals: intervals, scale: scale, isTime: isTime) else {
                continue
            }
            (layout, error, self.scale, drift) = (.arrival, arrival.error, scale, arrival.drift)
            jumps = arrival.jumps
            return
        }
        return nil
    }

    /// How well one reading of the times agrees with the intervals from row to row.
    private struct Fit {
        /// Share of the rows that must agree, for files of sensors that lose many beats.
        static let leastAgreeing = 0.5
        /// Share of the rows that may go against it: less time than the interval takes.
        static let mostAgainst = 0.05

        let layout: RRFile.Layout
        let scale: Double
        private(set) var agreeing = 0.0
        private(set) var against = 0.0
        private(set) var compared = 0.0
        /// Mean distance of the rows that agree, ms.
        private(set) var error = 0.0

        init(_ times: [Double], _ intervals: [Double], _ layout: RRFile.Layout, _ scale: Double) {
            (self.layout, self.scale) = (layout, scale)
            var earlier = -1
            for row in times.indices where times[row].isFinite && intervals[row].isFinite {
                defer { earlier = row }
                guard earlier >= 0, earlier == row - 1 else { continue }
                let off = self.off(row, times, intervals)
                compared += 1
                if abs(off) <= slack(row, intervals) {
                    agreeing += 1
                    error += abs(off)
                } else if off < 0 {
                    against += 1
                }
            }
            if compared == 0 { judgeLonely(times, intervals) }
            error /= max(agreeing, 1)
        }

        var holds: Bool {
            agreeing > 0 && agreeing >= compared * Self.leastAgreeing && against <= compared * Self.mostAgainst
        }

        /// By how many ms the time from the row before exceeds the interval between the two.
        private func off(_ row: Int, _ times: [Double], _ intervals: [Double]) -> Double {
            (times[row] - times[row - 1]) * scale - (layout == .endTimes ? intervals[row] : intervals[row - 1])
        }

        private func slack(_ row: Int, _ intervals: [Double]) -> Double {
            2.5 + 0.03 * abs(layout == .endTimes ? intervals[row] : intervals[row - 1])
        }

        /// A single row: its time is the interval itself, or 0.
        private mutating func judgeLonely(_ times: [Double], _ intervals: [Double]) {
            guard let row = times.indices.first(where: { times[$0].isFinite && intervals[$0].isFinite }) else { return }
            let expected = layout == .endTimes ? intervals[row] : 0
            compared = 1
            if abs(times[row] * scale - expected) <= 2.5 { agreeing = 1 }
        }

        /// The rows before which time was lost: where the next begins later than the last one ended.
        func jumps(_ times: [Double], _ intervals: [Double]) -> [Int: Double] {
            var jumps: [Int: Double] = [:]
            var end: Double?
            var earlier = 0
            for row in times.indices where times[row].isFinite && intervals[row].isFinite {
                let time = times[row] * scale
                let begin = layout == .endTimes ? time - intervals[row] : time
                if let end {
                    // Where rows between gave no interval there is a break anyway; here it gets its length.
                    if abs(begin - end) > 2.5 + 0.03 * abs(intervals[row]) || earlier != row - 1 {
                        jumps[row] = max(0, (begin - end) / 1000)
                    }
                }
                end = begin + intervals[row]
                earlier = row
            }
            return jumps
        }
    }
}
