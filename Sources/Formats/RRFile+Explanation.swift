extension RRFile {
    /// What must be said even to those who do not ask: everything left out, and every gap.
    public var remarks: [String] {
        var remarks: [String] = []
        if let header, columns == nil { remarks.append("heading '\(header)' passed over") }
        if !grounds.otherRows.isEmpty {
            let kinds = grounds.otherRows.map { "\($0.count) of \($0.name)" }.joined(separator: ", ")
            remarks.append("passed over rows that are no beats: \(kinds)")
        }
        if grounds.timesIgnored {
            remarks.append("the times do not follow the intervals; they were not used, so gaps cannot be seen")
        }
        if abs(grounds.drift) >= 0.02 {
            let share = Self.decimal(abs(grounds.drift) * 100, places: 1)
            let direction = grounds.drift > 0 ? "less" : "more"
            remarks.append(
                "the intervals add up to \(share) % \(direction) than the clock says, in a straight line: their unit may be "
                    + "1/1024 s; nothing was converted")
        }
        return remarks + leftOut.map(\.description)
    }

    /// How it was read and why, a line a decision, without the remarks.
    public var explanation: [String] {
        var lines = ["read as \(unit == .seconds ? "seconds" : "milliseconds")"]
        if let unitGround { lines.append(unitGround) }
        var what = "format: \(format.name)"
        if let columns { what += "; \(columns)" }
        if let code { what += "; code \(code)" }
        lines.append(what)
        lines.append("text: \(encoding.rawValue)\(commentLines > 0 ? ", comment lines: \(commentLines)" : "")")
        lines.append("time: \(timeSentence)")
        lines.append("\(intervals.count) intervals from \(grounds.rows) rows, gaps: \(gaps.count)")
        for gap in gaps.prefix(RRLeftOut.listed) {
            let length = gap.seconds > 0 ? "\(Self.decimal(gap.seconds, places: 3)) s" : "of unknown length"
            lines.append("gap before line \(gap.line): \(length)")
        }
        if gaps.count > RRLeftOut.listed { lines.append("and \(gaps.count - RRLeftOut.listed) more gaps") }
        return lines
    }

    /// Everything a reader may be told: decisions, then remarks.
    public var notes: [String] { explanation + remarks }

    private var unitGround: String? {
        if format == .ownBeats { return "unit: the strap's own, rr_1024 counts 1/1024 s" }
        guard grounds.median > 0 else { return nil }
        let median = Self.decimal(grounds.median, places: unit == .seconds ? 3 : 1)
        return "unit: the median of the intervals is \(median); above 10 they are ms, else s"
    }

    private var timeSentence: String {
        let fit = grounds.timeError.map { "within \(Self.decimal($0, places: 1)) ms on the mean" } ?? ""
        let scale = grounds.timeScale == 1 ? "ms" : "s"
        switch layout {
        case .intervals:
            return grounds.timesIgnored
                ? "the running sum of the intervals; the file's own does not follow them"
                : "none in the file; the running sum of the intervals"
        case .numbered: return "none in the file, the first column counts the rows; the running sum of the intervals"
        case .endTimes: return "in \(scale), of the END of each interval: the running sum agrees \(fit)"
        case .beginTimes: return "in \(scale), of the BEGINNING of each interval: the running sum agrees \(fit)"
        case .arrival:
            let lag = Self.decimal(grounds.timeError ?? 0, places: 0)
            return "in \(scale), of ARRIVAL: rows come \(lag) ms after the running sum on the mean; "
                + "they show gaps, and beats keep their running sum"
        case .beatTimes:
            return "beats in \(scale), intervals are their differences; "
                + (grounds.countsFromZero
                    ? "the first interval begins at 0" : "the first interval begins at the first beat")
        }
    }

    private static func decimal(_ value: Double, places: Int) -> String {
        var bytes: [UInt8] = []
        CSVCell.fixed(value, places: places).write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
