/// The power of the low bins of a 4096-point transform of 256 real samples.
///
/// Bin `16 m + r` is bin `m` of a 256-point transform of the samples turned by `r` parts in 4096. As the samples are real,
/// `r` and `16 - r` share one transform, which leaves `r` from 0 to 8. For `r` 0 and 8 together one transform is enough
/// that has the even samples as its real and the odd ones as its imaginary part. That makes eight, two abreast, and only
/// outputs below bin 417 are formed.
struct BandSpectrum: Sendable {
    /// How many bins are formed.
    static let bins = 417

    /// Transforms that run two abreast: turned by 1 and 2, 3 and 4, 5 and 6; by 7 with the halves.
    private static let turnedPairs = 3
    private var values = [SIMD2<Double>](repeating: .zero, count: 512)
    // The tables are made once and shared.
    private let turns = Self.allTurns
    private let twiddles = Self.allTwiddles
    private let places = Self.allPlaces
    private let halves = Self.allHalves

    private static let allTurns = makeTurns()
    private static let allTwiddles = makeTwiddles()
    /// Where the four parts of outputs `low`, `low + 64` and so on stand before the last pass.
    private static let allPlaces = (0..<64).map { low in (low & 3) * 64 + (low >> 2 & 3) * 16 + (low >> 4) * 4 }
    /// `exp(-2 pi i k / 512)`, by which the odd samples' transform is turned.
    private static let allHalves = (0...52).map { k in
        let angle = -2 * Double.pi * Double(k) / 512
        return SIMD2(Numerics.cosine(angle), Numerics.sine(angle))
    }

    /// Writes `|X[k]|^2` for the first 417 bins of the zero-padded transform.
    ///
    /// - Parameters:
    ///   - samples: 256 values.
    ///   - power: at least 417 places.
    mutating func power(of samples: [Double], into power: inout [Double]) {
        let (turns, twiddles, places, halves) = (turns, twiddles, places, halves)
        samples.withUnsafeBufferPointer { samples in
            values.withUnsafeMutableBufferPointer { values in
                power.withUnsafeMutableBufferPointer { power in
                    twiddles.withUnsafeBufferPointer { twiddles in
                        turns.withUnsafeBufferPointer { turns in
                            let plane = SpectrumPlane(values: values, twiddles: twiddles, places: places)
                            for pair in 0..<Self.turnedPairs {
                                plane.transform(samples, turns, pair: pair)
                                plane.gather(r: 2 * pair + 1, into: power)
                            }
                            plane.transformWithHalves(samples, turns, pair: Self.turnedPairs)
                            plane.gatherFirst(r: 7, into: power)
                            plane.gatherHalves(halves, into: power)
                        }
                    }
                }
            }
        }
    }

    private static func makeTurns() -> [SIMD2<Double>] {
        var table: [SIMD2<Double>] = []
        for pair in 0...turnedPairs {
            for n in 0..<256 {
                let first = -2 * Double.pi * Double(n * (2 * pair + 1)) / 4096
                let second = -2 * Double.pi * Double(n * (2 * pair + 2)) / 4096
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
}
