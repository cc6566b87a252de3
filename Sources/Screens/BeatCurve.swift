internal import Practice

/// A student's last beats as values for a sparkline.
enum BeatCurve {
    /// Heart rate over evenly spaced stretches of time, oldest first, nil where no beats are known.
    ///
    /// The stretches lie on a fixed grid of session time, so that the curve moves on cell by cell and keeps its shape.
    ///
    /// - Parameters:
    ///   - beats: the beats, oldest first.
    ///   - end: the moment the curve ends at, seconds from the session's start.
    ///   - seconds: how much time the curve shows.
    ///   - cells: how many values it has.
    /// - Returns: `cells` heart rates in beats a minute, each the mean over its stretch.
    static func values(_ beats: [Readout.BeatPoint], endingAt end: Double, seconds: Int, cells: Int) -> [Double?] {
        guard cells > 0, end.isFinite else { return [] }
        let step = Double(seconds) / Double(cells)
        let first = (end / step).rounded(.up) - Double(cells)
        var sums = [Double](repeating: 0, count: cells)
        var covered = sums
        for beat in beats {
            let from = (beat.t - beat.rrMilliseconds / 1000) / step
            let to = beat.t / step
            guard from.isFinite, to.isFinite, to > first, from < first + Double(cells), to > from else { continue }
            for cell in Int(max(from - first, 0))...Int(min(to - first, Double(cells - 1))) {
                let start = first + Double(cell)
                let overlap = min(to, start + 1) - max(from, start)
                sums[cell] += overlap * beat.heartRate
                covered[cell] += overlap
            }
        }
        return zip(sums, covered).map { sum, covered in covered > 0.1 ? sum / covered : nil }
    }

    /// The moment a session stands at, judged by its newest beats and by how long lost straps have been silent.
    static func now(of readouts: [Readout]) -> Double {
        readouts.compactMap { readout in
            guard let last = readout.beats.last else { return nil }
            if case .lost(let seconds) = readout.strap { return last.t + Double(seconds) }
            return last.t
        }.max() ?? 0
    }

    /// Where a student's curve ends: at the own last beat, for packets come about once a second, unless it is old.
    static func end(of readout: Readout, now: Double) -> Double {
        guard let last = readout.beats.last, now - last.t < 3 else { return now }
        return last.t
    }

    /// The heart rates at the bottom and top of a curve.
    ///
    /// The single lowest and highest value may stand out (an odd beat), and at least 15 beats a minute are spanned, so
    /// that a calm curve looks calm.
    static func range(of values: [Double?]) -> ClosedRange<Double> {
        var sorted = values.compactMap(\.self).sorted()
        if sorted.count >= 10 { sorted = Array(sorted.dropFirst().dropLast()) }
        guard let least = sorted.first, let greatest = sorted.last else { return 0...1 }
        let half = max(greatest - least, 15) / 2
        let middle = (least + greatest) / 2
        return middle - half...middle + half
    }
}
