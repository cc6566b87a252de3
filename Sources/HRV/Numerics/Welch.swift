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
        let taper = Self.hann(length)
        let energy = taper.reduce(0) { $0 + $1 * $1 }
        let starts = Array(stride(from: 0, through: samples.count - length, by: max(1, length - length / 2)))
        let pieces = Pieces(samples: samples, taper: taper, starts: starts)
        let density = starts.count > 2 ? pieces.fourAbreast(size: size) : pieces.twoAsHalves(size: size)
        return (Self.scaled(density, 2 / (rate * energy * Double(starts.count))), rate / Double(size))
    }

    private static func scaled(_ powers: [Double], _ scale: Double) -> [Double] {
        var density = powers
        for k in density.indices { density[k] *= k == 0 || k == density.count - 1 ? scale / 2 : scale }
        return density
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

    /// The pieces of a series, each without its mean and tapered, and the sums of their powers.
    private struct Pieces {
        let samples: [Double]
        let taper: [Double]
        let starts: [Int]

        /// Four pieces go through at once: two transforms abreast, each with a piece as real and one as imaginary part.
        func fourAbreast(size: Int) -> [Double] {
            let transform = FourierTransform.of(size: size)
            var powers = [Double](repeating: 0, count: size / 2 + 1)
            var real = [SIMD2<Double>](repeating: .zero, count: size)
            var imaginary = real
            for first in stride(from: 0, to: starts.count, by: 4) {
                load(first, first + 2, into: &real)
                load(first + 1, first + 3, into: &imaginary)
                transform.transform(real: &real, imaginary: &imaginary)
                for k in powers.indices {
                    let a = transform.place(k)
                    let b = transform.place(k == 0 ? 0 : size - k)
                    let power = real[a] * real[a] + imaginary[a] * imaginary[a]
                    let mirrored = real[b] * real[b] + imaginary[b] * imaginary[b]
                    powers[k] += (power + mirrored).sum() / 2
                }
            }
            return powers
        }

        /// One or two pieces as real and imaginary part, their even and odd samples abreast: half the size is enough.
        func twoAsHalves(size: Int) -> [Double] {
            let half = size / 2
            let transform = FourierTransform.of(size: half)
            let whole = FourierTransform.of(size: size)
            var powers = [Double](repeating: 0, count: half + 1)
            var real = [SIMD2<Double>](repeating: .zero, count: half)
            var imaginary = real
            loadHalves(0, into: &real)
            loadHalves(1, into: &imaginary)
            transform.transform(real: &real, imaginary: &imaginary)
            for k in powers.indices {
                let a = transform.place(k & (half - 1))
                let b = transform.place((half - k) & (half - 1))
                let (cosine, sine) = whole.turn(k)
                // The even samples' output, and the odd ones' turned; for the mirrored output they turn the other way.
                let x = real[a].x + real[a].y * cosine - imaginary[a].y * sine
                let y = imaginary[a].x + real[a].y * sine + imaginary[a].y * cosine
                let mirroredX = real[b].x + real[b].y * cosine + imaginary[b].y * sine
                let mirroredY = imaginary[b].x - real[b].y * sine + imaginary[b].y * cosine
                powers[k] = (x * x + y * y + mirroredX * mirroredX + mirroredY * mirroredY) / 2
            }
            return powers
        }

        /// Loads two pieces abreast; zeros stand for a piece that is not there.
        private func load(_ first: Int, _ second: Int, into values: inout [SIMD2<Double>]) {
            for k in values.indices { values[k] = .zero }
            for (lane, number) in [first, second].enumerated() where number < starts.count {
                let start = starts[number]
                let mean = mean(number)
                for k in taper.indices { values[k][lane] = (samples[start + k] - mean) * taper[k] }
            }
        }

        /// Loads the even and the odd samples of one piece abreast; of a piece that is not there, nothing.
        private func loadHalves(_ number: Int, into values: inout [SIMD2<Double>]) {
            guard number < starts.count else { return }
            let start = starts[number]
            let mean = mean(number)
            for k in taper.indices { values[k / 2][k % 2] = (samples[start + k] - mean) * taper[k] }
        }

        private func mean(_ number: Int) -> Double {
            // Four sums side by side, for each addition waits for the one before it.
            var sums = SIMD4<Double>.zero
            let end = starts[number] + taper.count
            var k = starts[number]
            while k + 3 < end {
                sums += SIMD4(samples[k], samples[k + 1], samples[k + 2], samples[k + 3])
                k += 4
            }
            return (sums.sum() + samples[k..<end].reduce(0, +)) / Double(taper.count)
        }
    }
}
