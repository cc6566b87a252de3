/// The power of the low bins of a 4096-point transform of 256 real samples.
///
/// Bin `16 m + r` is bin `m` of a 256-point transform of the samples turned by `r` parts in 4096. As the samples are real,
/// `r` and `16 - r` share one transform, so nine are enough; they run two abreast. Only outputs below bin 416 are formed.
struct BandSpectrum: Sendable {
    /// How many bins are formed.
    static let bins = 417

    private static let pairs = 5
    private var real = [SIMD2<Double>](repeating: .zero, count: 256)
    private var imaginary = [SIMD2<Double>](repeating: .zero, count: 256)
    // The tables are made once and shared.
    private let turns = Self.allTurns
    private let twiddles = Self.allTwiddles
    private let places = Self.allPlaces

    private static let allTurns = makeTurns()
    private static let allTwiddles = makeTwiddles()
    /// Where the four parts of outputs `low`, `low + 64` and so on stand before the last pass.
    private static let allPlaces = (0..<64).map { low in (low & 3) * 64 + (low >> 2 & 3) * 16 + (low >> 4) * 4 }

    /// Writes `|X[k]|^2` for the first 417 bins of the zero-padded transform.
    ///
    /// - Parameters:
    ///   - samples: 256 values.
    ///   - power: at least 417 places.
    mutating func power(of samples: [Double], into power: inout [Double]) {
        let (turns, twiddles, places) = (turns, twiddles, places)
        real.withUnsafeMutableBufferPointer { real in
            imaginary.withUnsafeMutableBufferPointer { imaginary in
                twiddles.withUnsafeBufferPointer { twiddles in
                    let z = Plane(real: real, imaginary: imaginary, twiddles: twiddles)
                    for pair in 0..<Self.pairs {
                        z.load(samples, turns, from: pair * 512)
                        z.pass(size: 256, first: 0)
                        z.pass(size: 64, first: 384)
                        z.pass(size: 16, first: 480)
                        Self.gather(z, r: 2 * pair, places: places, into: &power)
                    }
                }
            }
        }
    }

    /// Writes the powers of two abreast transforms, turned by `r` and `r + 1`, to their bins and to those of `16 - r`.
    private static func gather(_ z: Plane, r: Int, places: [Int], into power: inout [Double]) {
        for low in 0..<26 {
            let value = z.sum(places[low])
            power[16 * low + r] = value.x
            if r < 8 { power[16 * low + r + 1] = value.y }
        }
        guard r < 8 else { return }
        for low in 38..<64 {
            let value = z.turnedSum(places[low])
            let base = 16 * (64 - low)
            if r > 0 { power[base - r] = value.x }
            power[base - r - 1] = value.y
        }
    }

    private static func makeTurns() -> [SIMD2<Double>] {
        var table: [SIMD2<Double>] = []
        for pair in 0..<pairs {
            for n in 0..<256 {
                let first = -2 * Double.pi * Double(n * 2 * pair) / 4096
                let second = -2 * Double.pi * Double(n * (2 * pair + 1)) / 4096
                table.append(SIMD2(Numerics.cosine(first), Numerics.cosine(second)))
                table.append(SIMD2(Numerics.sine(first), Numerics.sine(second)))
            }
        }
        return table
    }

    private static func makeTwiddles() -> [SIMD2<Double>] {
        var table: [SIMD2<Double>] = []
        for size in [256, 64, 16] {
            for j in 0..<(size / 4) {
                for power in 1...3 {
                    let angle = -2 * Double.pi * Double(j * power) / Double(size)
                    table.append(SIMD2(repeating: Numerics.cosine(angle)))
                    table.append(SIMD2(repeating: Numerics.sine(angle)))
                }
            }
        }
        return table
    }

    /// 256 complex values, two transforms abreast, in storage owned by the caller.
    private struct Plane {
        let real: UnsafeMutableBufferPointer<SIMD2<Double>>
        let imaginary: UnsafeMutableBufferPointer<SIMD2<Double>>
        let twiddles: UnsafeBufferPointer<SIMD2<Double>>

        @inline(__always)
        func load(_ samples: [Double], _ turns: [SIMD2<Double>], from first: Int) {
            for n in 0..<256 {
                real[n] = samples[n] * turns[first + 2 * n]
                imaginary[n] = samples[n] * turns[first + 2 * n + 1]
            }
        }

        /// One pass of radix 4, decimation in frequency, over blocks of `size`; `first` is where its factors begin.
        @inline(__always)
        func pass(size: Int, first: Int) {
            let quarter = size / 4
            for block in stride(from: 0, to: 256, by: size) {
                for j in 0..<quarter {
                    let a = block + j
                    let b = a + quarter
                    let c = b + quarter
                    let d = c + quarter
                    let evenReal = real[a] + real[c]
                    let evenImaginary = imaginary[a] + imaginary[c]
                    let oddReal = real[a] - real[c]
                    let oddImaginary = imaginary[a] - imaginary[c]
                    let sumReal = real[b] + real[d]
                    let sumImaginary = imaginary[b] + imaginary[d]
                    let turnedReal = imaginary[b] - imaginary[d]
                    let turnedImaginary = real[d] - real[b]
                    let w = first + 6 * j
                    real[a] = evenReal + sumReal
                    imaginary[a] = evenImaginary + sumImaginary
                    store(oddReal + turnedReal, oddImaginary + turnedImaginary, at: b, factor: w)
                    store(evenReal - sumReal, evenImaginary - sumImaginary, at: c, factor: w + 2)
                    store(oddReal - turnedReal, oddImaginary - turnedImaginary, at: d, factor: w + 4)
                }
            }
        }

        @inline(__always)
        private func store(_ x: SIMD2<Double>, _ y: SIMD2<Double>, at place: Int, factor: Int) {
            let c = twiddles[factor]
            let s = twiddles[factor + 1]
            real[place] = x * c - y * s
            imaginary[place] = x * s + y * c
        }

        /// The power of output `low`.
        @inline(__always)
        func sum(_ p: Int) -> SIMD2<Double> {
            let x = real[p] + real[p + 1] + (real[p + 2] + real[p + 3])
            let y = imaginary[p] + imaginary[p + 1] + (imaginary[p + 2] + imaginary[p + 3])
            return x * x + y * y
        }

        /// The power of output `low + 192`.
        @inline(__always)
        func turnedSum(_ p: Int) -> SIMD2<Double> {
            let x = real[p] - real[p + 2] - (imaginary[p + 1] - imaginary[p + 3])
            let y = imaginary[p] - imaginary[p + 2] + (real[p + 1] - real[p + 3])
            return x * x + y * y
        }
    }
}
