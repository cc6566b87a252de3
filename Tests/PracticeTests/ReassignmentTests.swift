import HRV
import HeartRate
import Testing
import Timekeeping

@testable import Practice

/// Corrections made afterwards.
@Suite struct ReassignmentTests {
    private static func code(_ place: Int) throws -> Code { try Code(group: GroupName("G1"), place: place) }

    /// Codes 1 and 2 with a packet and a beat of 1 s each second from `from` to `to`, code by code.
    private static func record(_ stretches: [(place: Int, from: Int, to: Int)]) throws -> SessionRecord {
        let group = try GroupName("G1")
        var record = SessionRecord(
            info: SessionInfo(
                name: "s", group: group, started: UTC(nanosecondsSince1970: 0), zoneOffsetSeconds: 0, seconds: 200,
                script: .pal30, codes: [try code(1): .study, try code(2): .study, try code(3): .study], toolVersion: "",
                clockRate: 1, adapters: []),
            phases: [], packets: [], beats: [], coherence: [], markers: [], links: [])
        for stretch in stretches {
            let code = try Code(group: group, place: stretch.place)
            for (index, second) in (stretch.from..<stretch.to).enumerated() {
                record.packets.append(
                    PacketRecord(
                        code: code, number: index + 1, t: Double(second), utc: UTC(nanosecondsSince1970: 0),
                        strap: "S\(stretch.place)", bytes: [0x10, 60, 0, 4]))
                record.beats.append(
                    BeatRecord(
                        code: code,
                        beat: Beat(
                            sequence: index + 1, ticks: 1024, end: Double(second), contact: .unknown, flag: .ok,
                            segment: 1, packet: index + 1)))
            }
            record.links.append(
                LinkRecord(
                    code: code, segment: 1, strap: "S\(stretch.place)", event: .connect, t: Double(stretch.from),
                    rssi: nil, battery: nil))
            record.markers.append(MarkerRecord(t: Double(stretch.from), code: code, kind: "mark", text: "m"))
        }
        return record
    }

    private func change(
        _ from: Int, _ to: Int, _ start: Double = 0, _ end: Double = .infinity, exchange: Bool = false
    ) throws -> Reassignment {
        Reassignment(
            from: try Self.code(from), to: try Self.code(to), start: start, end: end, isExchange: exchange,
            made: UTC(nanosecondsSince1970: 5))
    }

    /// Every code's packets run from 1, its beats too, beats name packets of their own code, and segments rise.
    private func isSound(_ record: SessionRecord) -> Bool {
        Set(record.packets.map(\.code)).allSatisfy { code in
            let packets = record.packets.filter { $0.code == code }
            let beats = record.beats.filter { $0.code == code }.map(\.beat)
            let pairs = zip(beats, beats.dropFirst())
            return packets.map(\.number) == Array(1...packets.count) && beats.map(\.sequence) == Array(1...beats.count)
                && beats.allSatisfy { beat in packets.contains { $0.number == beat.packet && $0.t == beat.end } }
                && pairs.allSatisfy { $0.segment <= $1.segment && ($0.end ?? 0) < ($1.end ?? 0) }
                && pairs.allSatisfy { $0.segment == $1.segment || $1.flag == .gapBefore }
        }
    }

    @Test func aRecordingMadeElsewhereMovesByItsTimeWithWhatIsKnownOfIt() throws {
        var record = try Self.record([(1, 0, 10)])
        let own = try Self.code(1)
        for second in 20..<30 {
            record.beats.append(
                BeatRecord(
                    code: own,
                    beat: Beat(
                        sequence: second - 9, ticks: 1024, end: Double(second), contact: .unknown, flag: .ok,
                        segment: 2,
                        packet: 0, importedMilliseconds: 1000)))
        }
        record.imports = [
            ImportRecord(
                code: own, digest: "d", format: "f", start: 19, beats: 10, remarks: [],
                made: UTC(nanosecondsSince1970: 0))
        ]
        record.markers.append(MarkerRecord(t: 19, code: own, kind: "import", text: "10 beats"))
        let mended = record.applying([try change(1, 2, 15)])
        let other = try Self.code(2)
        #expect(mended.beats.filter { $0.code == other }.compactMap(\.beat.end) == (20..<30).map(Double.init))
        #expect(mended.beats.filter { $0.code == other }.map(\.beat.sequence) == Array(1...10))
        #expect(mended.beats.filter { $0.code == own }.count == 10 && mended.imports.map(\.code) == [other])
        #expect(mended.markers.last?.code == other)
        let back = mended.applying([try change(2, 1, 15)])
        #expect(
            back.beats.map(\.beat)
                == record.beats.map(\.beat).map { beat in
                    var beat = beat
                    if beat.sequence == 11 { beat.flag = .gapBefore }
                    return beat
                })
        #expect(back.imports.map(\.code) == [own])
    }

    @Test func everythingOfACodeBecomesAnothers() throws {
        let record = try Self.record([(1, 0, 100)])
        let mended = record.applying([try change(1, 2)])
        #expect(mended.packets.map(\.code) == Array(repeating: try Self.code(2), count: 100))
        #expect(mended.beats.map(\.beat) == record.beats.map(\.beat), "nothing but the name changes")
        #expect(mended.links.map(\.code) == [try Self.code(2)])
        #expect(mended.markers == record.markers, "marks stay with the person")
        #expect(mended.reassignments.count == 1)
        #expect(isSound(mended))
    }

    @Test func aStretchInTheMiddleMovesAndLeavesAGap() throws {
        let record = try Self.record([(1, 0, 100)])
        let mended = record.applying([try change(1, 2, 40, 60)])
        let first = mended.beats.filter { $0.code.place == 1 }.map(\.beat)
        let second = mended.beats.filter { $0.code.place == 2 }.map(\.beat)
        #expect(first.compactMap(\.end) == (0..<40).map(Double.init) + (60..<100).map(Double.init))
        #expect(second.compactMap(\.end) == (40..<60).map(Double.init))
        #expect(Set(first.map(\.segment)) == [1, 2] && Set(second.map(\.segment)) == [1])
        #expect(first.filter { $0.flag == .gapBefore }.map(\.end) == [60])
        #expect(isSound(mended))
    }

    @Test func exchangedStrapsAreExchanged() throws {
        let record = try Self.record([(1, 0, 100), (2, 10, 120)])
        let mended = record.applying([try change(1, 2, 50, exchange: true)])
        let first = mended.packets.filter { $0.code.place == 1 }
        #expect(first.map(\.strap) == Array(repeating: "S1", count: 50) + Array(repeating: "S2", count: 70))
        #expect(mended.packets.count == 210 && mended.beats.count == 210)
        #expect(isSound(mended))
        let back = mended.applying([try change(1, 2, 50, exchange: true)])
        #expect(
            Set(back.packets.map { "\($0.code) \($0.strap) \($0.t)" })
                == Set(record.packets.map { "\($0.code) \($0.strap) \($0.t)" }))
    }

    @Test func aChainOfCorrectionsIsAppliedInOrder() throws {
        let record = try Self.record([(1, 0, 100)])
        let mended = record.applying([try change(1, 2), try change(2, 3, 50), try change(3, 1, 70)])
        #expect(mended.packets.filter { $0.code.place == 1 }.map(\.t) == (70..<100).map(Double.init))
        #expect(mended.packets.filter { $0.code.place == 2 }.map(\.t) == (0..<50).map(Double.init))
        #expect(mended.packets.filter { $0.code.place == 3 }.map(\.t) == (50..<70).map(Double.init))
        #expect(isSound(mended))
    }

    @Test func coherenceIsComputedAnewFromTheBeatsOfTheCodesConcernedOnly() throws {
        var record = try Self.record([(1, 0, 200), (3, 0, 200)])
        let reading = CoherenceReading(
            t: 69, score: 1, pct: 1, ratio: 1, peakHz: 0.1, band: .medium, clean: 1, reason: nil, note: nil,
            heartRate: 1)
        record.coherence = [
            CoherenceRecord(code: try Self.code(1), reading: reading),
            CoherenceRecord(code: try Self.code(3), reading: reading),
        ]
        let mended = record.applying([try change(1, 2, 0, 130)])
        let second = mended.coherence.filter { $0.code.place == 2 }
        #expect(second.first?.reading.t == 68 && second.count == 13, "\(second.map(\.reading.t))")
        #expect(second.allSatisfy { $0.reading.heartRate == 60 })
        #expect(
            mended.coherence.filter { $0.code.place == 1 }.allSatisfy { $0.reading.score == nil || $0.reading.t > 190 })
        #expect(mended.coherence.filter { $0.code.place == 3 }.map(\.reading) == [reading])
    }
}
