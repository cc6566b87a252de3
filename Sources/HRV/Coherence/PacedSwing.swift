/// The part of a window that swings at the pacer's rate: its complex demodulate.
public struct PacedSwing: Sendable, Equatable {
    /// The pacer's rate in breaths per second.
    public var pacerHz: Double
    /// `sum x[k] w[k] exp(-2 pi i f k / 4)` over the window's detrended, tapered samples, real part in ms.
    public var real: Double
    /// The imaginary part in ms.
    public var imaginary: Double

    /// A demodulate from its parts.
    public init(pacerHz: Double, real: Double, imaginary: Double) {
        (self.pacerHz, self.real, self.imaginary) = (pacerHz, real, imaginary)
    }

    /// Where in the pacer's cycle the heart stands at the start of the window, -pi to pi.
    public var phase: Double { Numerics.angle(imaginary, real) }
}
