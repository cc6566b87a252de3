extension Phase {
    /// A number and the shortest phase that can give it.
    private static let lengths: [(name: String, seconds: Double)] = [
        ("RMSSD", 58), ("coherence", 69), ("SDNN", 118), ("LF", 248), ("LF/HF", 298),
    ]

    /// The names of the numbers that a phase of this length can give; empty where none are taken.
    ///
    /// RMSSD from 60 s, coherence from its first window's update at 69 s, SDNN from 120 s, LF from 250 s, LF/HF from
    /// 300 s, each but coherence from 2 s below; an open phase is taken as long enough for all.
    public var possibleNumbers: [String] {
        guard isAnalysed else { return [] }
        return Self.lengths.filter { (seconds ?? .infinity) >= $0.seconds }.map(\.name)
    }
}
