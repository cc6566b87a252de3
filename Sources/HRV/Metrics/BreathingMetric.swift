/// Breathing as the heart rate shows it, over the longest gap-free stretch.
public enum BreathingMetric: String, MetricName {
    /// Breaths a minute: the highest peak of the spectrum from 0.1 to 0.5 Hz.
    case rate = "rate_per_min"
    /// Highest minus lowest heart rate of a breath, the mean over breaths, beats a minute.
    case swing = "swing_bpm"

    /// From 60 s.
    public var leastSeconds: Double { 60 }
}
