/// For every template of two and of three beats, how many templates lie within a tolerance of it, itself included.
///
/// Templates are compared value by value (Chebyshev distance). A window of templates whose first values agree sweeps over
/// all templates in order of that value; inside it a Fenwick tree counts second values, and a grid of groups counts
/// second and third values together. n beats take about n log n steps, whatever their values. Short series are counted
/// by rows of bits instead.
struct TemplateMatches {
    /// For template i of `x[i], x[i+1]`: how many of the n-1 templates agree in both values.
    private(set) var two: [Int]
    /// For template i of `x[i], x[i+1], x[i+2]`: how many of the n-2 templates agree in all three values.
    private(set) var three: [Int]

    /// Counts the matches of a series.
    ///
    /// - Parameters:
    ///   - x: at least three finite values.
    ///   - tolerance: how far values may differ, itself included; above 0.
    init(_ x: [Double], tolerance: Double) {
        guard x.count > TemplateBits.mostBeats else {
            self.init(TemplateBits(x, tolerance: tolerance))
            return
        }
        self.init(sorting: x, tolerance: tolerance)
    }

    private init(_ bits: TemplateBits) {
        (two, three) = (bits.two, bits.three)
    }

    /// The same by sorted search, for series of any length.
    init(sorting x: [Double], tolerance: Double) {
        let templates = x.count - 1
        two = [Int](repeating: 0, count: templates)
        three = [Int](repeating: 0, count: templates - 1)
        let ranks = Ranks(x, tolerance: tolerance)
        var seconds = FenwickTree(count: ranks.values.count)
        var grid = RankGrid(ranks, pairs: templates - 1)
        let order = ranks.order.filter { $0 < templates }
        var (oldest, newest) = (0, 0)
        for i in order {
            while newest < templates, x[order[newest]] - x[i] <= tolerance {
                let template = order[newest]
                seconds.add(1, at: ranks.of[template + 1])
                if template + 2 < x.count { grid.insert(template) }
                newest += 1
            }
            while x[i] - x[order[oldest]] > tolerance {
                let template = order[oldest]
                seconds.add(-1, at: ranks.of[template + 1])
                if template + 2 < x.count { grid.remove(template) }
                oldest += 1
            }
            let near = ranks.near(i + 1)
            two[i] = seconds.sum(near)
            if i + 2 < x.count { three[i] = grid.count(near, ranks.near(i + 2)) }
        }
    }
}
