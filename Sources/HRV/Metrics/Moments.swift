/// Mean and spread of numbers.
struct Moments {
    let count: Int
    let mean: Double
    /// The sum of squares about the mean.
    let squares: Double

    init(_ values: some Collection<Double>) {
        count = values.count
        var sum = 0.0
        for value in values { sum += value }
        let mean = sum / Double(max(count, 1))
        var squares = 0.0
        for value in values { squares += (value - mean) * (value - mean) }
        self.mean = mean
        self.squares = squares
    }

    /// The standard deviation over n-1; nil with fewer than two values.
    var deviation: Double? { count > 1 ? (squares / Double(count - 1)).squareRoot() : nil }
}
