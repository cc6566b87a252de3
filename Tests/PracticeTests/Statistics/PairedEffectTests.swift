import Testing

@testable import Practice

/// The size of a change with its interval.
@Suite struct PairedEffectTests {
    /// Differences with a mean of `dz` and a standard deviation of 1.
    private func differences(count: Int, dz: Double) -> [Double] {
        let raw = (0..<count).map { Double($0) }
        let mean = raw.reduce(0, +) / Double(count)
        let deviation = (raw.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)).squareRoot()
        return raw.map { dz + ($0 - mean) / deviation }
    }

    /// Limits by adaptive integration of the noncentral t in SciPy 1.17; the first is the width to expect of six pairs.
    @Test(arguments: [
        (6, 1.2, 0.092_104_66, 2.248_011_60), (3, 0.5, -0.766_608_18, 1.672_168_62),
        (8, -0.4, -1.109_966_18, 0.335_604_44), (8, 0, -0.692_951_91, 0.692_951_91),
        (30, 0.8, 0.382_395_29, 1.207_160_21), (99, 2.5, 2.097_082_29, 2.899_403_72),
    ])
    func theIntervalIsExact(_ count: Int, _ dz: Double, _ low: Double, _ high: Double) throws {
        let effect = try #require(PairedEffect(differences: differences(count: count, dz: dz)))
        #expect(effect.count == count)
        #expect(abs(effect.dz - dz) < 1e-9)
        #expect(abs(effect.low - low) < 1e-6 && abs(effect.high - high) < 1e-6, "\(effect)")
    }

    /// Hedges' correction and the limits of dz by scipy.special.gammaln and scipy.stats.nct of SciPy 1.17.1.
    @Test(arguments: [
        (6, 1.2, 1.008_898_418_95, 0.077_436_870_30, 1.890_012_787_37),
        (3, 0.5, 0.282_094_791_77, -0.432_512_348_35, 0.943_420_116_53),
        (8, -0.4, -0.355_281_163_07, -0.985_875_187_53, 0.298_084_841_22),
        (30, 0.8, 0.779_099_987_68, 0.372_405_208_53, 1.175_623_133_76),
        (99, 2.5, 2.480_810_218_55, 2.080_985_268_09, 2.877_148_148_45),
    ])
    func hedgesGHasNoBiasOfSmallGroups(_ count: Int, _ dz: Double, _ g: Double, _ low: Double, _ high: Double) throws {
        let effect = try #require(PairedEffect(differences: differences(count: count, dz: dz)))
        #expect(abs(effect.g - g) < 1e-8, "\(effect.g)")
        #expect(abs(effect.gInterval.lowerBound - low) < 1e-7 && abs(effect.gInterval.upperBound - high) < 1e-7)
    }

    /// scipy.stats.nct.cdf of SciPy 1.17.1, which mpmath's integral of 30 digits confirms to the last digit here.
    @Test(arguments: [
        (2.5, 5.0, 1.0, 0.863_443_655_597_002), (-1, 2, 0.5, 0.103_278_571_979_692),
        (12, 3, 9, 0.638_258_525_987_332), (0, 7, 1.5, 0.066_807_201_268_858),
        (3, 98, 2, 0.834_070_717_709_608), (40, 9, 30, 0.827_378_259_945_925), (1.5, 1, 0.7, 0.627_999_468_608_105),
        (-2, 20, -3.5, 0.927_013_377_334_063),
    ])
    func theNoncentralTIsAccurate(_ t: Double, _ freedom: Double, _ centre: Double, _ share: Double) {
        let found = NoncentralT(freedom: freedom).cumulative(t, noncentrality: centre)
        #expect(abs(found - share) < 1e-10, "\(found)")
    }

    @Test func twoPairsOrEqualChangesHaveNone() {
        #expect(PairedEffect(differences: [1, 2]) == nil)
        #expect(PairedEffect(differences: [0.5, 0.5, 0.5, 0.5]) == nil)
        #expect(PairedEffect(differences: [1, .nan, 2]) == nil)
        #expect(PairedEffect(differences: []) == nil)
    }
}
