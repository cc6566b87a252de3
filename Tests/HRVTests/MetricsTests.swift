import Glibc
import HRV
import Testing

@Suite("Metrics of a whole series")
struct MetricsTests {
    /// All metrics but the coherence list, on the intervals as they are.
    static func keep(_ rr: [Double], gapsBefore: [Int: Double] = [:]) -> Analysis {
        let parts = Set(AnalysisOptions.Part.allCases).subtracting([.coherence])
        return Analysis(BeatSeries(rr: rr, gapsBefore: gapsBefore), options: .init(artifacts: .keep, parts: parts))
    }

    /// About 320 s of breathing at 0.25 Hz and a slow wave at 0.1 Hz, with a little noise.
    static let rest: [Double] = {
        let noise = Series.noise(count: 355, mean: 0, spread: 12, seed: 7)
        var index = 0
        return Series.tachogram(count: 355) { time in
            defer { index += 1 }
            return 900 + 40 * sin(2 * .pi * 0.25 * time) + 30 * sin(2 * .pi * 0.1 * time) + noise[index]
        }
    }()

    @Test("the time domain follows its formulas")
    func time() throws {
        let rr = Self.rest
        let found = Self.keep(rr).time
        let count = Double(rr.count)
        let mean = rr.reduce(0, +) / count
        let sdnn = (rr.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot()
        let steps = zip(rr.dropFirst(), rr).map { $0 - $1 }
        let rmssd = (steps.reduce(0) { $0 + $1 * $1 } / (count - 1)).squareRoot()
        let drift = steps.reduce(0, +) / (count - 1)
        let sdsd = (steps.reduce(0) { $0 + ($1 - drift) * ($1 - drift) } / (count - 2)).squareRoot()
        let over = Double(steps.count { abs($0) > 20 })
        let wanted: [(TimeMetric, Double)] = [
            (.meanNN, mean), (.sdnn, sdnn), (.meanHR, 60_000 / mean), (.rmssd, rmssd), (.lnRMSSD, log(rmssd)),
            (.sdsd, sdsd), (.nn20, over), (.pnn20, 100 * over / (count - 1)), (.cvnn, 100 * sdnn / mean),
            (.minHR, 60_000 / (rr.max() ?? 0)), (.maxHR, 60_000 / (rr.min() ?? 0)), (.medianNN, rr.sorted()[177]),
        ]
        for (name, value) in wanted { #expect(abs(try #require(found[name]) - value) < 1e-9 * value) }
        #expect(found.ordered.map(\.name).prefix(4) == ["mean_nn", "median_nn", "sdnn", "mean_hr"])
        #expect(found.ordered.count == 20)
    }

    @Test("nonlinear metrics equal plain forms of their definitions")
    func nonlinear() throws {
        let analysis = Self.keep(Self.rest)
        let found = analysis.nonlinear
        let sdnn = try #require(analysis.time[.sdnn])
        let sdsd = try #require(analysis.time[.sdsd])
        let plain = Reference.entropies(Self.rest, tolerance: 0.2 * sdnn)
        let sd1 = sdsd / 2.0.squareRoot()
        let sd2 = (2 * sdnn * sdnn - sdsd * sdsd / 2).squareRoot()
        let wanted: [(NonlinearMetric, Double)] = [
            (.sd1, sd1), (.sd2, sd2), (.ratio, sd2 / sd1), (.area, .pi * sd1 * sd2),
            (.sampleEntropy, plain.sample), (.approximateEntropy, plain.approximate),
            (.alpha1, Reference.exponent(Self.rest, boxes: 4...16)),
            (.alpha2, Reference.exponent(Self.rest, boxes: 16...64)),
        ]
        for (name, value) in wanted { #expect(abs(try #require(found[name]) - value) < 1e-9 * abs(value)) }
    }

    @Test("both spectra give a sine of amplitude A the power A^2 / 2 in its band, at its frequency")
    func spectra() throws {
        let rr = Series.tachogram(count: 700) { 900 + 30 * sin(2 * .pi * 0.1 * $0) + 40 * sin(2 * .pi * 0.25 * $0) }
        let found = Self.keep(rr)
        for set in [found.frequency, found.lomb] {
            #expect(abs(try #require(set[.lf]) - 450) < 30)
            #expect(abs(try #require(set[.hf]) - 800) < 100)
            #expect(abs(try #require(set[.lfPeak]) - 0.1) < 0.002)
            #expect(abs(try #require(set[.hfPeak]) - 0.25) < 0.002)
            let lf = try #require(set[.lf])
            let hf = try #require(set[.hf])
            #expect(abs(try #require(set[.ratio]) - lf / hf) < 1e-12)
            #expect(abs(try #require(set[.lfNormal]) + (try #require(set[.hfNormal])) - 100) < 1e-9)
            #expect(abs(try #require(set[.total]) - lf - hf - (try #require(set[.vlf]))) < 1e-9)
        }
    }

    @Test("breathing is read from the swing of the heart rate", arguments: [6.0, 9, 12, 15, 20])
    func breathing(_ perMinute: Double) throws {
        let rr = Series.tachogram(count: 360) { 60_000 / (70 + 6 * sin(2 * .pi * perMinute / 60 * $0)) }
        let found = Self.keep(rr).breathing
        #expect(abs(try #require(found[.rate]) - perMinute) < 0.1)
        // With few beats in a breath, none falls on its very peak.
        #expect(abs(try #require(found[.swing]) - 12) < (perMinute < 13 ? 1.5 : 4))
    }

    @Test("histogram metrics follow their definitions")
    func histogram() throws {
        // A perfect triangle of counts on bins of 7.8125 ms: 1 2 3 4 3 2 1 around the bin of 800 ms, many times over.
        let width = 7.8125
        var rr: [Double] = []
        for (place, count) in [1, 2, 3, 4, 3, 2, 1].enumerated() {
            rr += [Double](repeating: (99.5 + Double(place)) * width, count: count * 12)
        }
        let found = Self.keep(rr).time
        #expect(found[.triangularIndex] == 4)
        #expect(found[.tinn] == 8 * width)
        // Bins of 50 ms: 750 to 800 holds places 0 to 2 (6 of 16), 800 to 850 the other ten.
        let range = 6 * width / 1000
        let stress = (62.5 / (2 * 0.825 * range)).squareRoot()
        #expect(abs(try #require(found[.stressIndex]) - stress) < 1e-9)
    }

    @Test("time-domain numbers pool segments without crossing; the others use the longest stretch")
    func gaps() throws {
        let first = [Double](repeating: 1000, count: 100)
        let second = [Double](repeating: 800, count: 200)
        let found = Self.keep(first + second, gapsBefore: [100: 30])
        #expect(found.time[.rmssd] == 0)
        #expect(found.time[.nn50] == 0)
        #expect(abs(try #require(found.time[.meanNN]) - 260_000 / 300) < 1e-9)
        #expect(found.seconds == 260)
        #expect(found.stretchSeconds == 160)
        #expect(found.stretchBeats == 200)
        #expect(found.nonlinear[.sd2] == 0)
        #expect(found.reasons["lf"] == "needs 250 s of beats, has 160 s")
    }

    static let lengths: [(seconds: Int, missing: [String], present: [String])] = [
        (57, ["rmssd", "sdnn", "dfa_a1", "lf", "vlf", "lf_hf", "sdann", "hf"], ["mean_nn", "min_hr"]),
        (58, ["sdnn", "dfa_a1", "lf", "vlf", "lf_hf", "sdann"], ["mean_nn", "rmssd", "hf"]),
        (117, ["sdnn", "dfa_a1", "lf"], ["rmssd"]),
        (118, ["lf", "vlf", "lf_hf", "sdann"], ["sdnn", "dfa_a1"]),
        (247, ["lf", "vlf", "lf_hf"], ["sdnn"]),
        (248, ["vlf", "lf_hf", "total"], ["lf"]),
        (297, ["vlf", "lf_hf", "dfa_a2"], ["lf"]),
        (298, ["sdann", "sdnn_index"], ["vlf", "lf_hf", "dfa_a2", "lf_nu", "total"]),
    ]

    @Test("a metric is given from 2 s below its window on, and has a reason before", arguments: lengths.indices)
    func windows(_ number: Int) {
        let (seconds, missing, present) = Self.lengths[number]
        // Beats around 500 ms; the last makes the sum come out a millisecond over.
        let noise = Series.noise(count: 2 * seconds, mean: 500, spread: 30, seed: 3)
        let whole = Double(seconds) * 1000 + 1
        var rr: [Double] = []
        var sum = 0.0
        while whole - sum > 800 {
            rr.append(noise[rr.count])
            sum += noise[rr.count - 1]
        }
        rr.append(whole - sum)
        let found = Self.keep(rr)
        let all = found.time.ordered + found.frequency.ordered + found.nonlinear.ordered
        for name in missing {
            #expect(all.first { $0.name == name }?.value == nil)
            #expect(found.reasons[name]?.hasPrefix("needs ") == true)
        }
        for name in present {
            #expect(all.contains { $0.name == name && $0.value != nil })
            #expect(found.reasons[name] == nil)
        }
    }

    static let poor: [(name: String, rr: [Double])] = [
        ("none", []), ("one", [800]), ("two", [800, 810]), ("three", [800, 810, 790]),
        ("constant", [Double](repeating: 800, count: 500)),
        ("alternating", (0..<500).map { $0 % 2 == 0 ? 700 : 900 }),
        ("few long", [60_000, 61_000, 59_000, 60_500, 60_200, 60_100]),
        ("tiny", [Double](repeating: 0.5, count: 300)),
        ("nonsense", [.nan, 0, -5, .infinity, 1e9, 800, 0, 800]),
        ("wild", Series.noise(count: 300, mean: 0, spread: 1).map { exp(2 + 9 * abs($0)) }),
    ]

    @Test(
        "poor series give reasons, never a number that is none", arguments: poor.indices, [ArtifactMode.correct, .keep])
    func poorSeries(_ number: Int, _ mode: ArtifactMode) {
        let found = Analysis(BeatSeries(rr: Self.poor[number].rr), options: .init(artifacts: mode))
        let sets = [
            (found.time.ordered, found.time.reasons), (found.frequency.ordered, found.frequency.reasons),
            (found.lomb.ordered, found.lomb.reasons), (found.nonlinear.ordered, found.nonlinear.reasons),
            (found.breathing.ordered, found.breathing.reasons),
        ]
        for (metrics, reasons) in sets {
            for (name, value) in metrics {
                #expect((value == nil) == (reasons[name] != nil), "\(name)")
                #expect(value?.isFinite != false, "\(name)")
            }
        }
        if found.coherenceSummary.mean == nil { #expect(found.reasons["coherence"] != nil) }
    }

    @Test("a constant heart has no spread but a rate, and what divides by nothing says so")
    func constant() {
        let found = Analysis(BeatSeries(rr: [Double](repeating: 800, count: 200)))
        #expect(found.time[.meanHR] == 75)
        #expect(found.time[.sdnn] == 0 && found.time[.rmssd] == 0)
        #expect(found.time[.lnRMSSD] == nil && found.reasons["ln_rmssd"] == "no variation")
        #expect(found.nonlinear[.sampleEntropy] == nil && found.reasons["sampen"] == "no variation")
        #expect(found.nonlinear[.ratio] == nil)
        #expect(found.coherenceSummary.mean == 0)
    }

    @Test("metrics rest on the centred correction, and counts tell what was found")
    func corrected() throws {
        let spoilt = Analysis(BeatSeries(rr: Series.oneEctopic))
        let kept = Self.keep(Series.oneEctopic)
        let clean = Self.keep(Series.breathing)
        #expect(spoilt.counts[.short] == 1 && spoilt.counts[.ectopic] == 1 && spoilt.counts[.normal] == 154)
        #expect(abs(try #require(spoilt.artifactShare) - 2.0 / 156) < 1e-12)
        let wanted = try #require(clean.time[.rmssd])
        #expect(abs(try #require(spoilt.time[.rmssd]) - wanted) < 0.02 * wanted)
        #expect(try #require(kept.time[.rmssd]) > 1.3 * wanted)
        #expect(spoilt.raw.rr == Series.oneEctopic)
    }

    @Test("a window measures its own beats, with labels from the whole")
    func window() throws {
        let whole = BeatSeries(rr: Self.rest)
        let found = Analysis(whole, options: .init(artifacts: .keep, window: 100...230))
        let inside = zip(whole.rr, whole.endTimes).filter { $1 - $0 / 1000 >= 100 && $1 <= 230 }.map(\.0)
        #expect(found.beats == inside.count)
        #expect(found.counts.values.reduce(0, +) == inside.count)
        let mean = inside.reduce(0, +) / Double(inside.count)
        #expect(abs(try #require(found.time[.meanNN]) - mean) < 1e-9)
        #expect(found.coherence.allSatisfy { $0.isInside(100...230) })
    }

    @Test("5-minute pieces are used from 18 h on")
    func longRecording() throws {
        // Intervals of 10 and 11 s, to be quick: 3500 of each.
        let rr = [Double](repeating: 10_000, count: 3500) + [Double](repeating: 11_000, count: 3500)
        let found = Analysis(BeatSeries(rr: rr), options: .init(artifacts: .keep, parts: [.time]))
        #expect(abs(try #require(found.time[.sdann]) - 500) < 5)
        #expect(try #require(found.time[.sdnnIndex]) < 5)
        #expect(found.frequency[.lf] == nil && found.reasons["lf"] == "not asked for")
    }
}
