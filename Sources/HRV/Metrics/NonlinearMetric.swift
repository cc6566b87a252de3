/// Nonlinear metrics, over the longest gap-free stretch.
public enum NonlinearMetric: String, MetricName {
    /// Width of the Poincare plot, SDSD / sqrt 2, ms.
    case sd1
    /// Length of the Poincare plot, sqrt(2 SDNN^2 - SDSD^2 / 2), ms.
    case sd2
    /// SD2 / SD1.
    case ratio = "sd2_sd1"
    /// Area of the ellipse, pi SD1 SD2, ms^2.
    case area
    /// Sample entropy, m = 2, r = 0.2 SD over n-1 (Richman & Moorman 2000).
    case sampleEntropy = "sampen"
    /// Approximate entropy, m = 2, r = 0.2 SD over n-1 (Pincus 1991).
    case approximateEntropy = "apen"
    /// Short-term exponent of detrended fluctuations, boxes of 4 to 16 beats (Peng 1995).
    case alpha1 = "dfa_a1"
    /// Long-term exponent, boxes of 16 to 64 beats.
    case alpha2 = "dfa_a2"

    /// SD1 like RMSSD from 60 s, alpha2 from 300 s, all else like SDNN from 120 s.
    public var leastSeconds: Double {
        switch self {
        case .sd1: 60
        case .sd2, .ratio, .area, .sampleEntropy, .approximateEntropy, .alpha1: 120
        case .alpha2: 300
        }
    }
}
