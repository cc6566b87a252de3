import Testing

@testable import VirtualStraps

@Suite struct SplitMix64Tests {
    /// Figures of the reference implementation by Vigna.
    @Test func itIsTheReferenceGenerator() {
        var random = SplitMix64(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ]
        #expect(expected.map { _ in random.next() } == expected)
    }

    @Test func normalNumbersHaveMeanZeroAndDeviationOne() {
        var random = SplitMix64(seed: 3)
        let numbers = (0..<100_000).map { _ in random.normal() }
        let mean = numbers.reduce(0, +) / 100_000
        let square = numbers.reduce(0) { $0 + $1 * $1 } / 100_000
        #expect(abs(mean) < 0.01)
        #expect(abs(square - 1) < 0.02)
    }

    @Test func membersOfAFamilyDiffer() {
        let firsts = (0..<1000).map { index in
            var random = SplitMix64(seed: 7, index: index)
            return random.next()
        }
        #expect(Set(firsts).count == 1000)
    }
}
