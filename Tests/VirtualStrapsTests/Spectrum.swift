import Glibc

/// The power of a series of intervals at single frequencies, by the plainest means.
struct Spectrum {
    private let samples: [Double]
    private let window: [Double]

    /// Takes intervals of 1/1024 s from `range` seconds of their running sum, interpolated to 4 Hz, mean removed.
    init(ticks: [UInt16], in range: Range<Double>) {
        var ends: [Double] = []
        var sum = 0.0
        for tick in ticks {
            sum += Double(tick) / 1024
            ends.append(sum)
        }
        let values = ticks.map { Double($0) * 1000 / 1024 }
        var samples: [Double] = []
        var beat = 1
        for time in stride(from: range.lowerBound, to: range.upperBound, by: 0.25) {
            while beat < ends.count - 1, ends[beat] < time { beat += 1 }
            let share = (time - ends[beat - 1]) / (ends[beat] - ends[beat - 1])
            samples.append(values[beat - 1] + min(1, max(0, share)) * (values[beat] - values[beat - 1]))
        }
        let mean = samples.reduce(0, +) / Double(samples.count)
        self.samples = samples.map { $0 - mean }
        let count = Double(samples.count)
        window = samples.indices.map { 0.5 - 0.5 * cos(2 * .pi * Double($0) / count) }
    }

    /// Power at a frequency, in arbitrary units.
    func power(at hertz: Double) -> Double {
        var (real, imaginary) = (0.0, 0.0)
        for (index, sample) in samples.enumerated() {
            let angle = 2 * Double.pi * hertz * Double(index) / 4
            real += sample * window[index] * cos(angle)
            imaginary += sample * window[index] * sin(angle)
        }
        return real * real + imaginary * imaginary
    }

    /// Sum of the power from one frequency to another, in steps of 0.002 Hz.
    func power(in range: ClosedRange<Double>) -> Double {
        stride(from: range.lowerBound, through: range.upperBound, by: 0.002).reduce(0) { $0 + power(at: $1) }
    }

    /// The frequency with the most power, to 0.002 Hz.
    func peak(in range: ClosedRange<Double>) -> Double {
        stride(from: range.lowerBound, through: range.upperBound, by: 0.002)
            .max { power(at: $0) < power(at: $1) } ?? 0
    }

    /// The share of the power up to 0.4 Hz that lies within 0.015 Hz of a frequency.
    func share(around hertz: Double) -> Double {
        power(in: (hertz - 0.015)...(hertz + 0.015)) / power(in: 0.0035...0.4)
    }
}
