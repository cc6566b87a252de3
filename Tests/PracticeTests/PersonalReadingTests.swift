import HRV
import HeartRate
import Testing
import Timekeeping

@testable import Practice

/// A reading of one person, held against nothing but its own first minute.
@Suite struct PersonalReadingTests {
    /// A reading and all it brought.
    private struct Sitting {
        var reading: PersonalReading
        var updates: [(update: CoherenceUpdate, standing: PersonalYardstick.Standing?)] = []
        var beats = 0

        init(length: Double? = 180, rate: Double? = 6) {
            reading = PersonalReading(length: length, rate: rate, at: 0)
            take(reading.beginLink(strap: "Polar H10 A1B2C3D4", at: 0))
        }

        mutating func take(_ output: PersonalReading.Output) {
            updates += output.updates
            beats += output.beats.count
        }

        mutating func add(_ packets: [TestHeart.Packet], each: (TestHeart.Packet, PersonalView) -> Void = { _, _ in }) {
            for packet in packets {
                let utc = UTC(nanosecondsSince1970: Int64(packet.t * 1e9))
                take(reading.add(packet.bytes, at: packet.t, utc: utc))
                each(packet, reading.view(at: packet.t))
            }
        }

        var record: PersonalRecord {
            reading.record(at: 0, started: UTC(nanosecondsSince1970: 0), zoneOffsetSeconds: 0)
        }
    }

    private func reason(_ view: PersonalView) -> String? {
        if case .none(let reason) = view.smoothness { reason } else { nil }
    }

    private func standing(_ view: PersonalView) -> PersonalYardstick.Standing? {
        if case .score(_, let standing, _) = view.smoothness { standing } else { nil }
    }

    @Test("curve and swing are there at once, the measure from 69 s on, the comparison with the first disjoint window")
    func timeTable() throws {
        var sitting = Sitting()
        var firstCurve: Double?
        var firstSwing: Double?
        var firstScore: Double?
        var firstComparison: Double?
        var waits: [String] = []
        sitting.add(TestHeart().packets(from: 0, to: 180)) { packet, view in
            if view.beats.count >= 2 { firstCurve = firstCurve ?? packet.t }
            if view.swing != nil { firstSwing = firstSwing ?? packet.t }
            if let reason = reason(view) { waits.append(reason) } else { firstScore = firstScore ?? packet.t }
            if standing(view) != nil { firstComparison = firstComparison ?? packet.t }
        }
        #expect(try #require(firstCurve) < 5)
        #expect(try #require(firstSwing) < 12)
        #expect(try (69.0...75).contains(#require(firstScore)))
        #expect(waits.contains("needs 23 s more"))
        #expect(waits.allSatisfy { $0.hasPrefix("needs ") || $0 == "in a moment" || $0 == "no beats yet" }, "\(waits)")
        // The first window ends at about 69 s; one that shares no time with it ends 64 s later at the earliest.
        #expect(try (133.0...145).contains(#require(firstComparison)))
        let first = try #require(sitting.updates.first { $0.update.result != nil })
        for (update, standing) in sitting.updates where standing != nil {
            #expect(update.windowStart >= first.update.tEnd)
        }
        #expect(sitting.updates.contains { $0.standing == nil && $0.update.t > first.update.t })
    }

    @Test("a rhythm that becomes a slow wave is smoother than the first minute, one that loses it more jagged")
    func comparison() throws {
        var calm = TestHeart()
        calm.noise = 0.04
        calm.swingsFrom = 70
        var becoming = Sitting(length: 300)
        var last: PersonalView?
        becoming.add(calm.packets(from: 0, to: 200)) { last = $1 }
        #expect(standing(try #require(last)) == .smoother)
        #expect(PersonalSummary(becoming.record).standing == .smoother)

        var steady = Sitting(length: 300)
        steady.add(TestHeart().packets(from: 0, to: 200)) { last = $1 }
        #expect(standing(try #require(last)) == .same)

        var losing = Sitting(length: 300)
        var heart = TestHeart()
        losing.add(heart.packets(from: 0, to: 80))
        heart.swing = 0
        heart.noise = 0.04
        losing.add(heart.packets(from: 82, to: 200)) { last = $1 }
        #expect(standing(try #require(last)) == .rougher)
    }

    @Test("its time begins with the first beats and is over after its length")
    func length() {
        var sitting = Sitting(length: 60)
        #expect(sitting.reading.elapsed(at: 30) == 0 && !sitting.reading.isOver(at: 500))
        sitting.add([TestHeart.packet([], at: 39)])
        #expect(!sitting.reading.hasBegun)
        sitting.add(TestHeart().packets(from: 40, to: 60))
        #expect(sitting.reading.view(at: 71).left == 30)
        #expect(!sitting.reading.isOver(at: 100.9) && sitting.reading.isOver(at: 101))
    }

    @Test("a pause stops time and pacer, takes no beats, and no window reaches across it")
    func pause() throws {
        var sitting = Sitting(length: 300)
        let heart = TestHeart()
        sitting.add(heart.packets(from: 0, to: 50))
        let before = sitting.beats
        let breath = sitting.reading.view(at: 52).breath
        sitting.take(sitting.reading.setPaused(true, at: 52))
        sitting.add(heart.packets(from: 52, to: 70)) { _, view in
            #expect(view.isPaused && view.smoothness == .none("paused") && view.breath == breath)
        }
        #expect(sitting.beats == before)
        let elapsed = sitting.reading.elapsed(at: 52)
        #expect(sitting.reading.elapsed(at: 80) == elapsed)
        sitting.take(sitting.reading.setPaused(false, at: 80))
        var scored: Double?
        sitting.add(heart.packets(from: 80, to: 170)) { packet, view in
            if case .score = view.smoothness { scored = scored ?? packet.t }
        }
        #expect(abs(sitting.reading.elapsed(at: 81) - elapsed - 1) < 1e-9)
        #expect(try #require(scored) > 80 + 63)
        for (update, _) in sitting.updates where update.result != nil { #expect(update.windowStart >= 79) }
        let live = sitting.updates.compactMap(\.update.result?.score)
        _ = sitting.reading.finish()
        let replayed = CodeReplay(sitting.record.beats).updates.compactMap(\.result?.score)
        #expect(!live.isEmpty && Array(replayed.prefix(live.count)) == live)
    }

    @Test("another rate of the pacer is kept with its time, and without a pacer there is no breath")
    func rates() {
        var sitting = Sitting()
        sitting.reading.changePacer(by: -1, at: 10)
        sitting.reading.changePacer(by: -1, at: 20)
        sitting.reading.changePacer(by: -20, at: 30)
        sitting.reading.changePacer(by: -20, at: 40)
        let rates = sitting.record.pacers
        #expect(rates.map(\.rate) == [6, 5.5, 5, 4] && rates.map(\.t) == [0, 10, 20, 30])
        let without = Sitting(rate: nil)
        #expect(without.reading.view(at: 3).breath == nil && without.reading.view(at: 3).pacer == nil)
    }

    @Test("what a reading comes to, and what it says when that is nothing")
    func summary() throws {
        var sitting = Sitting()
        sitting.add(TestHeart().packets(from: 0, to: 180))
        _ = sitting.reading.finish()
        let record = sitting.reading.record(at: 181, started: UTC(nanosecondsSince1970: 0), zoneOffsetSeconds: 0)
        let summary = PersonalSummary(record)
        #expect(summary.beats == sitting.beats && summary.seconds > 178)
        #expect(try abs(#require(summary.heartRate) - 60 / 0.85) < 1)
        #expect(try #require(summary.swing) > 5 && summary.clean == 1)
        #expect(summary.first != nil && summary.later != nil && summary.standing == .same && summary.reason == nil)

        var short = Sitting()
        short.add(TestHeart().packets(from: 0, to: 50))
        #expect(PersonalSummary(short.record).reason == PersonalSummary.tooShort)
        #expect(PersonalSummary(Sitting().record).reason == "no beats came")
        #expect(PersonalSummary(Sitting().record).clean == nil)

        var loose = TestHeart()
        loose.ectopicEvery = 4
        var odd = Sitting()
        odd.add(loose.packets(from: 0, to: 120))
        #expect(PersonalSummary(odd.record).reason == "too many odd beats")
    }

    @Test("a lost strap shows no number of before, and its gap is kept")
    func lost() throws {
        var sitting = Sitting()
        sitting.add(TestHeart().packets(from: 0, to: 30))
        sitting.reading.lose(at: 35)
        let view = sitting.reading.view(at: 42)
        #expect(view.heartRate == nil && view.swing == nil)
        #expect(try #require(reason(view)).hasPrefix("lost "))
        let gap = sitting.reading.comeBack(at: 50)
        #expect(try #require(gap) > 15)
    }
}
