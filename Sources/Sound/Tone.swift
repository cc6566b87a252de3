internal import Glibc

/// A soft tone, as samples of our own: a sine and a little of its octave under a raised cosine.
public struct Tone: Sendable, Hashable {
    /// Samples a second.
    public static let rate = 22_050

    /// The lowest partial, Hz.
    public let pitch: Double
    /// How long it sounds, seconds.
    public let seconds: Double
    /// How loud it gets, 0 to 1 of what samples can hold.
    public let loudness: Double

    /// Makes a tone.
    public init(pitch: Double, seconds: Double = 0.6, loudness: Double = 0.2) {
        self.pitch = pitch
        self.seconds = seconds
        self.loudness = loudness
    }

    /// Breathe in: the higher one, e''.
    public static let inhale = Tone(pitch: 659.26)
    /// Breathe out: a fifth below, a'.
    public static let exhale = Tone(pitch: 440)

    /// Signed samples of 16 bits, one channel; the first and the last are silence.
    public var samples: [Int16] {
        let count = Int(seconds * Double(Self.rate))
        guard count > 1 else { return [] }
        let step = 2 * Double.pi * pitch / Double(Self.rate)
        let full = loudness * Double(Int16.max) / 1.2
        return (0..<count).map { index in
            let fade = (1 - cos(2 * Double.pi * Double(index) / Double(count - 1))) / 2
            let wave = sin(step * Double(index)) + 0.2 * sin(2 * step * Double(index))
            return Int16((full * fade * wave).rounded())
        }
    }

    /// The samples as a player reads them: little endian, without a header.
    public var bytes: [UInt8] {
        samples.flatMap { sample in
            let bits = UInt16(bitPattern: sample)
            return [UInt8(bits & 0xFF), UInt8(bits >> 8)]
        }
    }
}
