import HRV
import HeartRate
import Testing
import Timekeeping

@testable import Practice

/// A code's beats run through the engine again say what was said live.
@Suite struct CodeReplayTests {
    /// Ten minutes with odd beats, lost packets, a burst, a lost link and old beats after it.
    private func packets() -> (first: [TestHeart.Packet], second: [TestHeart.Packet]) {
        var heart = TestHeart()
        heart.ectopicEvery = 37
        heart.missedEvery = 101
        var first = heart.packets(from: 0, to: 330)
        // Twelve seconds are lost on the air.
        first.removeAll { $0.t > 120 && $0.t <= 132 }
        // Eight seconds come at once.
        for index in first.indices where first[index].t > 220 && first[index].t <= 228 { first[index].t = 228.5 }
        let old = TestHeart.packet(Array(repeating: 800, count: 9), at: 350.2)
        return (first, [old] + heart.packets(from: 351, to: 620, seed: 9))
    }

    private func session() throws -> Recorder {
        var recorder = Recorder(try Code("G1-03"))
        let (first, second) = packets()
        recorder.begin(at: 0)
        recorder.add(first)
        recorder.stream.lose(at: 333)
        recorder.begin(at: 350)
        recorder.add(second)
        _ = recorder.stream.comeBack(at: 351)
        recorder.finish()
        return recorder
    }

    @Test func theSessionHasWhatItIsMeantToHave() throws {
        let recorder = try session()
        let beats = recorder.stored
        #expect(beats.map(\.sequence) == Array(1...beats.count))
        #expect(Set(beats.map(\.segment)) == [1, 2, 3])
        #expect(beats.filter { $0.flag == .gapBefore }.map(\.segment) == [2, 3])
        #expect(beats.contains { $0.flag == .flushed })
        #expect(recorder.readings.contains { $0.score != nil })
        #expect(recorder.readings.contains { $0.reason != nil })
    }

    @Test func updatesAreTheLiveOnesBitForBit() throws {
        let recorder = try session()
        let replay = CodeReplay(recorder.stored)
        let replayed = replay.updates.map { update in
            CoherenceReading(update, bands: .standard, silence: nil, 70)
        }
        #expect(replayed == recorder.readings)
        #expect(replay.updates.count > 80)
    }

    @Test func labelsAreTheLiveOnesBitForBit() throws {
        let replay = CodeReplay(try session().stored)
        // The live way by hand: ledger, then engine, settled beats only.
        var ledger = BeatLedger()
        var analysis = LiveAnalysis()
        var events: [LiveEvent] = []
        var segment = 0
        var sequences: [Int] = []
        func settle(_ update: BeatLedger.Update) {
            for beat in update.settled {
                if beat.segment != segment { analysis.beginSegment(into: &events) }
                segment = beat.segment
                analysis.add(rrMilliseconds: beat.milliseconds, endsAt: beat.end ?? 0, into: &events)
                sequences.append(beat.sequence)
            }
        }
        let (first, second) = packets()
        settle(ledger.beginSegment(at: 0))
        for packet in first { settle(ledger.add(try Measurement(bytes: packet.bytes), at: packet.t, packet: 1)) }
        settle(ledger.beginSegment(at: 350))
        for packet in second { settle(ledger.add(try Measurement(bytes: packet.bytes), at: packet.t, packet: 1)) }
        settle(ledger.finish())
        analysis.beginSegment(into: &events)
        var labels: [Int: BeatLabel] = [:]
        for case .label(let index, let label) in events { labels[sequences[index]] = label }
        #expect(labels == replay.labelsBySequence)
        #expect(replay.beats.map(\.sequence) == sequences)
        #expect(Set(labels.values).isSuperset(of: [.normal, .missed]))
        #expect(labels.count == replay.beats.count)
    }

    @Test func theSeriesIsCutAtEveryGapAndHoldsNoOldBeat() throws {
        let recorder = try session()
        let replay = CodeReplay(recorder.stored)
        #expect(replay.series.segments.count == 3)
        #expect(replay.series.count == recorder.stored.count { $0.flag != .flushed })
        #expect(replay.series.rr == replay.beats.map(\.milliseconds))
    }

    @Test func aCrashLosesNothingThatCameBefore() throws {
        var recorder = Recorder(try Code("G1-03"))
        recorder.begin(at: 0)
        recorder.add(packets().first)
        let atTheCrash = CodeReplay(recorder.stored)
        let told = recorder.readings
        recorder.finish()
        #expect(atTheCrash.updates == CodeReplay(recorder.stored).updates)
        let replayed = atTheCrash.updates.map { CoherenceReading($0, bands: .standard, silence: nil, 70) }
        #expect(Array(replayed.prefix(told.count)) == told)
    }

    @Test func withoutBeatsThereIsNothing() {
        let replay = CodeReplay([])
        #expect(replay.beats.isEmpty && replay.labels.isEmpty && replay.updates.isEmpty)
        #expect(replay.series.count == 0)
        #expect(replay.clean(from: 0, to: 100) == nil)
    }

    @Test func oddBeatsAreCountedOnceWhetherCorrectedOrIrregular() throws {
        let replay = CodeReplay(try session().stored)
        let whole = try #require(replay.clean(from: 0, to: 1000))
        let odd = replay.beats.indices.filter { index in
            guard replay.labels[index] == .normal else { return true }
            guard index > 0, index + 1 < replay.beats.count else { return false }
            let (before, own, after) = (replay.beats[index - 1], replay.beats[index], replay.beats[index + 1])
            guard before.segment == own.segment, after.segment == own.segment else { return false }
            let mean = (before.milliseconds + after.milliseconds) / 2
            return abs(own.milliseconds - mean) > 0.2 * mean
        }
        #expect(abs(whole - (1 - Double(odd.count) / Double(replay.beats.count))) < 1e-12)
        #expect(whole < 1)
    }
}
