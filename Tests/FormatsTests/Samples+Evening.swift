import Foundation
import HeartRate
import Practice
import Timekeeping

extension Samples {
    /// Two people for three minutes: a baseline, then a practice; the second loses the strap for 12 s.
    static func evening() throws -> SessionRecord {
        var record = try record()
        record.info.seconds = 200
        record.phases[0].end = 80
        record.phases[1].start = 80
        record.phases[1].end = 200
        (record.packets, record.beats, record.coherence, record.links) = ([], [], [], [])
        for (place, swing) in [(1, 40.0), (2, 80.0)] {
            let code = try Code(group: record.info.group, place: place)
            add(code, swing: swing, hasGap: place == 2, to: &record)
        }
        return record
    }

    private static func add(_ code: Code, swing: Double, hasGap: Bool, to record: inout SessionRecord) {
        let label = code.place == 1 ? "Polar H10 A1B2C3D4" : "A0:9E:1A:B2:C3:D4"
        var t = 0.5
        var segment = 1
        for number in 1...200 {
            let isAfterGap = hasGap && number == 100
            if isAfterGap {
                t += 12
                segment = 2
            }
            let milliseconds = 860 + swing * sin(2 * .pi * t / 10)
            let ticks = UInt16((milliseconds * 1.024).rounded())
            t += Double(ticks) / 1024
            let bytes = [0x10, 70, UInt8(ticks & 255), UInt8(ticks >> 8)]
            record.packets.append(
                PacketRecord(code: code, number: number, t: t + 0.05, utc: utc(t + 0.05), strap: label, bytes: bytes))
            record.beats.append(
                BeatRecord(
                    code: code,
                    beat: Beat(
                        sequence: number, ticks: ticks, end: t, contact: .yes, flag: isAfterGap ? .gapBefore : .ok,
                        segment: segment, packet: number)))
        }
        record.links.append(
            LinkRecord(code: code, segment: 1, strap: label, event: .connect, t: 0.5, rssi: nil, battery: nil))
    }
}
