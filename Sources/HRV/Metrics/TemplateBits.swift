/// For every template of two and of three beats, how many templates lie within a tolerance of it, for short series.
///
/// For each beat one row of bits says which beats are near it; going through the beats in order of their values, a row
/// comes from the one before by a few bits that are set or cleared. Templates then match where rows, shifted by the place
/// in the template, have common bits: 64 comparisons at once. n beats take n * n / 64 steps and as many words.
struct TemplateBits {
    /// The most beats for which this is faster than sorted search, and small.
    static let mostBeats = 4096

    /// For template i of `x[i], x[i+1]`: how many of the n-1 templates agree in both values.
    let two: [Int]
    /// For template i of `x[i], x[i+1], x[i+2]`: how many of the n-2 templates agree in all three values.
    let three: [Int]

    /// Counts the matches of a series.
    ///
    /// - Parameters:
    ///   - x: at least three finite values.
    ///   - tolerance: how far values may differ, itself included; above 0.
    init(_ x: [Double], tolerance: Double) {
        let words = (x.count + 63) / 64
        let rows = Self.rows(x, tolerance: tolerance, words: words)
        var two = [Int](repeating: 0, count: x.count - 1)
        var three = [Int](repeating: 0, count: x.count - 2)
        rows.withUnsafeBufferPointer { rows in
            for i in two.indices {
                let isLast = i == three.count
                var (pairs, triples) = (0, 0)
                for k in 0..<words {
                    let first = rows[i * words + k]
                    let second = Self.shifted(rows, row: (i + 1) * words, word: k, of: words, by: 1)
                    let both = first & second
                    pairs += both.nonzeroBitCount
                    guard !isLast, both != 0 else { continue }
                    let third = Self.shifted(rows, row: (i + 2) * words, word: k, of: words, by: 2)
                    triples += (both & third).nonzeroBitCount
                }
                two[i] = pairs
                if !isLast { three[i] = triples }
            }
        }
        (self.two, self.three) = (two, three)
    }

    /// For every beat a row of bits, 1 where a beat is within the tolerance of it.
    private static func rows(_ x: [Double], tolerance: Double, words: Int) -> [UInt64] {
        let order = x.indices.sorted { x[$0] < x[$1] }
        var rows = [UInt64](repeating: 0, count: x.count * words)
        var near = [UInt64](repeating: 0, count: words)
        var (oldest, newest) = (0, 0)
        for i in order {
            while newest < order.count, x[order[newest]] - x[i] <= tolerance {
                near[order[newest] >> 6] |= 1 << UInt64(order[newest] & 63)
                newest += 1
            }
            while x[i] - x[order[oldest]] > tolerance {
                near[order[oldest] >> 6] &= ~(1 << UInt64(order[oldest] & 63))
                oldest += 1
            }
            for k in 0..<words { rows[i * words + k] = near[k] }
        }
        return rows
    }

    /// A word of a row whose bits are moved down, so that bit j says what bit j + `places` said.
    @inline(__always)
    private static func shifted(
        _ rows: UnsafeBufferPointer<UInt64>, row: Int, word k: Int, of words: Int, by places: UInt64
    ) -> UInt64 {
        let low = rows[row + k] >> places
        return k + 1 < words ? low | rows[row + k + 1] << (64 - places) : low
    }
}
