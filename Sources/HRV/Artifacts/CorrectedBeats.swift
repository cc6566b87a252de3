/// Intervals and end times that a correction writes; its storage is used again and again.
struct CorrectedBeats: Sendable {
    /// Corrected intervals in ms.
    private(set) var intervals: [Double] = []
    /// Their end times in seconds.
    private(set) var endTimes: [Double] = []

    var count: Int { intervals.count }

    mutating func append(_ interval: Double, _ endTime: Double) {
        intervals.append(interval)
        endTimes.append(endTime)
    }

    /// Appends beats as they are.
    mutating func append(_ intervals: ArraySlice<Double>, _ endTimes: ArraySlice<Double>) {
        self.intervals += intervals
        self.endTimes += endTimes
    }

    /// Drops the last beat.
    mutating func removeLast() {
        intervals.removeLast()
        endTimes.removeLast()
    }

    /// Empties it and keeps the storage.
    mutating func clear() {
        intervals.removeAll(keepingCapacity: true)
        endTimes.removeAll(keepingCapacity: true)
    }

    mutating func reserve(_ count: Int) {
        intervals.reserveCapacity(count)
        endTimes.reserveCapacity(count)
    }
}
