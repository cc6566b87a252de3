/// The ordered values of a range of beats that only moves forward.
struct SlidingWindow: Sendable {
    private var window = SortedWindow()
    private var range = 0..<0

    /// Moves to `next`, whose bounds are not below the present ones, and answers the window.
    ///
    /// The value of a beat must stay the same as long as the range holds it.
    @inline(__always)
    mutating func move(to next: Range<Int>, value: (Int) -> Double) -> SortedWindow {
        if next.upperBound == range.upperBound + 1, next.lowerBound == range.lowerBound + 1, !range.isEmpty {
            window.replace(value(range.lowerBound), with: value(range.upperBound))
        } else {
            for index in range.lowerBound..<min(next.lowerBound, range.upperBound) { window.remove(value(index)) }
            for index in max(range.upperBound, next.lowerBound)..<next.upperBound { window.insert(value(index)) }
        }
        range = next
        return window
    }

    /// Takes on the state of another, in the storage it has.
    mutating func become(_ other: SlidingWindow) {
        window.become(other.window)
        range = other.range
    }
}
