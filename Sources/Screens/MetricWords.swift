/// What each metric is, in a few words for people.
enum MetricWords {
    /// Metrics that are whole numbers.
    static let counts: Set = ["nn50", "nn20"]

    /// What a metric is, in a few words; empty for a name that is no metric's.
    static func meaning(_ name: String) -> String { meanings[name] ?? "" }

    private static let meanings: [String: String] = [
        "mean_nn": "mean interval", "median_nn": "median interval", "sdnn": "standard deviation of intervals",
        "mean_hr": "mean heart rate", "min_hr": "slowest single beat", "max_hr": "fastest single beat",
        "rmssd": "root mean square of differences", "ln_rmssd": "natural logarithm of RMSSD",
        "sdsd": "standard deviation of differences", "nn50": "differences over 50 ms",
        "pnn50": "share of differences over 50 ms", "nn20": "differences over 20 ms",
        "pnn20": "share of differences over 20 ms", "cvnn": "SDNN over the mean", "range_nn": "longest minus shortest",
        "hrv_ti": "triangular index", "tinn": "base of the triangle", "stress_index": "Baevsky, square root",
        "sdann": "SD of 5-minute means", "sdnn_index": "mean of 5-minute SDs",
        "vlf": "0.0033 to 0.04 Hz", "lf": "0.04 to 0.15 Hz", "hf": "0.15 to 0.4 Hz", "total": "the three together",
        "lf_peak": "highest point of LF", "hf_peak": "highest point of HF", "lf_nu": "LF in LF + HF",
        "hf_nu": "HF in LF + HF", "lf_hf": "LF over HF",
        "sd1": "width of the Poincare plot", "sd2": "length of the Poincare plot", "sd2_sd1": "length over width",
        "area": "area of its ellipse", "sampen": "sample entropy", "apen": "approximate entropy",
        "dfa_a1": "short-term exponent, 4 to 16 beats", "dfa_a2": "long-term exponent, 16 to 64 beats",
        "rate_per_min": "breaths a minute", "swing_bpm": "highest minus lowest rate of a breath",
    ]
}
