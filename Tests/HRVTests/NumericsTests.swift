import Glibc
import Testing

@testable import HRV

@Suite("Numerics under the metrics")
struct NumericsTests {
    @Test("the bins of the band are those of a plain transform")
    func band() {
        let samples = Series.noise(count: 256, mean: 0, spread: 50)
        var spectrum = BandSpectrum()
        var power = [Double](repeating: 0, count: BandSpectrum.bins)
        spectrum.power(of: samples, into: &power)
        for bin in 0...410 {
            let wanted = Reference.power(samples, bin: bin, size: 4096)
            #expect(abs(power[bin] - wanted) < 1e-9 * (1 + wanted))
        }
    }

    @Test("Welch's density of one piece is that of a plain transform, and of many their mean")
    func welch() {
        let samples = Series.noise(count: 1000, mean: 0, spread: 50)
        let (one, grid) = Welch.density(of: Array(samples[..<400]), rate: 4, seconds: 100)
        #expect(grid == 4.0 / 2048)
        #expect(one.count == 1025)
        var sums = [Double](repeating: 0, count: 1025)
        let starts = [0, 200, 400, 600]
        for start in starts {
            let piece = Array(samples[start..<(start + 400)])
            let mean = piece.reduce(0, +) / 400
            let taper = (0..<400).map { 0.5 - 0.5 * cos(2 * .pi * Double($0) / 400) }
            let ready = zip(piece, taper).map { ($0 - mean) * $1 }
            let energy = taper.reduce(0) { $0 + $1 * $1 }
            for bin in stride(from: 1, to: 1024, by: 37) {
                let density = 2 * Reference.power(ready, bin: bin, size: 2048) / (4 * energy)
                sums[bin] += density / 4
                if start == 0 { #expect(abs(one[bin] - density) < 1e-9 * (1 + density)) }
            }
        }
        let (mean, _) = Welch.density(of: samples, rate: 4, seconds: 100)
        for bin in stride(from: 1, to: 1024, by: 37) {
            // Starts 0, 200, 400 and 600: the mean of four pieces.
            #expect(abs(mean[bin] - sums[bin]) < 1e-9 * (1 + sums[bin]))
        }
    }

    @Test("smoothness priors solve their system", arguments: [3, 4, 5, 9, 60])
    func priors(_ count: Int) {
        let lambda = 7.0
        let samples = Series.noise(count: count)
        var matrix = (0..<count).map { i in (0..<count).map { $0 == i ? 1.0 : 0 } }
        for row in 0..<(count - 2) {
            let second = [(row, 1.0), (row + 1, -2.0), (row + 2, 1.0)]
            for (i, a) in second {
                for (j, b) in second { matrix[i][j] += lambda * lambda * a * b }
            }
        }
        let trend = Reference.solve(matrix, samples)
        var found = samples
        SmoothnessPriors.detrend(&found, lambda: lambda)
        for index in samples.indices { #expect(abs(found[index] - (samples[index] - trend[index])) < 1e-8) }
    }

    @Test("the natural spline goes through its knots, is smooth there and straight at its ends")
    func spline() {
        let times = [0.0, 0.7, 1.9, 2.4, 4.0]
        let values = [3.0, -1, 4, 1, 5]
        var spline = NaturalSpline()
        func at(_ start: Double, _ step: Double) -> [Double] {
            var samples = [0.0, 0, 0]
            spline.sample(times: times, values: values, range: 0..<5, start: start, step: step, into: &samples)
            return samples
        }
        let h = 1e-4
        func bend(_ t: Double) -> Double {
            let s = at(t - h, h)
            return (s[0] - 2 * s[1] + s[2]) / (h * h)
        }
        for (time, value) in zip(times, values) where time > 0 && time < 4 {
            #expect(abs(at(time - h, h)[1] - value) < 1e-9)
            let (before, after) = (at(time - 2 * h, h), at(time, h))
            #expect(abs((before[2] - before[1]) / h - (after[1] - after[0]) / h) < 0.02)
            #expect(abs(bend(time - 2 * h) - bend(time + 2 * h)) < 0.05)
        }
        #expect(abs(bend(2 * h)) < 0.05)
        #expect(abs(bend(4 - 2 * h)) < 0.05)
    }

    @Test("an integral of a straight density is exact, whatever the limits")
    func integral() {
        let density = (0..<100).map { 3 + 2 * Double($0) * 0.1 }
        for (low, high) in [(0.0, 9.9), (0.05, 0.08), (0.33, 5.17), (1, 1), (4, 3)] {
            let found = density.withUnsafeBufferPointer {
                SpectrumIntegral.power(of: $0, grid: 0.1, from: low, to: high)
            }
            let wanted = high > low ? 3 * (high - low) + high * high - low * low : 0
            #expect(abs(found - wanted) < 1e-12)
        }
    }

    @Test(
        "matches are counted as by looking at every pair",
        arguments: [(30, 1.0), (200, 1.0), (200, 17.3), (700, 7.8125)])
    func matches(_ count: Int, _ grain: Double) {
        // Grains make many equal values; the odd ones between are what interpolation leaves.
        var x = Series.noise(count: count).map { ($0 / grain).rounded() * grain }
        for index in stride(from: 3, to: count, by: 7) { x[index] += 0.377 * Double(index % 5) }
        let found = TemplateMatches(x, tolerance: 20)
        for i in 0..<(count - 1) {
            let two = (0..<(count - 1)).count { abs(x[$0] - x[i]) <= 20 && abs(x[$0 + 1] - x[i + 1]) <= 20 }
            #expect(found.two[i] == two)
            guard i < count - 2 else { continue }
            let three = (0..<(count - 2)).count { j in (0...2).allSatisfy { abs(x[j + $0] - x[i + $0]) <= 20 } }
            #expect(found.three[i] == three)
        }
    }
}
