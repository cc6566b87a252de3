/// Whether the first of two columns is the time of the intervals in the second, and where it jumps.
struct RRTimeColumn {
    /// Whether the time is that of an interval's end or of its beginning.
    let layout: RRFile.Layout
    /// For each line, whether beats are missing before it.
    let jumps: [Bool]

    /// Tries end and beginning, and the time in the unit of the intervals and in seconds.
    /// - Returns: nil when nine in ten lines agree with none of these.
    init?(times: [Double], intervals: [Double], unit: RRFile.Unit) {
        let scales = unit == .milliseconds ? [1.0, 1000] : [1.0]
        let slack = unit == .milliseconds ? 2.5 : 0.0025
        var best: Fit?
        for scale in scales {
            for layout in [RRFile.Layout.endTimes, .beginTimes] {
                let fit = Self.compare(times, intervals, layout, scale, slack)
                guard fit.share >= RRAssembly.agreement, fit.error < best?.error ?? .infinity else { continue }
                best = fit
            }
        }
        guard let best else { return nil }
        layout = best.layout
        jumps = best.jumps
    }

    /// How well one reading of the first column agrees.
    private struct Fit {
        let layout: RRFile.Layout
        /// Share of the lines that agree.
        let share: Double
        /// Mean distance of those that agree, in the unit of the intervals.
        let error: Double
        let jumps: [Bool]
    }

    private static func compare(
        _ times: [Double], _ intervals: [Double], _ layout: RRFile.Layout, _ scale: Double, _ slack: Double
    ) -> Fit {
        var jumps = [Bool](repeating: false, count: times.count)
        var compared = 0.0
        var agreeing = 0.0
        var sum = 0.0
        var earlier: Int?
        for index in times.indices where times[index].isFinite {
            defer { earlier = index }
            guard let before = earlier, before == index - 1 else { continue }
            let expected = layout == .endTimes ? intervals[index] : intervals[before]
            let error = abs((times[index] - times[before]) * scale - expected)
            compared += 1
            if error <= slack + 0.03 * abs(expected) {
                agreeing += 1
                sum += error
            } else {
                jumps[index] = true
            }
        }
        guard compared > 0 else {
            let isSame = isLonely(times, intervals, layout, scale, slack)
            return Fit(layout: layout, share: isSame ? 1 : 0, error: 0, jumps: jumps)
        }
        return Fit(layout: layout, share: agreeing / compared, error: sum / max(agreeing, 1), jumps: jumps)
    }

    /// A single line: its time is the interval itself, or 0.
    private static func isLonely(
        _ times: [Double], _ intervals: [Double], _ layout: RRFile.Layout, _ scale: Double, _ slack: Double
    ) -> Bool {
        guard let index = times.indices.first(where: { times[$0].isFinite }) else { return false }
        let expected = layout == .endTimes ? intervals[index] : 0
        return abs(times[index] * scale - expected) <= slack
    }
}
