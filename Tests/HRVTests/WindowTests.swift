import Testing

@testable import HRV

@Suite("Windows of a series that was prepared once") struct WindowTests {
    /// Half an hour with a slow drift, breathing and a little beat noise, and a gap in the middle.
    private static let series: BeatSeries = {
        var rr: [Double] = []
        var time = 0.0
        while time < 1800 {
            let drift = 40 * Numerics.sine(2 * .pi * 0.004 * time)
            let breath = 50 * Numerics.sine(2 * .pi * 0.1 * time) + 20 * Numerics.sine(2 * .pi * 0.25 * time)
            let interval = 850 + drift + breath + 3 * Numerics.sine(91 * time)
            rr.append(interval)
            time += interval / 1000
        }
        return BeatSeries(rr: rr, gapsBefore: [1000: 12])
    }()

    @Test("a window of a prepared series is the same as that window alone", arguments: [0.0, 240, 800, 840, 1500])
    func same(_ start: Double) throws {
        let window = start...(start + 300)
        let whole = PreparedSeries(Self.series)
        let found = Analysis(whole, window: window)
        let alone = Analysis(Self.series, options: AnalysisOptions(window: window))
        #expect(found.time == alone.time)
        #expect(found.frequency == alone.frequency)
        #expect(found.lomb == alone.lomb)
        #expect(found.nonlinear == alone.nonlinear)
        #expect(found.coherence == alone.coherence)
        #expect(found.counts == alone.counts)
        let slow = Self.series.rr.indices.filter { Self.series.isInside($0, window) }
        #expect(found.counts.values.reduce(0, +) == slow.count)
        #expect(found.coherence == whole.updates.filter { $0.isInside(window) })
    }

    @Test("without smoothness priors the slow trend stays in VLF, and HF is as it was")
    func detrending() throws {
        let part = BeatSeries(rr: Array(Self.series.rr.prefix(500)))
        let with = Analysis(part)
        let without = Analysis(part, options: AnalysisOptions(detrending: .none))
        let (vlf, freeVLF) = (try #require(with.frequency[.vlf]), try #require(without.frequency[.vlf]))
        let (hf, freeHF) = (try #require(with.frequency[.hf]), try #require(without.frequency[.hf]))
        #expect(freeVLF > 3 * vlf)
        #expect(abs(freeHF - hf) < 0.01 * hf)
        #expect(with.time == without.time)
        #expect(with.lomb == without.lomb)
    }

    @Test("the density given out is the one that the powers were taken from")
    func density() throws {
        let analysis = Analysis(BeatSeries(rr: Array(Self.series.rr.prefix(500))))
        let density = try #require(analysis.spectrum)
        let power = density.values.withUnsafeBufferPointer {
            SpectrumIntegral.power(of: $0, grid: density.grid, from: 0.15, to: 0.4)
        }
        #expect(power == analysis.frequency[.hf])
    }

    @Test("every metric says its unit where it has one")
    func units() {
        #expect(TimeMetric.allCases.filter { $0.unit.isEmpty } == [.nn50, .nn20, .triangularIndex])
        #expect(SpectralMetric.lfPeak.unit == "Hz")
        #expect(NonlinearMetric.area.unit == "ms^2")
        #expect(BreathingMetric.rate.unit == "1/min")
    }
}

@Suite("Windows over a recording") struct AnalysisWindowsTests {
    @Test(
        "as many windows are laid as fit, and a recording that ends on a beat fits",
        arguments: [
            (298.1, 300.0, 300.0, 1), (297.9, 300, 300, 0), (600, 300, 60, 6), (598.5, 300, 60, 6), (597.5, 300, 60, 5),
            (600, 300, 700, 1), (10, 1, 1, 12),
        ])
    func count(_ seconds: Double, _ length: Double, _ step: Double, _ expected: Int) {
        let beats = [Double](repeating: 1000, count: Int(seconds)) + [1000 * (seconds - seconds.rounded(.down))]
        #expect(AnalysisWindows(BeatSeries(rr: beats), length: length, step: step).count == expected)
    }

    @Test("windows count from where the file's own time begins, on whole seconds")
    func origin() {
        let series = BeatSeries(rr: [Double](repeating: 1000, count: 20), gapsBefore: [0: 100.4])
        let windows = AnalysisWindows(series, length: 10, step: 5)
        #expect(windows.count == 3)
        #expect((0..<3).map { windows[$0] } == [100...110, 105...115, 110...120])
        #expect(AnalysisWindows(BeatSeries(rr: []), length: 10, step: 5).count == 0)
    }
}

@Suite("Templates that match") struct TemplateTests {
    @Test("rows of bits and sorted search find the same matches", arguments: [3, 4, 63, 64, 65, 66, 128, 300, 1000])
    func same(_ count: Int) {
        var state: UInt64 = 42
        let x = (0..<count).map { _ -> Double in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 58)
        }
        for tolerance in [0.5, 3, 17, 100] {
            let bits = TemplateBits(x, tolerance: tolerance)
            let sorted = TemplateMatches(sorting: x, tolerance: tolerance)
            #expect(bits.two == sorted.two)
            #expect(bits.three == sorted.three)
        }
    }
}
