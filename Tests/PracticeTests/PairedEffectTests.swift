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

    @Test func twoPairsOrEqualChangesHaveNone() {
        #expect(PairedEffect(differences: [1, 2]) == nil)
        #expect(PairedEffect(differences: [0.5, 0.5, 0.5, 0.5]) == nil)
        #expect(PairedEffect(differences: [1, .nan, 2]) == nil)
        #expect(PairedEffect(differences: []) == nil)
    }
}
