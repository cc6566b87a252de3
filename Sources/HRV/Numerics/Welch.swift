/// Welch's mean spectrum of an even series.
enum Welch {
    /// The one-sided density up to half the rate, in units squared per Hz.
    ///
    /// Pieces overlap by half; each loses its mean, is tapered by a periodic Hann window and padded with zeros to the next
    /// power of two, at least 2048 points. A series shorter than a piece is one piece.
    /// - Parameters:
    ///   - samples: the series, not empty.
    ///   - rate: samples a second.
    ///   - seconds: the length of a piece.
    /// - Returns: the density on a grid from 0 Hz, and the distance of its points in Hz.
    static func density(
        of samples: [Double], rate: Double, seconds: Double
    ) -> (density: [Double], grid: Double) {
        let length = min(samples.count, Int(seconds * rate))
        var size = 2048
        while size < length { size *= 2 }
        let transform = size == FourierTransform.standard.size ? .standard : FourierTransform(size: size)
        let taper = Self.hann(length)
        let energy = taper.reduce(0) { $0 + $1 * $1 }
        let starts = Array(stride(from: 0, through: samples.count - length, by: max(1, length - length / 2)))
        var density = [Double](repeating: 0, count: size / 2 + 1)
        var real = [SIMD2<Double>](repeating: .zero, count: size)
        var imaginary = real
        let pieces = Pieces(samples: samples, taper: taper, starts: starts)
        // Four real pieces go through at once: two transforms abreast, each with a piece as real and one as imaginary part.
        for first in stride(from: 0, to: starts.count, by: 4) {
            pieces.load(first, first + 2, into: &real)
            pieces.load(first + 1, first + 3, into: &imaginary)
            transform.transform(real: &real, imaginary: &imaginary)
            add(transform, real, imaginary, to: &density)
        }
        let scale = 2 / (rate * energy * Double(starts.count))
        for k in density.indices { density[k] *= k == 0 || k == size / 2 ? scale / 2 : scale }
        return (density, rate / Double(size))
    }

    /// The periodic Hann taper, whose second half mirrors its first.
    private static func hann(_ length: Int) -> [Double] {
        var taper = [Double](repeating: 0, count: length)
        for k in 0...(length / 2) where k < length {
            taper[k] = 0.5 - 0.5 * Numerics.cosine(2 * Double.pi * Double(k) / Double(length))
            if k > 0 { taper[length - k] = taper[k] }
        }
        return taper
    }

    /// Adds the powers of four pieces: of each transform half the sum of outputs `k` and `size - k`.
    private static func add(
        _ transform: FourierTransform, _ real: [SIMD2<Double>], _ imaginary: [SIMD2<Double>], to density: inout [Double]
    ) {
        for k in density.indices {
            let a = transform.place(k)
            let b = transform.place(k == 0 ? 0 : transform.size - k)
            let power = real[a] * real[a] + imaginary[a] * imaginary[a]
            let mirrored = real[b] * real[b] + imaginary[b] * imaginary[b]
            density[k] += (power + mirrored).sum() / 2
        }
    }

    /// The pieces of a series, each without its mean and tapered.
    private struct Pieces {
        let samples: [Double]
        let taper: [Double]
        let starts: [Int]

        /// Loads two pieces abreast; zeros stand for a piece that is not there.
        func load(_ first: Int, _ second: Int, into values: inout [SIMD2<Double>]) {
            for k in values.indices { values[k] = .zero }
            for (lane, number) in [first, second].enumerated() where number < starts.count {
                let start = starts[number]
                let mean = Moments(samples[start..<(start + taper.count)]).mean
                for k in taper.indices { values[k][lane] = (samples[start + k] - mean) * taper[k] }
            }
        }
    }
}
