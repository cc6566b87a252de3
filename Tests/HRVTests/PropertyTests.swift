import Testing

@testable import HRV

@Suite("What holds for every series") struct PropertyTests {
    static let seeds: [UInt64] = [1, 2, 3, 4, 5]

    /// Ten minutes of breathing with a little noise, another for each seed.
    private static func series(_ seed: UInt64) -> [Double] {
        let noise = Series.noise(count: 700, mean: 0, spread: 25, seed: seed)
        return noise.indices.map { 860 + 50 * Numerics.sine(Double($0) * 0.55) + noise[$0] }
    }

    private static func same(_ one: Double?, _ other: Double?, times factor: Double = 1) throws {
        let wanted = try #require(other) * factor
        #expect(abs(try #require(one) - wanted) <= 1e-9 * abs(wanted))
    }

    @Test("intervals twice as long: levels and spreads double, shares and exponents stay", arguments: seeds)
    func scale(_ seed: UInt64) throws {
        let one = MetricsTests.keep(Self.series(seed))
        let two = MetricsTests.keep(Self.series(seed).map { 2 * $0 })
        for name in [TimeMetric.meanNN, .medianNN, .sdnn, .rmssd, .sdsd, .rangeNN] {
            try Self.same(two.time[name], one.time[name], times: 2)
        }
        try Self.same(two.time[.meanHR], one.time[.meanHR], times: 0.5)
        try Self.same(two.time[.cvnn], one.time[.cvnn])
        for name in [NonlinearMetric.ratio, .sampleEntropy, .approximateEntropy, .alpha1, .alpha2] {
            try Self.same(two.nonlinear[name], one.nonlinear[name])
        }
        try Self.same(two.nonlinear[.area], one.nonlinear[.area], times: 4)
    }

    @Test("a constant added to every interval moves the level and no spread", arguments: seeds)
    func level(_ seed: UInt64) throws {
        let one = MetricsTests.keep(Self.series(seed))
        let two = MetricsTests.keep(Self.series(seed).map { $0 + 128 })
        #expect(abs(try #require(two.time[.meanNN]) - (try #require(one.time[.meanNN])) - 128) < 1e-9)
        for name in [TimeMetric.sdnn, .rmssd, .sdsd, .rangeNN, .nn50, .pnn50, .nn20, .pnn20] {
            try Self.same(two.time[name], one.time[name])
        }
        for name in [NonlinearMetric.sd1, .sd2, .sampleEntropy, .approximateEntropy, .alpha1, .alpha2] {
            try Self.same(two.nonlinear[name], one.nonlinear[name])
        }
    }

    @Test("the same beats an hour later have the same numbers", arguments: seeds)
    func shift(_ seed: UInt64) throws {
        let rr = Self.series(seed)
        let ends = Series.ends(rr)
        let options = AnalysisOptions(artifacts: .correct)
        let one = Analysis(BeatSeries(rr: rr, endTimes: ends), options: options)
        let two = Analysis(BeatSeries(rr: rr, endTimes: ends.map { $0 + 4096 }), options: options)
        #expect(one.time == two.time)
        #expect(one.nonlinear == two.nonlinear)
        for name in SpectralMetric.allCases {
            let limit = 1e-7 * (one.frequency[name] ?? .nan)
            #expect(abs((two.frequency[name] ?? .nan) - (one.frequency[name] ?? .nan)) <= limit)
            #expect(abs((two.lomb[name] ?? .nan) - (one.lomb[name] ?? .nan)) <= 1e-7 * (one.lomb[name] ?? .nan))
        }
        #expect(one.coherence.count == two.coherence.count)
        for (a, b) in zip(one.coherence, two.coherence) {
            #expect(abs((a.result?.score ?? .nan) - (b.result?.score ?? .nan)) < 1e-6)
        }
    }

    @Test("two recordings with a gap between: counts add up, and nothing is taken across", arguments: seeds)
    func concatenation(_ seed: UInt64) throws {
        let (first, second) = (Self.series(seed), Array(Self.series(seed + 10).prefix(400)))
        let parts = [MetricsTests.keep(first), MetricsTests.keep(second)]
        let whole = MetricsTests.keep(first + second, gapsBefore: [first.count: 60])
        func sum(_ value: (Analysis) -> Double?) throws -> Double {
            try parts.reduce(0) { try $0 + #require(value($1)) }
        }
        for name in [TimeMetric.nn50, .nn20] { #expect(whole.time[name] == (try sum { $0.time[name] })) }
        let squares = try sum { part in part.time[.rmssd].map { $0 * $0 * Double(part.beats - 1) } }
        try Self.same(whole.time[.rmssd], (squares / Double(whole.beats - 2)).squareRoot())
        let total = try sum { part in part.time[.meanNN].map { $0 * Double(part.beats) } }
        try Self.same(whole.time[.meanNN], total / Double(whole.beats))
        #expect(whole.frequency == parts[0].frequency)
        #expect(whole.nonlinear == parts[0].nonlinear)
        #expect(whole.stretchBeats == first.count)
    }

    @Test("beats in reverse have the same levels, spreads and widths", arguments: seeds)
    func reversal(_ seed: UInt64) throws {
        let one = MetricsTests.keep(Self.series(seed))
        let two = MetricsTests.keep(Self.series(seed).reversed())
        for name in TimeMetric.allCases where one.time[name] != nil { try Self.same(two.time[name], one.time[name]) }
        for name in [NonlinearMetric.sd1, .sd2, .ratio, .area] {
            try Self.same(two.nonlinear[name], one.nonlinear[name])
        }
        for name in [SpectralMetric.lf, .hf] {
            let power = try #require(one.frequency[name])
            #expect(abs(try #require(two.frequency[name]) - power) < 0.1 * power)
        }
    }

    @Test("live, the same updates and labels come whatever the noise and the gaps", arguments: seeds)
    func streaming(_ seed: UInt64) {
        var rr = Self.series(seed)
        for index in stride(from: 60 + Int(seed), to: rr.count, by: 83) { rr[index] *= 0.6 }
        let gaps = [150: 3.0, 390 + Int(seed): 21.5]
        for mode in [ArtifactMode.correct, .keep] {
            let whole = Analysis(
                BeatSeries(rr: rr, gapsBefore: gaps), options: .init(artifacts: mode, parts: [.coherence])
            ).coherence
            #expect(whole == LiveTests.run(rr, mode: mode, gapsBefore: gaps))
            #expect(whole.count > 60)
        }
    }
}
