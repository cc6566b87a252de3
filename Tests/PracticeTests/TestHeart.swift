import HeartRate
import Practice
import Timekeeping

/// A heart of a formula: its beats, and the packets that a strap makes of them once a second.
struct TestHeart {
    struct Packet {
        var t: Double
        var bytes: [UInt8]
    }

    /// Noise of the beats from a linear congruential generator, as a share of the interval.
    var noise = 0.008
    /// Mean interval, seconds.
    var mean = 0.85
    /// Swing of the interval at 0.1 Hz, as a share, from `swingsFrom` seconds on.
    var swing = 0.08
    var swingsFrom = 0.0
    /// Every so many beats one comes early and the next late; 0 for never.
    var ectopicEvery = 0
    /// Every so many beats one is missed.
    var missedEvery = 0

    private static func sine(_ t: Double) -> Double {
        // A parabola through the zeros of a sine of 0.1 Hz: smooth enough for a peak there.
        let phase = t / 10 - (t / 10).rounded(.down)
        let half = phase < 0.5 ? phase : phase - 0.5
        return (phase < 0.5 ? 1 : -1) * 16 * half * (0.5 - half)
    }

    /// Intervals in 1/1024 s until `end`, the first beginning at `start`.
    func ticks(from start: Double, to end: Double, seed: UInt64 = 1) -> [UInt16] {
        var state = seed
        var t = start
        var ticks: [UInt16] = []
        while t < end {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let chance = 2 * Double(state >> 11) / Double(1 << 53) - 1
            let wave = t >= swingsFrom ? swing * Self.sine(t) : 0
            var interval = mean * (1 + wave + noise * chance)
            let number = ticks.count + 1
            if ectopicEvery > 0, number % ectopicEvery == 0 { interval *= 0.6 }
            if ectopicEvery > 0, number % ectopicEvery == 1, number > 1 { interval *= 1.4 }
            if missedEvery > 0, number % missedEvery == 0 { interval *= 2 }
            ticks.append(UInt16((interval * 1024).rounded()))
            t += Double(ticks[ticks.count - 1]) / 1024
        }
        return ticks
    }

    /// The packets of these intervals, once a second, each as soon as its beats are over.
    static func packets(of ticks: [UInt16], from start: Double) -> [Packet] {
        var packets: [Packet] = []
        var waiting: [UInt16] = []
        var t = start
        var second = start.rounded(.down) + 1
        for interval in ticks {
            t += Double(interval) / 1024
            while t > second {
                packets.append(packet(waiting, at: second))
                waiting = []
                second += 1
            }
            waiting.append(interval)
        }
        packets.append(packet(waiting, at: second))
        return packets
    }

    /// A packet of 70 beats a minute with contact and these intervals.
    static func packet(_ ticks: [UInt16], at t: Double) -> Packet {
        let intervals = ticks.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        return Packet(t: t, bytes: [ticks.isEmpty ? 0x06 : 0x16, 70] + intervals)
    }

    func packets(from start: Double, to end: Double, seed: UInt64 = 1) -> [Packet] {
        Self.packets(of: ticks(from: start, to: end, seed: seed), from: start)
    }
}

/// A stream and everything it brought.
struct Recorder {
    var stream: CodeStream
    var packets: [PacketRecord] = []
    /// Beats by sequence number, the newest word on each.
    var beats: [Int: Beat] = [:]
    var newBeats: [Beat] = []
    var readings: [CoherenceReading] = []
    var notices: [String] = []

    init(_ code: Code) { stream = CodeStream(code: code) }

    mutating func take(_ output: CodeStream.Output) {
        if let packet = output.packet { packets.append(packet) }
        for record in output.beats { beats[record.beat.sequence] = record.beat }
        newBeats += output.newBeats
        readings += output.readings
        notices += output.notices
    }

    mutating func begin(_ strap: String = "Polar H10 A1B2C3D4", at t: Double) {
        take(stream.beginLink(strap: strap, at: t))
    }

    mutating func add(_ packet: TestHeart.Packet, silence: String? = nil) {
        let utc = UTC(nanosecondsSince1970: Int64(packet.t * 1e9))
        take(stream.add(packet.bytes, at: packet.t, utc: utc, silence: silence))
    }

    mutating func add(_ packets: [TestHeart.Packet], silence: String? = nil) {
        for packet in packets { add(packet, silence: silence) }
    }

    mutating func finish() { take(stream.finish()) }

    /// The beats as a store gives them back.
    var stored: [Beat] { beats.values.sorted { $0.sequence < $1.sequence } }
}
