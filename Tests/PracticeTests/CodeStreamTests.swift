import HRV
import HeartRate
import Testing
import Timekeeping

@testable import Practice

/// One code from packets to numbers.
@Suite struct CodeStreamTests {
    private func recorder() throws -> Recorder { Recorder(try Code("G1-03")) }
    private let heart = TestHeart()

    private func reason(_ readout: Readout) -> String? {
        if case .none(let reason) = readout.score { reason } else { nil }
    }

    @Test func packetsBecomeRecordsBeatsAndAReadout() throws {
        var recorder = try recorder()
        recorder.begin(at: 10)
        let ticks = heart.ticks(from: 10, to: 40)
        let packets = TestHeart.packets(of: ticks, from: 10)
        recorder.add(packets)
        #expect(recorder.packets.map(\.number) == Array(1...packets.count))
        #expect(recorder.packets.map(\.bytes) == packets.map(\.bytes))
        #expect(recorder.packets.allSatisfy { $0.strap == "Polar H10 A1B2C3D4" && $0.code.place == 3 })
        #expect(recorder.newBeats.map(\.ticks) == ticks)
        #expect(recorder.newBeats.map(\.sequence) == Array(1...ticks.count))
        #expect(recorder.newBeats.allSatisfy { $0.segment == 1 && $0.flag == .ok && $0.contact == .yes })
        #expect(recorder.stored == recorder.newBeats)
        let readout = recorder.stream.readout(at: 41)
        #expect(readout.heartRate == 70)
        #expect(readout.strap == .on)
        #expect(readout.beats.map(\.rrMilliseconds) == ticks.map { Measurement.milliseconds(ticks: $0) })
        #expect(recorder.notices.isEmpty)
    }

    @Test func theFirstScoreComesAfterSixtyNineSecondsAndUntilThenItSaysHowLong() throws {
        var recorder = try recorder()
        #expect(reason(recorder.stream.readout(at: 0)) == "no strap yet")
        recorder.begin(at: 0)
        #expect(reason(recorder.stream.readout(at: 0.5)) == "no beats yet")
        var waits: [Int] = []
        for packet in heart.packets(from: 0, to: 90) {
            recorder.add(packet)
            guard let text = reason(recorder.stream.readout(at: packet.t)), text.hasSuffix(" s more") else { continue }
            waits.append(try #require(Int(text.split(separator: " ")[1])))
        }
        #expect(waits.first.map { (66...69).contains($0) } == true)
        #expect(zip(waits, waits.dropFirst()).allSatisfy { $0 >= $1 && $0 - $1 <= 2 })
        #expect(waits.last.map { $0 <= 2 } == true)
        let first = try #require(recorder.readings.first)
        #expect(first.t > 68 && first.t < 70)
        #expect(first.score.map { $0 > 2.1 } == true)
        #expect(first.band == .high)
        #expect(first.peakHz.map { abs($0 - 0.1) < 0.005 } == true)
        guard case .score(let score, .high, nil) = recorder.stream.readout(at: 90).score else {
            Issue.record("no score on the screen")
            return
        }
        #expect(score == recorder.readings.last?.score)
        #expect(recorder.stream.readout.scoreHistory == recorder.readings.map(\.score))
        #expect(recorder.stream.readout.bandCounts == [.high: recorder.readings.count])
    }

    @Test func theCurveShowsTheLastMinute() throws {
        var recorder = try recorder()
        recorder.begin(at: 0)
        recorder.add(heart.packets(from: 0, to: 300))
        let shown = recorder.stream.readout(at: 300).beats
        #expect(shown.allSatisfy { $0.t >= 240 })
        #expect(shown.count > 60 && shown.count < 80)
        #expect(recorder.stream.readout.beats.count < 200)
    }

    // MARK: - Odd packets

    @Test func anUnreadablePacketIsKeptAsItCameAndToldOnce() throws {
        var recorder = try recorder()
        recorder.begin(at: 0)
        recorder.add(heart.packets(from: 0, to: 5))
        let before = recorder.stream.readout(at: 5)
        for t in [5.5, 5.6] { recorder.add(TestHeart.Packet(t: t, bytes: [0x01, 72])) }
        recorder.add(TestHeart.Packet(t: 5.7, bytes: []))
        #expect(recorder.packets.suffix(3).map(\.bytes) == [[1, 72], [1, 72], []])
        #expect(recorder.packets.map(\.number) == Array(1...recorder.packets.count))
        #expect(recorder.notices.count == 1)
        #expect(recorder.notices[0].contains("at byte 2"))
        #expect(recorder.stream.readout(at: 5).beats == before.beats)
        #expect(recorder.stream.readout(at: 5).strap == .on)
    }

    @Test func heartRateZeroIsNoHeartRate() throws {
        var recorder = try recorder()
        recorder.begin(at: 0)
        recorder.add(TestHeart.Packet(t: 1, bytes: [0x06, 0]))
        #expect(recorder.stream.readout(at: 1).heartRate == nil)
    }

    @Test func aDeviceWithoutBeatsIsToldOnceAlsoAfterItWasLost() throws {
        var recorder = try recorder()
        recorder.begin(at: 0)
        for t in 1...14 { recorder.add(TestHeart.packet([], at: Double(t))) }
        #expect(recorder.notices.isEmpty)
        #expect(recorder.stream.readout(at: 14).strap == .on)
        recorder.add(TestHeart.packet([], at: 15))
        #expect(recorder.notices.count == 1)
        #expect(recorder.notices.first?.hasPrefix("sends heart rate but no beats: ") == true)
        #expect(recorder.stream.readout(at: 15).strap == .noBeats)
        #expect(recorder.stream.readout(at: 15).heartRate == 70)
        #expect(reason(recorder.stream.readout(at: 15))?.contains("no beats") == true)
        recorder.stream.lose(at: 20)
        #expect(recorder.stream.readout(at: 23).strap == .lost(seconds: 8))
        recorder.begin(at: 30)
        recorder.add(TestHeart.packet([], at: 31))
        _ = recorder.stream.comeBack(at: 31)
        recorder.stream.setStrap(.on)
        recorder.add(TestHeart.packet([], at: 32))
        #expect(recorder.stream.readout(at: 32).strap == .noBeats)
        #expect(recorder.notices.count == 1)
    }

    @Test func aDeviceThatSendsBeatsLateIsOnAgain() throws {
        var recorder = try recorder()
        recorder.begin(at: 0)
        for t in 1...20 { recorder.add(TestHeart.packet([], at: Double(t))) }
        recorder.add(heart.packets(from: 20, to: 30))
        #expect(recorder.stream.readout(at: 30).strap == .on)
        #expect(!recorder.stream.readout(at: 30).beats.isEmpty)
    }

    @Test func aUnitThatSeemsToBeMillisecondsIsToldOnceAndNothingIsConverted() throws {
        var recorder = try recorder()
        recorder.begin(at: 0)
        // What a beat really lasts is 1024/1000 of what the ticks say.
        let ticks = heart.ticks(from: 0, to: 400)
        var t = 0.0
        var waiting: [UInt16] = []
        var second = 1.0
        for interval in ticks {
            t += Double(interval) / 1000
            while t > second {
                recorder.add(TestHeart.packet(waiting, at: second))
                waiting = []
                second += 1
            }
            waiting.append(interval)
        }
        #expect(recorder.notices.count == 1)
        #expect(recorder.notices[0].contains("unit suspect"))
        #expect(recorder.stored.map(\.ticks) == Array(ticks.dropLast(waiting.count)))
        #expect(Set(recorder.stored.map(\.segment)) == [1])
    }

    // MARK: - Quality

    @Test func tooManyOddBeatsGiveAReasonInPlaceOfAScore() throws {
        var recorder = try recorder()
        var loose = heart
        loose.ectopicEvery = 6
        recorder.begin(at: 0)
        recorder.add(loose.packets(from: 0, to: 120))
        #expect(recorder.stream.readout(at: 120).strap == .loose)
        #expect(reason(recorder.stream.readout(at: 120)) == "too many odd beats")
        #expect(!recorder.readings.isEmpty)
        for reading in recorder.readings {
            #expect(reading.score == nil && reading.pct == nil && reading.ratio == nil && reading.band == nil)
            #expect(reading.reason == "too many odd beats")
            #expect(reading.clean < 0.9)
        }
        #expect(recorder.stream.readout.bandCounts.isEmpty)
    }

    @Test func someOddBeatsLeaveTheScoreANote() throws {
        var recorder = try recorder()
        var odd = heart
        odd.missedEvery = 40
        recorder.begin(at: 0)
        recorder.add(odd.packets(from: 0, to: 150))
        let noted = recorder.readings.filter { $0.note == "some odd beats" }
        #expect(!noted.isEmpty)
        #expect(noted.allSatisfy { $0.score != nil && (0.9..<0.95).contains($0.clean) })
    }

    // MARK: - Talking

    private static let talk = Phase(key: "select", title: "Select", seconds: 180, feedback: .off, prompt: "")

    @Test(arguments: [(talk, "people talk in this phase"), (Phase.pause, "paused")])
    func aPhaseWithoutNumbersGivesReasons(_ phase: Phase, silence: String) throws {
        #expect(phase.silence == silence)
        var recorder = try recorder()
        recorder.begin(at: 0)
        let packets = heart.packets(from: 0, to: 200)
        recorder.add(packets.filter { $0.t <= 100 })
        let scored = recorder.readings.count
        #expect(scored > 3)
        recorder.add(packets.filter { $0.t > 100 && $0.t <= 150 }, silence: silence)
        let talking = recorder.readings.dropFirst(scored)
        #expect(talking.count >= 9)
        for reading in talking {
            #expect(reading.score == nil && reading.pct == nil && reading.ratio == nil && reading.peakHz == nil)
            #expect(reading.band == nil && reading.note == nil)
            #expect(reading.reason == silence)
        }
        #expect(reason(recorder.stream.readout(at: 150)) == silence)
        #expect(recorder.stream.readout.scoreHistory.suffix(9).allSatisfy { $0 == nil })
        recorder.add(packets.filter { $0.t > 150 })
        #expect(recorder.readings.last?.score != nil)
    }

    @Test(arguments: [false, true]) func whatATalkingPhaseLeftPendingGivesNoNumberEither(_ reconnects: Bool) throws {
        // Every moment of two updates, so that one is pending at some of them.
        var settledLate = 0
        for end in stride(from: 99.0, to: 110, by: 1) {
            var recorder = try recorder()
            recorder.begin(at: 0)
            let packets = heart.packets(from: 0, to: 130)
            recorder.add(packets.filter { $0.t <= 80 })
            recorder.add(packets.filter { $0.t > 80 && $0.t <= end }, silence: Phase.pause.silence)
            let before = recorder.readings.count
            if reconnects { recorder.begin(at: end + 20) } else { recorder.finish() }
            settledLate += recorder.readings.count - before
            #expect(recorder.readings.filter { $0.t > 85 }.allSatisfy { $0.score == nil })
        }
        #expect(reconnects || settledLate > 0)
    }

    // MARK: - Lost and back

    @Test func aLostStrapCountsTheSecondsAndItsGapIsKept() throws {
        var recorder = try recorder()
        recorder.begin(at: 0)
        recorder.add(heart.packets(from: 0, to: 80))
        // The gap counts from the last packet, however late it was noticed.
        #expect(recorder.packets.last?.t == 81)
        recorder.stream.lose(at: 86)
        var readout = recorder.stream.readout(at: 93.6)
        #expect(readout.strap == .lost(seconds: 12))
        #expect(readout.heartRate == nil)
        #expect(reason(readout) == "lost 12 s, trying again")
        recorder.begin(at: 99)
        recorder.add(heart.packets(from: 99, to: 110, seed: 2))
        #expect(recorder.stream.readout(at: 110).strap == .lost(seconds: 29))
        #expect(recorder.stream.comeBack(at: 110) == 29)
        #expect(recorder.stream.comeBack(at: 111) == nil)
        recorder.add(heart.packets(from: 110, to: 115, seed: 2))
        readout = recorder.stream.readout(at: 115)
        #expect(readout.strap == .on)
        #expect(reason(readout)?.hasPrefix("needs ") == true)
        let second = recorder.stored.filter { $0.segment == 2 }
        #expect(second.first?.flag == .gapBefore)
        #expect(second.dropFirst().allSatisfy { $0.flag == .ok })
        #expect(recorder.stream.segment == 2)
        #expect(readout.beats.filter(\.followsGap).count == 1)
    }

    @Test func anotherStrapContinuesTheSameCodeInANewSegment() throws {
        var recorder = try recorder()
        recorder.begin("first", at: 0)
        recorder.add(heart.packets(from: 0, to: 20))
        recorder.begin("second", at: 30)
        recorder.add(heart.packets(from: 30, to: 50, seed: 3))
        #expect(Set(recorder.packets.map(\.strap)) == ["first", "second"])
        #expect(recorder.packets.map(\.number) == Array(1...recorder.packets.count))
        #expect(recorder.stored.map(\.sequence) == Array(1...recorder.stored.count))
        #expect(recorder.stored.map(\.segment) == recorder.stored.map(\.segment).sorted())
        #expect(Set(recorder.stored.map(\.segment)) == [1, 2])
    }

    @Test func oldBeatsAfterTheConnectAreKeptButNeverShown() throws {
        var recorder = try recorder()
        recorder.begin(at: 10)
        recorder.add(TestHeart.packet(Array(repeating: 1024, count: 9), at: 10.5))
        let flushed = recorder.stored.filter { $0.flag == .flushed }
        #expect(flushed.count == 7)
        #expect(recorder.stored.count == 9)
        #expect(recorder.stream.readout(at: 11).beats.count == 2)
    }

    @Test func batteryAndSignalAreTheNewest() throws {
        var recorder = try recorder()
        recorder.stream.setBattery(40)
        recorder.stream.setBattery(39)
        recorder.stream.setSignal(-70)
        #expect(recorder.stream.readout(at: 0).battery == 39)
        #expect(recorder.stream.readout(at: 0).rssi == -70)
    }
}
