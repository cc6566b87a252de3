import Testing

@testable import Practice

/// Agreement of two raters.
@Suite struct KappaTests {
    /// Ratings that make up a table of counts: rows for the first rater, columns for the second.
    private func ratings(_ table: [[Int]]) -> [(first: Int, second: Int)] {
        table.enumerated().flatMap { row, counts in
            counts.enumerated().flatMap { column, count in
                Array(repeating: (first: row, second: column), count: count)
            }
        }
    }

    /// statsmodels.stats.inter_rater.cohens_kappa of statsmodels 0.15.0.
    @Test(arguments: [
        ([[20, 5], [10, 15]], 0.4, 0.151_092_290_477, 0.648_907_709_523),
        ([[45, 15], [25, 15]], 0.130_434_782_609, -0.062_938_277_793, 0.323_807_843_010),
        ([[25, 35], [5, 35]], 0.259_259_259_259, 0.108_028_963_983, 0.410_489_554_535),
        ([[10, 2, 1], [3, 8, 2], [0, 1, 9]], 0.625, 0.413_305_710_254, 0.836_694_289_746),
        ([[10, 0], [0, 5]], 1, 1, 1),
    ])
    func kappaAndItsIntervalAreThoseOfTheReference(
        _ table: [[Int]], _ kappa: Double, _ low: Double, _ high: Double
    ) throws {
        let found = try #require(Kappa(ratings(table)))
        let value = try #require(found.kappa)
        let interval = try #require(found.interval)
        #expect(abs(value - kappa) < 1e-11)
        #expect(abs(interval.lowerBound - low) < 1e-11 && abs(interval.upperBound - high) < 1e-11)
    }

    @Test func oneCategoryAloneTellsNothing() throws {
        let found = try #require(Kappa(ratings([[7, 0], [0, 0]])))
        #expect(found.agreement == 1 && found.count == 7 && found.kappa == nil && found.interval == nil)
        #expect(Kappa([(first: Int, second: Int)]()) == nil)
    }
}
