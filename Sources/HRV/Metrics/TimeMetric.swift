/// Metrics of the time domain (Task Force 1996; Shaffer & Ginsberg 2017), over all segments, differences never across a gap.
public enum TimeMetric: String, MetricName {
    /// Mean interval, ms.
    case meanNN = "mean_nn"
    /// Median interval, ms.
    case medianNN = "median_nn"
    /// Standard deviation of intervals over n-1, ms.
    case sdnn
    /// 60000 / mean interval, beats a minute.
    case meanHR = "mean_hr"
    /// The slowest single interval, beats a minute.
    case minHR = "min_hr"
    /// The fastest single interval, beats a minute.
    case maxHR = "max_hr"
    /// Root mean square of successive differences, ms.
    case rmssd
    /// Natural logarithm of RMSSD in ms.
    case lnRMSSD = "ln_rmssd"
    /// Standard deviation of successive differences over n-1, ms.
    case sdsd
    /// Successive differences over 50 ms.
    case nn50
    /// The same as a share of all differences, %.
    case pnn50
    /// Successive differences over 20 ms.
    case nn20
    /// The same as a share of all differences, %.
    case pnn20
    /// SDNN / mean interval, %.
    case cvnn
    /// Longest minus shortest interval, ms.
    case rangeNN = "range_nn"
    /// Triangular index: intervals over the height of the modal bin, bins of 7.8125 ms.
    case triangularIndex = "hrv_ti"
    /// Base of the triangle that fits the same histogram best, ms.
    case tinn
    /// Square root of Baevsky's stress index, s^-1.
    case stressIndex = "stress_index"
    /// Standard deviation of the means of 5-minute pieces, ms; from 18 h.
    case sdann
    /// Mean of the standard deviations of 5-minute pieces, ms; from 18 h.
    case sdnnIndex = "sdnn_index"

    /// RMSSD and its kin from 60 s, SDNN and its kin from 120 s, what rests on 5-minute pieces from 18 h.
    public var leastSeconds: Double {
        switch self {
        case .meanNN, .medianNN, .meanHR, .minHR, .maxHR, .rangeNN: 0
        case .rmssd, .lnRMSSD, .sdsd, .nn50, .pnn50, .nn20, .pnn20: 60
        case .sdnn, .cvnn, .triangularIndex, .tinn, .stressIndex: 120
        case .sdann, .sdnnIndex: 64_800
        }
    }
}
