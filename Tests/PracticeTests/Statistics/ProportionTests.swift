import Testing

@testable import Practice

/// Shares with their intervals.
@Suite struct ProportionTests {
    /// Counts of the published survey, in per cent to four places, by two independent references.
    @Test(arguments: [
        (38, 51, 61.1317, 84.4542, 60.3666, 85.6737), (44, 50, 76.1952, 94.3824, 75.6899, 95.4665),
        (45, 51, 76.6192, 94.4949, 76.1324, 95.558), (42, 51, 69.7459, 90.4276, 69.1274, 91.5991),
        (49, 51, 86.7837, 98.9179, 86.5414, 99.5215), (56, 60, 84.0746, 97.3771, 83.8013, 98.1538),
        (51, 60, 73.8854, 91.9026, 73.426, 92.9044), (0, 10, 0, 27.7533, 0, 30.8497),
        (10, 10, 72.2467, 100, 69.1503, 100),
    ])
    func bothIntervalsAreThoseOfTheReferences(
        _ count: Int, _ total: Int, _ low: Double, _ high: Double, _ exactLow: Double, _ exactHigh: Double
    ) throws {
        let proportion = Proportion(count: count, total: total)
        let wilson = try #require(proportion.interval(.wilson))
        let clopper = try #require(proportion.interval(.clopper))
        for (found, wanted) in [
            (wilson.lowerBound, low), (wilson.upperBound, high), (clopper.lowerBound, exactLow),
            (clopper.upperBound, exactHigh),
        ] {
            #expect(abs(found * 100 - wanted) < 0.6e-4, "\(count)/\(total): \(found)")
        }
    }

    /// scipy.stats.binomtest(...).proportion_ci of SciPy 1.17.1.
    @Test(arguments: [
        (1, 1, 0.206_549_314_377, 1, 0.025, 1),
        (3, 7, 0.158_219_855_251, 0.749_541_635_472, 0.098_988_278_442, 0.815_948_432_360),
        (500, 1000, 0.469_069_600_368, 0.530_930_399_632, 0.468_549_172_972, 0.531_450_827_028),
    ])
    func smallAndLargeCountsAreExactToo(
        _ count: Int, _ total: Int, _ low: Double, _ high: Double, _ exactLow: Double, _ exactHigh: Double
    ) throws {
        let proportion = Proportion(count: count, total: total)
        let wilson = try #require(proportion.interval(.wilson))
        let clopper = try #require(proportion.interval(.clopper))
        #expect(abs(wilson.lowerBound - low) < 1e-11 && abs(wilson.upperBound - high) < 1e-11)
        #expect(abs(clopper.lowerBound - exactLow) < 1e-11 && abs(clopper.upperBound - exactHigh) < 1e-11)
    }

    @Test func ofNobodyThereIsNoShareAndNoInterval() {
        #expect(Proportion(count: 0, total: 0).share == nil)
        for method in ProportionInterval.allCases {
            #expect(Proportion(count: 0, total: 0).interval(method) == nil)
            #expect(Proportion(count: 3, total: 2).interval(method) == nil)
            #expect(Proportion(count: -1, total: 2).interval(method) == nil)
        }
    }
}
