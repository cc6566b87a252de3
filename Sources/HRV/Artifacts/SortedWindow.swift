/// The values of a sliding window of at most 91 beats, kept in order.
struct SortedWindow: Sendable {
    /// The published width of the window in beats.
    static let width = ArtifactRule.quartileBeats

    private var values = [Double](repeating: 0, count: width + 1)
    private(set) var count = 0

    /// Adds a value, for which there must be room: at most 92 values.
    mutating func insert(_ value: Double) {
        let place = lowerBound(value)
        values.withUnsafeMutableBufferPointer { values in
            for k in stride(from: count, to: place, by: -1) { values[k] = values[k - 1] }
            values[place] = value
        }
        count += 1
    }

    /// Takes out one value equal to `value`, which must be present.
    mutating func remove(_ value: Double) {
        let place = lowerBound(value)
        count -= 1
        values.withUnsafeMutableBufferPointer { values in
            for k in place..<count { values[k] = values[k + 1] }
        }
    }

    /// Puts `new` in the place of one value equal to `old`, moving only what lies between.
    mutating func replace(_ old: Double, with new: Double) {
        var place = lowerBound(old)
        values.withUnsafeMutableBufferPointer { values in
            if new > old {
                while place + 1 < count, values[place + 1] < new {
                    values[place] = values[place + 1]
                    place += 1
                }
            } else {
                while place > 0, values[place - 1] > new {
                    values[place] = values[place - 1]
                    place -= 1
                }
            }
            values[place] = new
        }
    }

    /// Takes on the values of another, in the storage it has.
    mutating func become(_ other: SortedWindow) {
        values.overwrite(with: other.values)
        count = other.count
    }

    /// Half the distance between the quartiles (type 7: linear between order statistics); 0 when empty.
    var quartileDeviation: Double { (quantile(quarters: 3) - quantile(quarters: 1)) / 2 }

    /// The middle value, the mean of the two middle ones where the count is even; 0 when empty.
    var median: Double { quantile(quarters: 2) }

    private func quantile(quarters: Int) -> Double {
        guard count > 0 else { return 0 }
        let position = (count - 1) * quarters
        let below = position / 4
        let part = Double(position % 4) / 4
        guard part > 0 else { return values[below] }
        return values[below] + part * (values[below + 1] - values[below])
    }

    /// The first place whose value is not below `value`; the halving is free of branches that depend on values.
    private func lowerBound(_ value: Double) -> Int {
        values.withUnsafeBufferPointer { values in
            var base = 0
            var left = count
            while left > 0 {
                let half = (left + 1) / 2
                base += values[base + half - 1] < value ? half : 0
                left -= half
            }
            return base
        }
    }
}
