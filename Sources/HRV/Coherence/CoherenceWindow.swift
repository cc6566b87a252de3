/// The fixed figures of `open-coherence-1`.
public enum CoherenceWindow {
    /// The length of a window in seconds.
    public static let seconds = 64.0
    /// From the first sample to the last, in seconds.
    static let span = 63.75
    /// How far back beats shape the spline, in seconds.
    static let knotSeconds = 74.0
    /// Between two updates, in seconds.
    public static let interval = 5.0
    /// A beat this much after the time of an update still counts as on it, in seconds.
    static let tolerance = 1e-6
    /// Samples in a window.
    public static let samples = 256
    /// Samples a second.
    public static let rate = 4.0
    /// Between two points of the spectrum, in Hz.
    static let grid = rate / Double(points)
    /// The first and last grid points of 0.04 to 0.26 Hz.
    static let firstPeak = 41
    static let lastPeak = 266
    /// Half the width of the peak's window, in Hz.
    public static let halfWidth = 0.015
    /// Where the whole band begins, in Hz.
    public static let lowest = 0.0033
    /// Where the whole band ends, in Hz.
    public static let highest = 0.4
    /// The band in which the peak is sought, in Hz.
    public static let peakBand = 0.04...0.26
    /// The points of the transform that the samples are padded to.
    public static let points = 4096
    /// The whole power below which there is no variation, in ms^2.
    static let silence = 1e-9
}
