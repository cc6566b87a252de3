import HRV
public import HeartRate

extension RRFile {
    /// The intervals as beats of a session.
    ///
    /// The strap's ticks are known of beats.csv of this program only; elsewhere each beat keeps the interval as the file
    /// has it, and `Beat.ticks` is the nearest tick.
    /// - Parameters:
    ///   - begin: where the file's second 0 lies, seconds from the session's start.
    ///   - sequence: the running number of the beat before.
    ///   - segment: the gap-free stretch before; the first beat opens the next one.
    /// - Returns: the beats in order, without packets.
    public func beats(at begin: Double, after sequence: Int = 0, segment: Int = 0) -> [Beat] {
        let series = series
        var beats: [Beat] = []
        beats.reserveCapacity(series.count)
        for (number, range) in series.segments.enumerated() {
            for index in range {
                let milliseconds = series.rr[index]
                let ticks = UInt16(min(65_535, max(1, (milliseconds * 1.024).rounded())))
                let isExact = format == .ownBeats && Measurement.milliseconds(ticks: ticks) == milliseconds
                let opensGap = index == range.lowerBound && (number > 0 || segment > 0)
                beats.append(
                    Beat(
                        sequence: sequence + beats.count + 1, ticks: ticks, end: begin + series.endTimes[index],
                        contact: .unknown, flag: opensGap ? .gapBefore : .ok, segment: segment + number + 1, packet: 0,
                        importedMilliseconds: isExact ? nil : milliseconds))
            }
        }
        return beats
    }
}
