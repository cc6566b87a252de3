/// RR intervals on a time line, in gap-free segments.
public struct BeatSeries: Sendable, Equatable {
    /// The intervals in ms, in beat order.
    public private(set) var rr: [Double]
    /// When each interval ended, in seconds; rising within a segment.
    public private(set) var endTimes: [Double]
    /// The gap-free segments, in order; together they hold every interval.
    public private(set) var segments: [Range<Int>]

    /// The longest interval there is, in ms: what 16 bits of 1/1024 s can hold; longer ones are gaps.
    public static let longestInterval = 64_000.0

    /// Intervals in one piece, the first of which began at 0 s.
    ///
    /// What is no interval (not finite, not positive or over 64 s) is left out and a new segment begins there.
    public init(rr: [Double]) {
        self.init(rr: rr, gapsBefore: [:])
    }

    /// Intervals with gaps of known length.
    ///
    /// - Parameters:
    ///   - rr: intervals in ms. What is no interval is left out and begins a new segment.
    ///   - gapsBefore: for the index of an interval, the seconds that were lost before it began.
    public init(rr: [Double], gapsBefore: [Int: Double]) {
        var time = 0.0
        var endTimes: [Double] = []
        endTimes.reserveCapacity(rr.count)
        for (index, interval) in rr.enumerated() {
            time += gapsBefore[index] ?? 0
            if Self.isInterval(interval, endsAt: time) { time += interval / 1000 }
            endTimes.append(time)
        }
        self.init(rr: rr, endTimes: endTimes, segmentStarts: Array(gapsBefore.keys))
    }

    /// Intervals with their own end times.
    ///
    /// What is no interval is left out and a new segment begins there. A segment also begins where an end time does not
    /// come after the one before, or comes more than 64 s after it.
    /// - Parameters:
    ///   - rr: intervals in ms.
    ///   - endTimes: the end of each interval in seconds; as many as `rr`, what is beyond the shorter is left out.
    ///   - segmentStarts: indices before which beats were lost; the first interval always starts a segment.
    public init(rr: [Double], endTimes: [Double], segmentStarts: [Int] = []) {
        let starts = Set(segmentStarts)
        self.rr = []
        self.endTimes = []
        segments = []
        self.rr.reserveCapacity(rr.count)
        self.endTimes.reserveCapacity(rr.count)
        var start = 0
        for (index, (interval, end)) in zip(rr, endTimes).enumerated() {
            if starts.contains(index) { start = closeSegment(from: start) }
            guard Self.isInterval(interval, endsAt: end) else {
                start = closeSegment(from: start)
                continue
            }
            if let last = self.endTimes.last, !Self.follows(end, last) { start = closeSegment(from: start) }
            self.rr.append(interval)
            self.endTimes.append(end)
        }
        _ = closeSegment(from: start)
    }

    /// Whether a number of ms is an RR interval, and its end a time (seconds) that updates can be counted from.
    static func isInterval(_ milliseconds: Double, endsAt time: Double) -> Bool {
        milliseconds > 0 && milliseconds <= longestInterval && abs(time) < 1e12
    }

    /// Whether a beat at `time` can stand in one segment with the one before it.
    static func follows(_ time: Double, _ previous: Double) -> Bool {
        time > previous && time - previous <= longestInterval / 1000 + 1
    }

    /// Parts that are known to be sound.
    init(sound rr: [Double], endTimes: [Double], segments: [Range<Int>]) {
        self.rr = rr
        self.endTimes = endTimes
        self.segments = segments
    }

    /// How many intervals there are.
    public var count: Int { rr.count }

    /// The sum of all intervals in seconds.
    public var duration: Double { rr.reduce(0, +) / 1000 }

    /// The sum of a segment's intervals in seconds.
    func duration(of segment: Range<Int>) -> Double { rr[segment].reduce(0, +) / 1000 }

    /// The gap-free stretch of the greatest duration, the first of equals; empty when there are no intervals.
    var longestSegment: Range<Int> {
        var best = 0..<0
        var longest = 0.0
        for segment in segments {
            let length = duration(of: segment)
            if length > longest { (best, longest) = (segment, length) }
        }
        return best
    }

    /// The intervals that began and ended between two times (seconds, with a microsecond to spare).
    func within(_ window: ClosedRange<Double>) -> BeatSeries {
        var part = BeatSeries(sound: [], endTimes: [], segments: [])
        for candidates in endings(in: window) {
            let start = part.rr.count
            for index in candidates where isInside(index, window) {
                part.rr.append(rr[index])
                part.endTimes.append(endTimes[index])
            }
            _ = part.closeSegment(from: start)
        }
        return part
    }

    /// For every segment the intervals that end between two times (seconds, with a microsecond to spare).
    func endings(in window: ClosedRange<Double>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for segment in segments {
            guard endTimes[segment.upperBound - 1] >= window.lowerBound - 1e-6,
                endTimes[segment.lowerBound] <= window.upperBound + 1e-6
            else { continue }
            let first = place(of: segment) { $0 < window.lowerBound - 1e-6 }
            let end = place(of: segment) { $0 <= window.upperBound + 1e-6 }
            if first < end { found.append(first..<end) }
        }
        return found
    }

    /// The first place of a segment whose end time does not meet a condition that all before it meet.
    private func place(of segment: Range<Int>, while isBefore: (Double) -> Bool) -> Int {
        var (low, high) = (segment.lowerBound, segment.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(endTimes[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether every segment begins after the one before it ended.
    var isOrdered: Bool {
        zip(segments, segments.dropFirst()).allSatisfy { endTimes[$0.upperBound - 1] <= endTimes[$1.lowerBound] }
    }

    /// Whether an interval began and ended between two times (seconds, with a microsecond to spare).
    func isInside(_ index: Int, _ window: ClosedRange<Double>) -> Bool {
        endTimes[index] <= window.upperBound + 1e-6
            && endTimes[index] - rr[index] / 1000 >= window.lowerBound - 1e-6
    }

    /// One segment as a series of its own.
    func stretch(_ segment: Range<Int>) -> BeatSeries {
        guard segment.count < count else { return self }
        return BeatSeries(
            sound: Array(rr[segment]), endTimes: Array(endTimes[segment]),
            segments: segment.isEmpty ? [] : [0..<segment.count]
        )
    }

    private mutating func closeSegment(from start: Int) -> Int {
        if rr.count > start { segments.append(start..<rr.count) }
        return rr.count
    }
}
