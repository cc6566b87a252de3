/// 256 complex values, two transforms abreast, in storage owned by the caller.
struct SpectrumPlane {
    /// A complex value of both transforms.
    typealias Pair = (x: SIMD2<Double>, y: SIMD2<Double>)

    /// Real and imaginary parts by turns, so that neither stands in the way of the other in the cache.
    let values: UnsafeMutableBufferPointer<SIMD2<Double>>
    let twiddles: UnsafeBufferPointer<SIMD2<Double>>
    let places: [Int]

    /// The first two passes over the samples, turned as the pair's table says.
    @inline(__always)
    func transform(_ samples: UnsafeBufferPointer<Double>, _ turns: UnsafeBufferPointer<SIMD2<Double>>, pair: Int) {
        let table = UnsafeBufferPointer(rebasing: turns[(pair * 512)..<(pair * 512 + 512)])
        @inline(__always) func value(_ n: Int) -> Pair { (samples[n] * table[2 * n], samples[n] * table[2 * n + 1]) }
        for j in 0..<64 {
            butterfly(
                value(j), value(j + 64), value(j + 128), value(j + 192), to: (j, j + 64, j + 128, j + 192),
                factor: 6 * j)
        }
        pass(size: 64, first: 384)
    }

    /// All passes but the last over the samples, turned as the pair's table says.
    ///
    /// But the second of the two has the even samples as its real and the odd ones as its imaginary part.
    @inline(__always)
    func transformWithHalves(
        _ samples: UnsafeBufferPointer<Double>, _ turns: UnsafeBufferPointer<SIMD2<Double>>, pair: Int
    ) {
        let table = UnsafeBufferPointer(rebasing: turns[(pair * 512)..<(pair * 512 + 512)])
        @inline(__always) func value(_ n: Int) -> Pair {
            (
                SIMD2(samples[n] * table[2 * n].x, samples[2 * n]),
                SIMD2(samples[n] * table[2 * n + 1].x, samples[2 * n + 1])
            )
        }
        /// Half of the points lie beyond the samples.
        @inline(__always) func late(_ n: Int) -> Pair {
            (SIMD2(samples[n] * table[2 * n].x, 0), SIMD2(samples[n] * table[2 * n + 1].x, 0))
        }
        for j in 0..<64 {
            butterfly(
                value(j), value(j + 64), late(j + 128), late(j + 192), to: (j, j + 64, j + 128, j + 192), factor: 6 * j)
        }
        pass(size: 64, first: 384)
        pass(size: 16, first: 480)
    }

    /// A pass of radix 4, decimation in frequency, over blocks of so many points.
    @inline(__always)
    private func pass(size: Int, first: Int) {
        let quarter = size / 4
        for block in stride(from: 0, to: 256, by: size) {
            for j in 0..<quarter {
                let a = block + j
                let (b, c, d) = (a + quarter, a + 2 * quarter, a + 3 * quarter)
                butterfly(at(a), at(b), at(c), at(d), to: (a, b, c, d), factor: first + 6 * j)
            }
        }
    }

    @inline(__always)
    private func at(_ place: Int) -> Pair { (values[2 * place], values[2 * place + 1]) }

    @inline(__always)
    private func butterfly(_ a: Pair, _ b: Pair, _ c: Pair, _ d: Pair, to places: (Int, Int, Int, Int), factor w: Int) {
        let even: Pair = (a.x + c.x, a.y + c.y)
        let odd: Pair = (a.x - c.x, a.y - c.y)
        let sum: Pair = (b.x + d.x, b.y + d.y)
        let turned: Pair = (b.y - d.y, d.x - b.x)
        values[2 * places.0] = even.x + sum.x
        values[2 * places.0 + 1] = even.y + sum.y
        store((odd.x + turned.x, odd.y + turned.y), at: places.1, factor: w)
        store((even.x - sum.x, even.y - sum.y), at: places.2, factor: w + 2)
        store((odd.x - turned.x, odd.y - turned.y), at: places.3, factor: w + 4)
    }

    @inline(__always)
    private func store(_ value: Pair, at place: Int, factor: Int) {
        let c = twiddles[factor]
        let s = twiddles[factor + 1]
        values[2 * place] = value.x * c - value.y * s
        values[2 * place + 1] = value.x * s + value.y * c
    }

    // MARK: - Outputs

    /// Output `low`.
    @inline(__always)
    private func output(_ low: Int) -> Pair {
        let p = places[low]
        let (a, b, c, d) = (at(p), at(p + 1), at(p + 2), at(p + 3))
        return (a.x + b.x + (c.x + d.x), a.y + b.y + (c.y + d.y))
    }

    /// Output `low + 192`.
    @inline(__always)
    private func lateOutput(_ low: Int) -> Pair {
        let p = places[low]
        let (a, b, c, d) = (at(p), at(p + 1), at(p + 2), at(p + 3))
        return (a.x - c.x - (b.y - d.y), a.y - c.y + (b.x - d.x))
    }

    /// Writes the powers of the first of two transforms, turned by `r`, to its bins and to those of `16 - r`.
    @inline(__always)
    func gatherFirst(r: Int, into power: UnsafeMutableBufferPointer<Double>) {
        for low in 0..<26 {
            let value = output(low)
            power[16 * low + r] = (value.x * value.x + value.y * value.y).x
        }
        for low in 38..<64 {
            let value = lateOutput(low)
            power[16 * (64 - low) - r] = (value.x * value.x + value.y * value.y).x
        }
    }

    /// Finishes two transforms, turned by `r` and `r + 1`, and writes their powers.
    ///
    /// After two passes each block of 16 points holds the outputs of one remainder modulo 16. Of these sixteen only
    /// numbers 0, 1, 14 and 15 are low enough; they are formed from the block at once.
    @inline(__always)
    func gather(r: Int, into power: UnsafeMutableBufferPointer<Double>) {
        for rest in 0..<16 {
            let block = (rest & 3) * 64 + (rest >> 2) * 16
            let (zeroth, first, fourteenth, fifteenth) = ends(of: block)
            put(zeroth, 16 * rest + r, 1, power)
            if rest < 10 { put(first, 256 + 16 * rest + r, 1, power) }
            if rest > 5 { put(fourteenth, 512 - 16 * rest - r, -1, power) }
            put(fifteenth, 256 - 16 * rest - r, -1, power)
        }
    }

    /// Writes the powers of one output of both transforms to neighbouring bins.
    @inline(__always)
    private func put(_ value: Pair, _ bin: Int, _ next: Int, _ power: UnsafeMutableBufferPointer<Double>) {
        let both = value.x * value.x + value.y * value.y
        power[bin] = both.x
        power[bin + next] = both.y
    }

    /// Outputs 0, 1, 14 and 15 of the transform of the 16 points from `first` on.
    @inline(__always)
    private func ends(of first: Int) -> (Pair, Pair, Pair, Pair) {
        @inline(__always) func sum(_ n: Int) -> Pair { plus(at(first + n), at(first + n + 8)) }
        @inline(__always) func difference(_ n: Int) -> Pair { minus(at(first + n), at(first + n + 8)) }
        // Odd outputs: the cosine and the sine part of the differences.
        let (d1, d2, d3) = (difference(1), difference(2), difference(3))
        let (d5, d6, d7) = (difference(5), difference(6), difference(7))
        let (d0, d4) = (difference(0), difference(4))
        let cosine = plus(
            plus(d0, times(Self.cosine1, minus(d1, d7))),
            plus(times(Self.cosine2, minus(d2, d6)), times(Self.cosine3, minus(d3, d5))))
        let sine = plus(
            plus(d4, times(Self.cosine3, plus(d1, d7))),
            plus(times(Self.cosine2, plus(d2, d6)), times(Self.cosine1, plus(d3, d5))))
        // Even outputs.
        let (s0, s1, s2, s3) = (sum(0), sum(1), sum(2), sum(3))
        let (s4, s5, s6, s7) = (sum(4), sum(5), sum(6), sum(7))
        let zeroth = plus(plus(plus(s0, s4), plus(s1, s5)), plus(plus(s2, s6), plus(s3, s7)))
        let (t0, t1, t2, t3) = (minus(s0, s4), minus(s1, s5), minus(s2, s6), minus(s3, s7))
        let (across, along) = (times(Self.cosine2, minus(t1, t3)), times(Self.cosine2, plus(t1, t3)))
        let fourteenth: Pair = (t0.x - t2.y + across.x - along.y, t0.y + t2.x + across.y + along.x)
        return (
            zeroth, (cosine.x + sine.y, cosine.y - sine.x), fourteenth, (cosine.x - sine.y, cosine.y + sine.x)
        )
    }

    /// Cosines of one, two and three sixteenths of a turn.
    private static let cosine1 = 0.923_879_532_511_286_756_128
    private static let cosine2 = 0.707_106_781_186_547_524_401
    private static let cosine3 = 0.382_683_432_365_089_771_728

    @inline(__always)
    private func plus(_ a: Pair, _ b: Pair) -> Pair { (a.x + b.x, a.y + b.y) }

    @inline(__always)
    private func minus(_ a: Pair, _ b: Pair) -> Pair { (a.x - b.x, a.y - b.y) }

    @inline(__always)
    private func times(_ factor: Double, _ a: Pair) -> Pair { (factor * a.x, factor * a.y) }

    /// Writes the powers of every eighth bin: even and odd samples taken apart and put together again.
    @inline(__always)
    func gatherHalves(_ halves: [SIMD2<Double>], into power: UnsafeMutableBufferPointer<Double>) {
        for k in 0...52 {
            let value = output(k)
            let mirror = k == 0 ? value : lateOutput(64 - k)
            let (x, y, mx, my) = (value.x.y, value.y.y, mirror.x.y, mirror.y.y)
            let (evenX, evenY) = ((x + mx) / 2, (y - my) / 2)
            let (oddX, oddY) = ((y + my) / 2, (mx - x) / 2)
            let turn = halves[k]
            let sumX = evenX + oddX * turn.x - oddY * turn.y
            let sumY = evenY + oddX * turn.y + oddY * turn.x
            power[8 * k] = sumX * sumX + sumY * sumY
        }
    }
}
