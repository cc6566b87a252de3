/// Why a file was read as it was.
struct RRGrounds: Sendable, Hashable {
    /// The median of its numbers, in their own unit.
    var median = 0.0
    /// How far the times stand from the running sum of the intervals, ms on the mean.
    var timeError: Double?
    /// The unit of the time column, ms; 1 or 1000.
    var timeScale = 1.0
    /// How fast the running sum falls behind times of arrival, as a share of the time.
    var drift = 0.0
    /// The times do not belong to the intervals.
    var timesIgnored = false
    /// The first time was taken for the end of an interval that began at 0.
    var countsFromZero = false
    /// Rows of other things than beats.
    var otherRows: [Kind] = []
    /// How many rows had something in them.
    var rows = 0

    /// So many rows of a kind.
    struct Kind: Sendable, Hashable {
        let name: String
        let count: Int
    }
}
