/// Decides what the numbers of a file mean: which column, which unit, which are intervals, where beats are missing.
struct RRAssembly {
    /// How many seconds all gaps of a file may have together, thirty years; one that goes beyond is a clock set anew, and its
    /// length is not known.
    private static let longestLoss = 1e9

    let name: String
    let code: String?

    func file(from scan: inout RRScan) throws(RRFileError) -> RRFile {
        try judgeCodes(scan)
        guard scan.oneColumn + scan.twoColumns > 0 else { throw missing(scan) }
        var file = RRFile()
        file.format = scan.format
        file.encoding = scan.encoding
        file.header = scan.header
        file.columns = scan.columns
        file.commentLines = scan.commentLines
        file.code = scan.format == .ownBeats ? code ?? scan.codes.first : nil
        file.grounds.otherRows = scan.otherRows.map { RRGrounds.Kind(name: $0.kind, count: $0.count) }
        file.grounds.rows = scan.lines.count
        var jumps: [Int: Double] = [:]
        let values = try intervals(of: &scan, jumps: &jumps, into: &file)
        take(values, jumps: jumps, from: &scan, into: &file)
        file.leftOut = RRLeftOut.Reason.allCases.compactMap { scan.leftOut[$0] }
        try judge(file, scan)
        return file
    }

    private func judgeCodes(_ scan: RRScan) throws(RRFileError) {
        guard scan.format == .ownBeats else {
            if let code { throw .noCodes(name: name, code: code) }
            return
        }
        if code == nil, scan.codes.count > 1 { throw .severalCodes(name: name, codes: scan.codes.sorted()) }
        if let code, scan.lines.count == 0, scan.leftOut.isEmpty, !scan.codes.isEmpty {
            throw .unknownCode(name: name, code: code, codes: scan.codes.sorted())
        }
    }

    private func missing(_ scan: RRScan) -> RRFileError {
        if let line = scan.binaryLine { return .binary(name: name, line: line) }
        if let first = scan.leftOut.values.compactMap(\.firstLines.first).min() {
            if scan.leftOut.keys.contains(where: \.isMeant) { return .noInterval(name: name, line: first) }
            return .noNumber(name: name, line: scan.header == nil ? first : scan.headerLine)
        }
        guard scan.header != nil || !scan.otherRows.isEmpty else { return .empty(name: name) }
        return scan.columns == nil && scan.otherRows.isEmpty
            ? .noNumber(name: name, line: scan.headerLine) : .noRows(name: name)
    }

    // MARK: - Meaning

    /// The intervals of all rows in ms, as they come, NaN where a row gives none.
    private func intervals(
        of scan: inout RRScan, jumps: inout [Int: Double], into file: inout RRFile
    ) throws(RRFileError) -> [Double] {
        if scan.format == .annotations {
            let (intervals, countsFromZero) = RRBeatTimes.intervals(seconds: scan.first, samples: scan.second)
            (file.layout, file.unit, file.grounds.timeScale) = (.beatTimes, .seconds, 1000)
            file.grounds.countsFromZero = countsFromZero
            return intervals
        }
        dropMinority(of: &scan)
        let isPaired = scan.twoColumns > scan.oneColumn
        var values = isPaired ? scan.second : scan.first
        let areTimes = !isPaired && scan.format == .plain && RRBeatTimes.onlyRise(values)
        if areTimes {
            (file.format, file.layout) = (.beatTimes, .beatTimes)
            values = RRBeatTimes.intervals(values)
        }
        guard let (unit, median) = Self.unit(of: values) else { throw .noInterval(name: name, line: scan.lines.first) }
        (file.unit, file.grounds.median) = (unit, median)
        if scan.format == .ownBeats { file.unit = .milliseconds }
        if areTimes { file.grounds.timeScale = file.unit == .seconds ? 1000 : 1 }
        if file.unit == .seconds { for row in values.indices { values[row] = Self.milliseconds(seconds: values[row]) } }
        if isPaired { try readTimes(of: scan, values, &jumps, &file) }
        return values
    }

    /// Rows with one number among rows with two, or the other way round, give no interval.
    private func dropMinority(of scan: inout RRScan) {
        guard scan.oneColumn > 0, scan.twoColumns > 0 else { return }
        let isPaired = scan.twoColumns > scan.oneColumn
        for row in scan.first.indices where scan.first[row].isFinite {
            if scan.second[row].isFinite != isPaired { scan.empty(row: row, reason: .noNumber) }
        }
    }

    /// What the column of times says.
    private func readTimes(
        of scan: RRScan, _ values: [Double], _ jumps: inout [Int: Double], _ file: inout RRFile
    ) throws(RRFileError) {
        if scan.format == .plain { file.format = .pairs }
        let sound = values.map { Self.reason(against: $0, unit: file.unit) == nil ? $0 : Double.nan }
        let isTime = scan.columns != nil
        let scales = scan.hasClockTimes ? [1000.0] : file.format == .ownBeats ? [1000] : [1.0, 1000]
        if !isTime, Self.countsRows(scan.first) {
            file.layout = .numbered
            return
        }
        guard let times = RRTimeColumn(times: scan.first, intervals: sound, scales: scales, isTime: isTime) else {
            guard isTime else { throw .unknownColumns(name: name, line: scan.lines.first) }
            file.grounds.timesIgnored = true
            return
        }
        file.layout = times.layout
        noteBegin(of: scan, sound, times, &file)
        jumps = times.jumps
        file.grounds.timeError = times.error
        file.grounds.timeScale = times.scale
        file.grounds.drift = times.drift
        guard file.format == .ownBeats, times.layout == .endTimes,
            let first = sound.firstIndex(where: \.isFinite)
        else { return }
        let start = max(0, scan.first[first] - sound[first] / 1000)
        if start <= Self.longestLoss { file.startSeconds = start }
    }

    /// When the first interval began, from the moment of a row.
    private func noteBegin(of scan: RRScan, _ sound: [Double], _ times: RRTimeColumn, _ file: inout RRFile) {
        guard var moment = scan.firstMoment, let first = sound.firstIndex(where: \.isFinite) else { return }
        if let row = moment.row {
            guard row == first else { return }
        } else {
            guard scan.first[first].isFinite else { return }
            moment.secondsSince1970 += scan.first[first] * times.scale / 1000
        }
        if times.layout != .beginTimes { moment.secondsSince1970 -= sound[first] / 1000 }
        file.began = moment
    }

    /// Whether numbers are 1, 2, 3 and so on, or 0, 1, 2.
    private static func countsRows(_ values: [Double]) -> Bool {
        guard let first = values.first, first == 0 || first == 1, values.count > 2 else { return false }
        return values.indices.allSatisfy { values[$0].isNaN || values[$0] == first + Double($0) }
    }

    /// Milliseconds when the median of the numbers above 0 is above 10; nil when there is no such number.
    private static func unit(of values: [Double]) -> (unit: RRFile.Unit, median: Double)? {
        var positive = values.filter { $0 > 0 && $0.isFinite }
        guard !positive.isEmpty else { return nil }
        let middle = positive.count / 2
        var median = Selection.value(at: middle, of: &positive)
        if positive.count.isMultiple(of: 2) {
            median = (median + (positive[..<middle].max() ?? median)) / 2
        }
        return (median > 10 ? .milliseconds : .seconds, median)
    }

    // MARK: - Intervals

    private func take(
        _ values: [Double], jumps: [Int: Double], from scan: inout RRScan, into file: inout RRFile
    ) {
        file.intervals.reserveCapacity(values.count)
        var isBroken = false
        var lost = 0.0
        var marks = scan.marks[...]
        for (row, value) in values.enumerated() {
            let isMarked = marks.first == row
            if isMarked { marks.removeFirst() }
            if let reason = Self.reason(against: value, unit: file.unit) {
                let isCounted = value.isNaN
                if !isCounted { scan.leftOut[reason, default: RRLeftOut(reason)].add(line: scan.lines[row]) }
                isBroken = isBroken || !file.intervals.isEmpty
                continue
            }
            let jump = jumps.isEmpty ? nil : jumps[row]
            if !file.intervals.isEmpty, isBroken || isMarked || jump != nil {
                let line = scan.lines[row]
                let seconds = jump.flatMap { lost + $0 <= Self.longestLoss ? $0 : nil } ?? 0
                lost += seconds
                file.gaps.append(RRGap(before: file.intervals.count, line: line, seconds: seconds))
                if !isBroken {
                    let reason = isMarked ? RRLeftOut.Reason.markedGap : .timeJump
                    scan.leftOut[reason, default: RRLeftOut(reason)].add(line: line)
                }
            }
            isBroken = false
            file.intervals.append(value)
        }
    }

    private static func reason(against milliseconds: Double, unit: RRFile.Unit) -> RRLeftOut.Reason? {
        if milliseconds >= RRFile.shortest, milliseconds <= RRFile.longest { return nil }
        if milliseconds.isNaN { return .noNumber }
        if milliseconds == 0 { return .zero }
        if milliseconds < 0 { return .negative }
        let otherwise = unit == .milliseconds ? milliseconds * 1000 : milliseconds / 1000
        return (250...2500).contains(otherwise) ? .otherUnit : .outOfRange
    }

    /// A thousand times a number of up to six decimals, rounded once: 0.85 s are 850 ms and nothing beside.
    private static func milliseconds(seconds: Double) -> Double {
        let millionths = (seconds * 1e6).rounded()
        return millionths / 1e6 == seconds ? millionths / 1e3 : seconds * 1e3
    }

    private func judge(_ file: RRFile, _ scan: RRScan) throws(RRFileError) {
        let unusable = file.leftOut.filter { !$0.reason.isMeant }
        let count = unusable.reduce(0) { $0 + $1.count }
        let firstLine = unusable.compactMap(\.firstLines.first).min() ?? scan.lines.first
        guard !file.intervals.isEmpty else { throw .noInterval(name: name, line: firstLine) }
        guard count * 2 > scan.lines.count else { return }
        if let line = scan.binaryLine { throw .binary(name: name, line: line) }
        throw .mostlyUnusable(name: name, unusable: count, of: scan.lines.count, line: firstLine)
    }
}
