import Sound
import Testing

/// Two soft tones of our own.
@Suite struct ToneTests {
    @Test("a tone begins and ends in silence, never gets loud, and swells and fades without a jump")
    func soft() {
        for tone in [Tone.inhale, .exhale] {
            let samples = tone.samples.map { Int($0) }
            #expect(samples.count == Int(tone.seconds * Double(Tone.rate)))
            #expect(samples.first == 0 && abs(samples.last ?? 1) <= 1)
            let loudest = samples.map(abs).max() ?? 0
            #expect(loudest > 3000 && loudest < Int(0.25 * Double(Int16.max)))
            let jump = zip(samples, samples.dropFirst()).map { abs($1 - $0) }.max() ?? .max
            #expect(jump < loudest / 3)
            let tenth = samples.count / 10
            func peak(_ part: ArraySlice<Int>) -> Int { part.map(abs).max() ?? 0 }
            #expect(peak(samples.prefix(tenth)) * 4 < loudest && peak(samples.suffix(tenth)) * 4 < loudest)
        }
    }

    @Test(
        "in sounds higher than out: its wave crosses zero so many times more often", arguments: [Tone.inhale, .exhale])
    func pitch(tone: Tone) {
        let samples = tone.samples
        let crossings = zip(samples, samples.dropFirst()).count { ($0 < 0) != ($1 < 0) }
        let heard = Double(crossings) / 2 / tone.seconds
        #expect(abs(heard - tone.pitch) < 0.03 * tone.pitch, "\(heard) Hz")
        #expect(Tone.inhale.pitch > Tone.exhale.pitch * 1.4)
    }

    @Test("a player reads 16 bits, little endian, and a tone fits into a pipe")
    func bytes() {
        let tone = Tone.inhale
        let bytes = tone.bytes
        #expect(bytes.count == 2 * tone.samples.count && bytes.count <= 65_536)
        let back = stride(from: 0, to: bytes.count, by: 2).map {
            Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
        }
        #expect(back == tone.samples)
    }
}
