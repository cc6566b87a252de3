import Practice
import Testing

@testable import Screens

struct BeatCurveTests {
    @Test("a value is the mean heart rate over its stretch, each beat with the time it lasted")
    func means() {
        let beats: [Readout.BeatPoint] = [
            .init(t: 1, rrMilliseconds: 1000, followsGap: false), .init(t: 1.5, rrMilliseconds: 500, followsGap: false),
            .init(t: 2.5, rrMilliseconds: 1000, followsGap: false),
        ]
        #expect(BeatCurve.values(beats, endingAt: 2, seconds: 2, cells: 2) == [60, 90])
    }

    @Test("where no beats are known the curve is open")
    func gap() {
        let beats = [1.0, 2, 6].map { Readout.BeatPoint(t: $0, rrMilliseconds: 1000, followsGap: $0 == 6) }
        #expect(BeatCurve.values(beats, endingAt: 6, seconds: 6, cells: 6) == [60, 60, nil, nil, nil, 60])
        #expect(BeatCurve.values([], endingAt: 6, seconds: 6, cells: 2) == [nil, nil])
    }

    @Test("as time goes on the curve moves by whole cells and keeps its values")
    func steady() {
        let beats = LiveFixture.beats(rate: 70, swing: 20)
        let first = BeatCurve.values(beats, endingAt: 300, seconds: 30, cells: 20)
        let same = BeatCurve.values(beats, endingAt: 299, seconds: 30, cells: 20)
        let next = BeatCurve.values(beats, endingAt: 300.2, seconds: 30, cells: 20)
        #expect(first == same)
        #expect(Array(next.dropLast()) == Array(first.dropFirst()))
    }

    @Test("a strap that is late by a packet ends at its last beat, one that is silent shows the silence")
    func silence() throws {
        var readout = try LiveFixture.readout("G1-01", rate: 60, swing: 0)
        readout.beats = [.init(t: 100, rrMilliseconds: 1000, followsGap: false)]
        #expect(BeatCurve.end(of: readout, now: 102) == 100)
        #expect(BeatCurve.end(of: readout, now: 104) == 104)
        readout.strap = .lost(seconds: 12)
        #expect(BeatCurve.now(of: [readout]) == 112)
        #expect(BeatCurve.now(of: []) == 0)
    }

    @Test("a calm curve is not blown up, and one odd value does not flatten the others")
    func range() {
        let calm = BeatCurve.range(of: [70, 72, nil])
        #expect(calm == 63.5...78.5)
        let odd = BeatCurve.range(of: [30] + (0..<20).map { Double(60 + $0) })
        #expect(odd == 60...78)
        #expect(BeatCurve.range(of: []) == 0...1)
    }
}
