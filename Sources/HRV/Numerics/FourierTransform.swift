/// A complex transform of a power of two points, in place, two abreast; radix 2, decimation in frequency.
struct FourierTransform: Sendable {
    /// The number of points.
    let size: Int
    private let cosines: [Double]
    private let sines: [Double]
    private let order: [Int]

    /// The sizes that Welch's spectrum of 300 s at 4 Hz needs, their tables made once.
    private static let standard = FourierTransform(size: 2048)
    private static let half = FourierTransform(size: 1024)

    /// A transform of `size` points, a power of two.
    static func of(size: Int) -> FourierTransform {
        size == standard.size ? standard : size == half.size ? half : FourierTransform(size: size)
    }

    private init(size: Int) {
        self.size = size
        cosines = (0..<(size / 2)).map { Numerics.cosine(2 * Double.pi * Double($0) / Double(size)) }
        sines = (0..<(size / 2)).map { -Numerics.sine(2 * Double.pi * Double($0) / Double(size)) }
        let bits = size.trailingZeroBitCount
        order = (0..<size).map { index in
            (0..<bits).reduce(0) { $0 << 1 | (index >> $1 & 1) }
        }
    }

    /// Transforms `real + i imaginary` (each of `size` pairs of values); output `k` then stands at `place(k)`.
    func transform(real: inout [SIMD2<Double>], imaginary: inout [SIMD2<Double>]) {
        real.withUnsafeMutableBufferPointer { x in
            imaginary.withUnsafeMutableBufferPointer { y in
                cosines.withUnsafeBufferPointer { cosines in
                    sines.withUnsafeBufferPointer { sines in
                        var half = size / 2
                        while half > 0 {
                            Self.pass(x, y, cosines, sines, half: half, stride: size / (2 * half))
                            half /= 2
                        }
                    }
                }
            }
        }
    }

    /// Where output `k` stands after the transform.
    func place(_ k: Int) -> Int { order[k] }

    /// `exp(-2 pi i k / size)` for `k` from 0 to half the size.
    func turn(_ k: Int) -> (cosine: Double, sine: Double) {
        k < cosines.count ? (cosines[k], sines[k]) : (-1, 0)
    }

    private static func pass(
        _ x: UnsafeMutableBufferPointer<SIMD2<Double>>, _ y: UnsafeMutableBufferPointer<SIMD2<Double>>,
        _ cosines: UnsafeBufferPointer<Double>, _ sines: UnsafeBufferPointer<Double>, half: Int, stride step: Int
    ) {
        for block in stride(from: 0, to: x.count, by: 2 * half) {
            for j in 0..<half {
                let a = block + j
                let b = a + half
                let (dx, dy) = (x[a] - x[b], y[a] - y[b])
                x[a] += x[b]
                y[a] += y[b]
                let (c, s) = (cosines[j * step], sines[j * step])
                x[b] = dx * c - dy * s
                y[b] = dx * s + dy * c
            }
        }
    }
}
