import Glibc
import HRV
import Testing

@Suite("Live analysis of one person")
struct LiveTests {
    static func run(_ rr: [Double], mode: ArtifactMode = .correct, gapsBefore: [Int: Double] = [:]) -> [CoherenceUpdate]
    {
        var live = LiveAnalysis(artifacts: mode)
        var time = 0.0
        var updates: [CoherenceUpdate] = []
        func take(_ events: [LiveEvent]) {
            for case .coherence(let update) in events { updates.append(update) }
        }
        for (index, interval) in rr.enumerated() {
            if let gap = gapsBefore[index] {
                take(live.beginSegment())
                time += gap
            }
            time += interval / 1000
            take(live.add(rrMilliseconds: interval, endsAt: time))
        }
        take(live.finish())
        return updates
    }

    /// Slow breathing with odd beats strewn in.
    static func spoilt(every step: Int, count: Int = 420) -> [Double] {
        var rr = Series.tachogram(count: count) { 850 + 70 * sin(2 * .pi * 0.1 * $0) }
        for index in stride(from: 40, to: count - 2, by: step) {
            rr[index] -= 300
            rr[index + 1] += 300
        }
        return rr
    }

    @Test("live equals whole-file bit for bit", arguments: [ArtifactMode.correct, .keep], [9, 40])
    func equality(_ mode: ArtifactMode, _ step: Int) {
        let rr = Self.spoilt(every: step)
        let gaps = [130: 7.5, 280: 40]
        let series = BeatSeries(rr: rr, gapsBefore: gaps)
        let whole = Analysis(series, options: .init(artifacts: mode, parts: [.coherence])).coherence
        #expect(whole == Self.run(rr, mode: mode, gapsBefore: gaps))
        #expect(whole.count > 40)
    }

    @Test("a long run equals a run from its middle on: what is forgotten no longer matters")
    func memory() {
        let rr = Series.tachogram(count: 1500) { 850 + 70 * sin(2 * .pi * 0.1 * $0) }
        let updates = Self.run(rr, mode: .keep)
        let ends = Series.ends(rr)
        var engine = CoherenceEngine()
        for update in updates.suffix(40) {
            let fresh = engine.coherence(
                intervals: Array(rr[..<update.beats]), endTimes: Array(ends[..<update.beats]))
            #expect(update.result == fresh)
        }
    }

    @Test("an update is given out when the label of its last beat is final, not before and not later")
    func promptness() {
        let rr = [Double](repeating: 1000, count: 90)
        var live = LiveAnalysis()
        var given: [Double: Double] = [:]
        for index in rr.indices {
            let end = Double(index + 1)
            for case .coherence(let update) in live.add(rrMilliseconds: 1000, endsAt: end) { given[update.t] = end }
        }
        #expect(given[69] == 73)
        #expect(given[74] == 78)
    }

    @Test("nothing is computed across a gap, and the updates before the next score say what they wait for")
    func gap() throws {
        let rr = [Double](repeating: 1000, count: 80) + [Double](repeating: 800, count: 100)
        let updates = Self.run(rr, gapsBefore: [80: 10])
        // The second segment begins at 90 s.
        let second = updates.filter { $0.t > 90 }
        #expect(updates.filter { $0.t <= 90 }.map(\.t) == [69, 74, 79])
        #expect(second.map { ($0.t - 90).rounded() } == Array(stride(from: 4, through: 79, by: 5)))
        for update in second {
            let wait = 159 - update.t
            if wait > 0.5 {
                #expect(update.reason == "needs \(Int(wait.rounded())) s more")
                #expect(update.result == nil)
            } else {
                // Constant inside the segment: any beat from before the gap would show.
                #expect(try #require(update.result).tp == 0)
                #expect(update.windowStart >= 90)
            }
        }
    }

    @Test("too many odd beats withhold the score, some are noted, kept intervals are never withheld")
    func gate() {
        let many = Self.run(Self.spoilt(every: 9))
        let late = many.filter { $0.t > 120 }
        #expect(!late.isEmpty && late.allSatisfy { $0.result == nil && $0.reason == "too many odd beats" })
        #expect(late.allSatisfy { $0.clean < 0.9 && $0.clean > 0 })
        let some = Self.run(Self.spoilt(every: 34)).filter { $0.t > 120 }
        #expect(some.contains { $0.note == "some odd beats" && $0.result != nil })
        #expect(some.allSatisfy { $0.result == nil || ($0.note != nil) == ($0.clean < 0.95 - 1e-9) })
        let kept = Self.run(Self.spoilt(every: 9), mode: .keep)
        #expect(kept.allSatisfy { $0.result != nil && $0.reason == nil && $0.note == nil })
    }

    @Test("dense ectopy that the labels miss is caught by irregular beats")
    func trigeminy() {
        let rr = (0..<150).map { [820.0, 540, 1080][$0 % 3] }
        let updates = Self.run(rr)
        #expect(!updates.isEmpty && updates.allSatisfy { $0.result == nil && $0.irregular > 0.5 })
        let breathing = Self.run(Series.tachogram(count: 200) { 60_000 / (70 + 12.5 * sin(2 * .pi * 0.1 * $0)) })
        #expect(breathing.allSatisfy { $0.irregular == 0 && $0.result != nil })
    }

    @Test("quality, waiting time and swing follow the beats")
    func state() throws {
        var live = LiveAnalysis()
        #expect(live.secondsUntilFirstScore == 69)
        #expect(live.quality.beats == 0 && live.quality.clean == 1)
        #expect(live.swing() == nil)
        for second in 1...46 { _ = live.add(rrMilliseconds: 1000, endsAt: Double(second)) }
        #expect(live.secondsUntilFirstScore == 23)
        #expect(live.swing() == 0)
        #expect(live.quality.beats == 42)
        for second in 47...80 { _ = live.add(rrMilliseconds: 1000, endsAt: Double(second)) }
        #expect(live.secondsUntilFirstScore == nil)
        #expect(live.quality.beats == 64)
        #expect(live.beats == 80)
        _ = live.beginSegment()
        #expect(live.secondsUntilFirstScore == 69)
    }

    @Test("swing is peak minus trough of the heart rate")
    func swing() throws {
        var live = LiveAnalysis()
        let rr = Series.tachogram(count: 100) { 60_000 / (70 + 10 * sin(2 * .pi * 0.1 * $0)) }
        for (interval, end) in zip(rr, Series.ends(rr)) { _ = live.add(rrMilliseconds: interval, endsAt: end) }
        let swing = try #require(live.swing(over: 10))
        #expect(abs(swing - 20) < 1)
    }

    @Test("a pacer asks for the swing at its rate")
    func pacer() throws {
        var live = LiveAnalysis()
        live.pacerHz = 0.1
        var updates: [CoherenceUpdate] = []
        for (interval, end) in zip(Series.breathing, Series.ends(Series.breathing)) {
            for case .coherence(let update) in live.add(rrMilliseconds: interval, endsAt: end) {
                updates.append(update)
            }
        }
        let pacing = try #require(updates.first?.pacing)
        #expect(pacing.pacerHz == 0.1)
        #expect(pacing.real * pacing.real + pacing.imaginary * pacing.imaginary > 1000)
    }

    @Test("what is no interval is not counted and closes the segment")
    func nonsense() {
        var live = LiveAnalysis()
        _ = live.add(rrMilliseconds: 800, endsAt: 0.8)
        for bad in [Double.nan, 0, -1, .infinity, 70_000] { _ = live.add(rrMilliseconds: bad, endsAt: 2) }
        _ = live.add(rrMilliseconds: 800, endsAt: .nan)
        #expect(live.beats == 1)
        _ = live.add(rrMilliseconds: 800, endsAt: 0.5)
        #expect(live.beats == 2)
    }

    @Test("wild but possible intervals never give a number that is none", arguments: 1...6)
    func wild(_ seed: Int) {
        let rr = Series.noise(count: 400, mean: 0, spread: 1, seed: UInt64(seed)).map { exp(2 + 9 * abs($0)) }
        for mode in [ArtifactMode.correct, .keep] {
            for update in Self.run(rr, mode: mode) {
                #expect((update.result == nil) == (update.reason != nil))
                #expect(update.clean >= 0 && update.clean <= 1)
                guard let found = update.result else { continue }
                for value in [found.pp, found.pb, found.pa, found.tp, found.pct, found.ratio, found.ep, found.score] {
                    #expect(value.isFinite && value >= 0)
                }
            }
        }
    }
}
