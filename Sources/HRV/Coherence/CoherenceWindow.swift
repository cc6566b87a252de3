/// The fixed figures of `open-coherence-1`.
enum CoherenceWindow {
    /// The length of a window in seconds.
    static let seconds = 64.0
    /// From the first sample to the last, in seconds.
    static let span = 63.75
    /// How far back beats shape the spline, in seconds.
    static let knotSeconds = 74.0
    /// Between two updates, in seconds.
    static let interval = 5.0
    /// A beat this much after the time of an update still counts as on it, in seconds.
    static let tolerance = 1e-6
    /// Samples in a window.
    static let samples = 256
    /// Samples a second.
    static let rate = 4.0
    /// Between two points of the spectrum, in Hz.
    static let grid = 4.0 / 4096
    /// The first and last grid points of 0.04 to 0.26 Hz.
    static let firstPeak = 41
    static let lastPeak = 266
    /// Half the width of the peak's window, in Hz.
    static let halfWidth = 0.015
    /// The whole band, in Hz.
    static let lowest = 0.0033
    static let highest = 0.4
    /// The whole power below which there is no variation, in ms^2.
    static let silence = 1e-9
}
