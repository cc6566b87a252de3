import HRV
import HeartRate
import Practice

/// The corrected intervals of a code beside the raw ones they came from, by the labels that stand in beats.csv.
struct CleanIntervals {
    /// What became of one raw interval.
    struct Part: Sendable {
        /// How many corrected intervals stand for it: 0 where it is joined with the next, 2 where a beat was missed.
        let count: Int
        /// Their sum, ms.
        let milliseconds: Double
    }

    /// By the sequence number of the beat.
    let bySequence: [Int: Part]

    init(_ replay: CodeReplay) {
        let corrected = ArtifactCorrection.correct(replay.series, labels: replay.labels).rr
        var next = corrected.startIndex
        var parts: [Int: Part] = [:]
        for segment in replay.series.segments {
            var isJoined = false
            for index in segment where replay.beats.indices.contains(index) {
                let isLast = index + 1 == segment.upperBound
                let count: Int
                switch replay.labels[index] {
                case .missed where !isJoined: count = 2
                case .extra where !isLast: count = 0
                default: count = 1
                }
                isJoined = count == 0
                let end = min(next + count, corrected.endIndex)
                parts[replay.beats[index].sequence] = Part(
                    count: count, milliseconds: corrected[next..<end].reduce(0, +))
                next = end
            }
        }
        bySequence = parts
    }
}
