import Testing

@testable import Practice

/// Tests and estimates of pairs: before and after.
@Suite struct PairedTests {
    /// 22 matched answers from 1 to 5, made up; the values below were computed by two independent references.
    private static let before: [Double] = [2, 3, 3, 2, 4, 3, 1, 2, 3, 4, 2, 3, 3, 2, 5, 3, 2, 4, 3, 2, 4, 3]
    private static let after: [Double] = [4, 4, 3, 3, 4, 5, 3, 4, 4, 3, 3, 4, 5, 3, 4, 4, 2, 5, 4, 4, 4, 2]
    private static let differences = zip(after, before).map { $0 - $1 }

    private static func near(_ found: Double?, _ wanted: Double, _ tolerance: Double = 1e-9) -> Bool {
        found.map { abs($0 - wanted) <= tolerance } ?? false
    }

    @Test func quartilesAreThoseOfTypeSeven() throws {
        let before = try #require(Quartiles(Self.before))
        #expect((before.first, before.median, before.third) == (2, 3, 3))
        let after = try #require(Quartiles(Self.after))
        #expect((after.first, after.median, after.third) == (3, 4, 4))
        // numpy.quantile([1, 2, 4, 8], [.25, .5, .75])
        let four = try #require(Quartiles([8, 1, 4, 2]))
        #expect((four.first, four.median, four.third) == (1.75, 3, 5))
        #expect(Quartiles([]) == nil && Quartiles([1, .nan]) == nil)
    }

    @Test func wilcoxonLeavesZerosOut() throws {
        let test = try #require(SignedRank(differences: Self.differences, zeros: .wilcox))
        #expect(test.pairs == 22 && test.nonzero == 18)
        #expect(test.up == 151.5 && test.down == 19.5)
        #expect(Self.near(test.z, 2.990361731) && Self.near(test.normalP, 0.002786472507))
        #expect(Self.near(test.exactP, 0.002326965332) && Self.near(test.r, 0.6375472631))
        #expect(Self.near(test.rankBiserial, 0.7719298246))
    }

    @Test func prattRanksZerosFirst() throws {
        let test = try #require(SignedRank(differences: Self.differences, zeros: .pratt))
        #expect(test.pairs == 22 && test.nonzero == 18)
        #expect(test.up == 211.5 && test.down == 31.5)
        #expect(Self.near(test.z, 2.998126756) && Self.near(test.normalP, 0.002716446663))
        #expect(Self.near(test.exactP, 0.002876281738) && Self.near(test.r, 0.6392027721))
        #expect(Self.near(test.rankBiserial, 0.7407407407))
    }

    /// Every choice of signs counted one by one, and z, in Python with SciPy 1.17.1's rankdata.
    @Test(
        arguments: [
            ([1, 1, 2, -1, 3, 0, 0, 2], SignedRank.Zeros.wilcox, 19, 2, 0.125, 1.8070796117392953),
            ([1, 1, 2, -1, 3, 0, 0, 2], .pratt, 29, 4, 0.125, 1.7834409375160543),
            ([1, 2, 3], .wilcox, 6, 0, 0.25, 1.6035674514745464), ([-1, -1, 1, 1], .wilcox, 5, 5, 1, 0),
            ([5], .pratt, 1, 0, 1, 1),
        ] as [([Double], SignedRank.Zeros, Double, Double, Double, Double)])
    func smallSamplesAreCountedOut(
        _ differences: [Double], _ zeros: SignedRank.Zeros, _ up: Double, _ down: Double, _ p: Double, _ z: Double
    ) throws {
        let test = try #require(SignedRank(differences: differences, zeros: zeros))
        #expect(test.up == up && test.down == down)
        #expect(Self.near(test.exactP, p, 1e-15) && Self.near(test.z, z, 1e-14))
    }

    @Test func withoutADifferenceNothingIsTested() throws {
        let test = try #require(SignedRank(differences: [0, 0, 0], zeros: .pratt))
        #expect(test.nonzero == 0 && test.z == nil && test.exactP == 1 && test.normalP == 1)
        #expect(test.rankBiserial == nil && test.rankBiserialInterval == nil && test.r == nil)
        #expect(SignedRank(differences: [], zeros: .wilcox) == nil)
        #expect(SignedRank(differences: [1, .infinity], zeros: .wilcox) == nil)
    }

    @Test func aLargeSampleHasItsNormalApproximationOnly() throws {
        let many = (1...(SignedRank.mostExact + 1)).map { Double($0) * ($0 % 9 < 4 ? -1 : 1) }
        let test = try #require(SignedRank(differences: many, zeros: .wilcox))
        #expect(test.exactP == nil && test.normalP < 0.1)
        let fewer = try #require(SignedRank(differences: Array(many.dropLast()), zeros: .wilcox))
        let exact = try #require(fewer.exactP)
        #expect(abs(exact - fewer.normalP) < 0.02 * fewer.normalP)
    }

    /// tanh(atanh(r) +- 1.96 se) in NumPy; the formula is that of effectsize::rank_biserial.
    @Test func theRankBiserialHasAnInterval() throws {
        let test = try #require(SignedRank(differences: Self.differences, zeros: .wilcox)?.rankBiserialInterval)
        #expect(Self.near(test.lowerBound, 0.46110725, 1e-8) && Self.near(test.upperBound, 0.91402516, 1e-8))
        #expect(SignedRank(differences: [1, 2, 3, 4], zeros: .wilcox)?.rankBiserialInterval == nil)
        #expect(SignedRank(differences: [1, -2], zeros: .wilcox)?.rankBiserialInterval == nil)
    }

    /// Walsh averages and quantiles of the signed-rank distribution, counted in NumPy.
    @Test func theTypicalChangeIsTheMedianOfMeans() throws {
        let whole = try #require(HodgesLehmann(differences: Self.differences))
        #expect(whole.estimate == 1 && whole.interval == 0.5...1.5)
        let ten: [Double] = [1.1, -0.3, 2.2, 0.8, 1.9, 3.1, -1.2, 0.4, 1.4, 2.7]
        let found = try #require(HodgesLehmann(differences: ten))
        #expect(abs(found.estimate - 1.25) < 1e-12)
        let interval = try #require(found.interval)
        #expect(abs(interval.lowerBound - 0.25) < 1e-12 && abs(interval.upperBound - 2.2) < 1e-12)
        #expect(HodgesLehmann(differences: Array(ten.prefix(6)))?.interval == -0.3...3.1)
        #expect(HodgesLehmann(differences: Array(ten.prefix(5)))?.interval == nil)
        #expect(HodgesLehmann(differences: []) == nil)
    }

    /// scipy.stats.binomtest of SciPy 1.17.1; the first is the yes or no of the 22 answers from 4 on.
    @Test(arguments: [
        (10, 1, 0.01171875, 0.5872200830116173, 0.9977010277861846), (5, 5, 1, 0.1870860284474045, 0.8129139715525955),
        (1, 7, 0.0703125, 0.003159723531252275, 0.5265096708751638),
        (30, 12, 0.007915897334896727, 0.5541611966920311, 0.8428085332342615),
    ])
    func mcNemarIsExact(_ gained: Int, _ lost: Int, _ p: Double, _ low: Double, _ high: Double) throws {
        let test = McNemar(gained: gained, lost: lost)
        #expect(abs(test.exactP - p) < 1e-12)
        #expect(test.oddsRatio == Double(gained) / Double(lost))
        let odds = try #require(test.oddsInterval)
        #expect(abs(odds.lowerBound - low / (1 - low)) < 1e-9 * odds.lowerBound)
        #expect(abs(odds.upperBound - high / (1 - high)) < 1e-9 * odds.upperBound)
    }

    @Test func theArticlesTopTwoGiveTheCountsOfMcNemar() {
        let pairs = zip(Self.before, Self.after)
        let test = McNemar(
            gained: pairs.count { $0 < 4 && $1 >= 4 }, lost: pairs.count { $0 >= 4 && $1 < 4 })
        #expect(test == McNemar(gained: 10, lost: 1))
    }

    @Test func whereNobodyChangedThereAreNoOdds() {
        let nobody = McNemar(gained: 0, lost: 0)
        #expect(nobody.exactP == 1 && nobody.oddsRatio == nil && nobody.oddsInterval == nil)
        let oneWay = McNemar(gained: 3, lost: 0)
        #expect(Self.near(oneWay.exactP, 0.25, 1e-15))
        #expect(oneWay.oddsRatio == .infinity && oneWay.oddsInterval?.upperBound == .infinity)
    }
}
