/// A one-sided density on an even grid from 0 Hz, as a picture needs it.
public struct SpectralDensity: Sendable, Equatable {
    /// ms^2 per Hz.
    public let values: [Double]
    /// The distance of two values in Hz.
    public let grid: Double

    /// A density from its parts.
    public init(values: [Double], grid: Double) {
        (self.values, self.grid) = (values, grid)
    }
}
