/// The distinct values of a series in order, and for each the range of values within a tolerance of it.
struct Ranks {
    /// Places of the series in order of their values.
    let order: [Int]
    /// The distinct values, rising.
    let values: [Double]
    /// The rank of the value at each place of the series.
    let of: [Int]
    /// How many places share each value.
    let population: [Int]
    private let lows: [Int]
    private let highs: [Int]

    init(_ x: [Double], tolerance: Double) {
        order = x.indices.sorted { x[$0] < x[$1] }
        var values: [Double] = []
        var population: [Int] = []
        var of = [Int](repeating: 0, count: x.count)
        for place in order {
            if values.last != x[place] {
                values.append(x[place])
                population.append(0)
            }
            of[place] = values.count - 1
            population[values.count - 1] += 1
        }
        var lows: [Int] = []
        var highs: [Int] = []
        var (low, high) = (0, 0)
        for value in values {
            while value - values[low] > tolerance { low += 1 }
            while high < values.count, values[high] - value <= tolerance { high += 1 }
            lows.append(low)
            highs.append(high)
        }
        (self.values, self.population, self.of, self.lows, self.highs) = (values, population, of, lows, highs)
    }

    /// The ranks whose values lie within the tolerance of the value at `place`.
    func near(_ place: Int) -> Range<Int> {
        lows[of[place]]..<highs[of[place]]
    }
}
