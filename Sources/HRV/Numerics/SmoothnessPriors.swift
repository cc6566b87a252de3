/// Takes the slow trend out of an even series (Tarvainen, Ranta-aho & Karjalainen 2002).
enum SmoothnessPriors {
    /// Subtracts the trend `(I + lambda^2 D2' D2)^-1 x` in place; the pentadiagonal system is solved in O(n).
    static func detrend(_ samples: inout [Double], lambda: Double) {
        let count = samples.count
        guard count > 2 else {
            let mean = Moments(samples).mean
            for k in samples.indices { samples[k] -= mean }
            return
        }
        let weight = lambda * lambda
        // L D L' of the symmetric matrix: `first` and `second` are the sub-diagonals of L.
        var first = [Double](repeating: 0, count: count)
        var second = first
        var trend = first
        var (beforePivot, pivot) = (0.0, 0.0)
        var (first1, second1, second2) = (0.0, 0.0, 0.0)
        var (trend1, trend2) = (0.0, 0.0)
        for i in 0..<count {
            let diagonal = 1 + weight * mainEntry(i, count)
            let next = diagonal - pivot * first1 * first1 - beforePivot * second2 * second2
            let right = samples[i] - first1 * trend1 - second2 * trend2
            let inverse = 1 / next
            let off = i + 1 < count ? weight * (i == 0 || i == count - 2 ? -2 : -4) : 0
            let far = i + 2 < count ? weight : 0
            let newFirst = (off - pivot * first1 * second1) * inverse
            let newSecond = far * inverse
            first[i] = newFirst
            second[i] = newSecond
            trend[i] = right * inverse
            (trend1, trend2) = (right, trend1)
            (beforePivot, pivot) = (pivot, next)
            (first1, second2, second1) = (newFirst, second1, newSecond)
        }
        var (after, afterNext) = (0.0, 0.0)
        for i in stride(from: count - 1, through: 0, by: -1) {
            let value = trend[i] - first[i] * after - second[i] * afterNext
            (after, afterNext) = (value, after)
            samples[i] -= value
        }
    }

    /// The main diagonal of `D2' D2`.
    private static func mainEntry(_ i: Int, _ count: Int) -> Double {
        if count == 3 { return i == 1 ? 4 : 1 }
        if i == 0 || i == count - 1 { return 1 }
        return i == 1 || i == count - 2 ? 5 : 6
    }
}
