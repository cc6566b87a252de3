import Testing

@testable import HRV

@Suite("Artefact labels and correction")
struct ArtifactTests {
    static func causal(_ rr: [Double]) -> String {
        var live = LiveAnalysis()
        var events: [LiveEvent] = []
        for (interval, end) in zip(rr, Series.ends(rr)) {
            live.add(rrMilliseconds: interval, endsAt: end, into: &events)
        }
        events += live.finish()
        return events.compactMap { if case .label(_, let label) = $0 { label.description } else { nil } }.joined()
    }

    static func expected(_ count: Int, _ odd: [Int: Character]) -> String {
        String((0..<count).map { odd[$0] ?? "N" })
    }

    static let cases: [(name: String, rr: [Double], odd: [Int: Character])] = [
        ("clean breathing", Series.breathing, [:]),
        ("one ectopic beat", Series.oneEctopic, [121: "S", 122: "E"]),
        ("one missed beat", Series.oneMissed, [126: "M"]),
        ("one beat too many", Series.oneExtra, [100: "X", 101: "S"]),
        ("constant", [Double](repeating: 800, count: 60), [:]),
        ("one beat", [800], [:]),
        ("none", [], [:]),
    ]

    @Test("causal labels are one letter a beat", arguments: cases.indices)
    func causalLabels(_ number: Int) {
        let (_, rr, odd) = Self.cases[number]
        #expect(Self.causal(rr) == Self.expected(rr.count, odd))
    }

    @Test("centred labels find the same beats", arguments: cases.indices)
    func centredLabels(_ number: Int) {
        let (_, rr, odd) = Self.cases[number]
        let found = CentredClassifier.labels(of: rr).map(\.description).joined()
        #expect(found == Self.expected(rr.count, odd))
    }

    @Test("a label is final four beats later")
    func delay() {
        var live = LiveAnalysis()
        var seen: [Int] = []
        for (number, (interval, end)) in zip(Series.oneEctopic, Series.ends(Series.oneEctopic)).enumerated() {
            for case .label(let index, _) in live.add(rrMilliseconds: interval, endsAt: end) {
                #expect(index == number - 4)
                seen.append(index)
            }
        }
        #expect(seen == Array(0..<(Series.oneEctopic.count - 4)))
        let rest = live.finish().compactMap { if case .label(let index, _) = $0 { index } else { nil } }
        #expect(rest == Array((Series.oneEctopic.count - 4)..<Series.oneEctopic.count))
    }

    @Test("the first eleven beats of a segment are taken as normal, live")
    func warmUp() {
        var rr = [Double](repeating: 800, count: 40)
        rr[6] = 300
        rr[25] = 300
        let labels = Array(Self.causal(rr))
        #expect(labels[..<11].allSatisfy { $0 == "N" })
        #expect(labels[25] != "N")
    }

    @Test("a new segment begins its history anew")
    func history() {
        var live = LiveAnalysis()
        var labels: [BeatLabel] = []
        func take(_ events: [LiveEvent]) {
            for case .label(_, let label) in events { labels.append(label) }
        }
        var time = 0.0
        for interval in [Double](repeating: 800, count: 30) + [Double](repeating: 1000, count: 5) {
            time += interval / 1000
            if labels.count == 26, interval == 1000 { take(live.beginSegment()) }
            take(live.add(rrMilliseconds: interval, endsAt: time))
        }
        take(live.finish())
        #expect(labels == [BeatLabel](repeating: .normal, count: 35))
    }

    @Test("thresholds are the quartile deviation of 91 beats by type-7 quantiles")
    func quantiles() {
        var window = SortedWindow()
        for value in [7.0, 1, 3, 10] { window.insert(value) }
        #expect(window.quartileDeviation == (7.75 - 2.5) / 2)
        #expect(window.median == 5)
        window.replace(10, with: 0)
        window.remove(3)
        #expect(window.median == 1)
        #expect(window.quartileDeviation == (4.0 - 0.5) / 2)
    }

    @Test("a sliding window equals a sorted slice, wherever it stands")
    func sliding() {
        let values = Series.noise(count: 400).map { ($0 / 10).rounded() }
        var sliding = SlidingWindow()
        for index in values.indices {
            let range = max(0, index - 45)..<min(values.count, index + 46)
            let window = sliding.move(to: range) { values[$0] }
            let sorted = values[range].sorted()
            func quantile(_ part: Double) -> Double {
                let place = Double(sorted.count - 1) * part
                let below = Int(place)
                guard below + 1 < sorted.count else { return sorted[below] }
                return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
            }
            #expect(abs(window.quartileDeviation - (quantile(0.75) - quantile(0.25)) / 2) < 1e-12)
            #expect(window.median == quantile(0.5))
        }
    }

    @Test("each kind of beat is mended in its own way and raw ends are kept")
    func correction() {
        let series = BeatSeries(rr: [800, 800, 500, 1100, 800, 1600, 300, 500, 800, 900])
        let labels: [BeatLabel] = [
            .normal, .normal, .short, .ectopic, .normal, .missed, .extra, .normal, .normal, .long,
        ]
        let mended = ArtifactCorrection.correct(series, labels: labels)
        #expect(mended.rr == [800, 800, 800, 800, 800, 800, 800, 800, 800, 800])
        #expect(mended.count == 10)
        let ends = series.endTimes
        #expect(abs(mended.endTimes[5] - (ends[4] + ends[5]) / 2) < 1e-12)
        #expect(mended.endTimes[..<5] == ends[..<5])
        #expect(Array(mended.endTimes[6...]) == [ends[5], ends[7], ends[8], ends[9]])
        #expect(series.rr[5] == 1600)
    }

    @Test("an interval that an extra beat cut is made whole again")
    func join() {
        let cut = Series.oneExtra
        let mended = ArtifactCorrection.correct(BeatSeries(rr: cut), labels: CentredClassifier.labels(of: cut))
        #expect(mended.count == Series.breathing.count)
        for (one, other) in zip(mended.rr, Series.breathing) { #expect(abs(one - other) < 1e-9) }
    }

    @Test("replaced intervals lie on the line between the nearest good ones")
    func interpolation() {
        let series = BeatSeries(rr: [800, 1, 1, 1, 1200])
        let mended = ArtifactCorrection.correct(series, labels: [.normal, .short, .long, .ectopic, .normal])
        #expect(mended.rr == [800, 900, 1000, 1100, 1200])
    }

    @Test("live, the last good value is held where no good beat follows within four")
    func hold() {
        let rr: [Double] = [800, 1, 1, 1, 1, 1, 1200]
        let labels = [BeatLabel.normal] + [BeatLabel](repeating: .short, count: 5) + [.normal]
        var sink = CorrectedBeats()
        let source = ArtifactCorrection.Source(
            intervals: rr, endTimes: Series.ends(rr), labels: labels, bounds: 0..<rr.count)
        ArtifactCorrection.append(0..<rr.count, of: source, reach: ArtifactCorrection.liveReach, to: &sink)
        #expect(sink.intervals[1] == 800)
        #expect(abs(sink.intervals[2] - (800 + 400 * 2.0 / 6)) < 1e-9)
        #expect(sink.intervals[6] == 1200)
    }

    @Test("no interval is mended from across a gap")
    func gaps() {
        let series = BeatSeries(rr: [800, 800, 1, 1, 1200, 1200], gapsBefore: [3: 5])
        let labels: [BeatLabel] = [.normal, .normal, .short, .short, .normal, .normal]
        let mended = ArtifactCorrection.correct(series, labels: labels)
        #expect(mended.rr == [800, 800, 800, 1200, 1200, 1200])
        #expect(mended.segments == [0..<3, 3..<6])
    }
}
