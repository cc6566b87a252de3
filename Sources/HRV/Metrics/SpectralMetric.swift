/// Metrics of a spectrum (Task Force 1996), over the longest gap-free stretch.
public enum SpectralMetric: String, MetricName {
    /// Power from 0.0033 to 0.04 Hz, ms^2.
    case vlf
    /// Power from 0.04 to 0.15 Hz, ms^2.
    case lf
    /// Power from 0.15 to 0.4 Hz, ms^2.
    case hf
    /// The sum of the three, ms^2.
    case total
    /// Where the low-frequency power is highest, Hz.
    case lfPeak = "lf_peak"
    /// Where the high-frequency power is highest, Hz.
    case hfPeak = "hf_peak"
    /// LF as a share of LF + HF, %.
    case lfNormal = "lf_nu"
    /// HF as a share of LF + HF, %.
    case hfNormal = "hf_nu"
    /// LF / HF.
    case ratio = "lf_hf"

    /// HF from 60 s (Task Force: ten waves of its lowest frequency), LF from 250 s, VLF and what compares bands from 300 s.
    public var leastSeconds: Double {
        switch self {
        case .hf, .hfPeak: 60
        case .lf, .lfPeak: 250
        case .vlf, .total, .lfNormal, .hfNormal, .ratio: 300
        }
    }
}
