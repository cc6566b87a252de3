/// Decides what the numbers of a file mean: which column, which unit, which are intervals.
struct RRAssembly {
    /// How much of the lines must agree before the first column is taken for the time.
    static let agreement = 0.9

    let name: String

    func file(from scan: inout RRScan) throws(RRFileError) -> RRFile {
        guard scan.oneColumn + scan.twoColumns > 0 else { throw missing(scan) }
        dropMinority(of: &scan)
        let isPaired = scan.twoColumns > scan.oneColumn
        let values = isPaired ? scan.second : scan.first
        guard let unit = Self.unit(of: values) else {
            throw .noInterval(name: name, line: scan.lines.first.map(Int.init) ?? 1)
        }
        if !isPaired, Self.onlyRise(values) {
            throw .beatTimes(name: name, line: scan.lines.first.map(Int.init) ?? 1)
        }
        var file = RRFile()
        file.unit = unit
        file.header = scan.header
        file.commentLines = scan.commentLines
        var jumps: [Bool] = []
        if isPaired {
            guard let times = RRTimeColumn(times: scan.first, intervals: values, unit: unit) else {
                throw .unknownColumns(name: name, line: scan.lines.first.map(Int.init) ?? 1)
            }
            file.layout = times.layout
            jumps = times.jumps
        }
        take(values, jumps: jumps, lines: scan.lines, leftOut: &scan.leftOut, into: &file)
        file.leftOut = RRLeftOut.Reason.allCases.compactMap { scan.leftOut[$0] }
        try judge(file, scan)
        return file
    }

    private func missing(_ scan: RRScan) -> RRFileError {
        if let line = scan.binaryLine { return .binary(name: name, line: line) }
        guard scan.header != nil || !scan.lines.isEmpty else { return .empty(name: name) }
        return .noNumber(name: name, line: scan.header == nil ? Int(scan.lines.first ?? 1) : scan.headerLine)
    }

    /// Lines with one number among lines with two, or the other way round, give no interval.
    private func dropMinority(of scan: inout RRScan) {
        guard scan.oneColumn > 0, scan.twoColumns > 0 else { return }
        let isPaired = scan.twoColumns > scan.oneColumn
        for index in scan.first.indices where scan.first[index].isFinite {
            guard scan.second[index].isFinite != isPaired else { continue }
            scan.first[index] = .nan
            scan.second[index] = .nan
            scan.leaveOut(.noNumber, line: Int(scan.lines[index]))
        }
    }

    /// Milliseconds when the median of the numbers above 0 is above 10; nil when there is no such number.
    private static func unit(of values: [Double]) -> RRFile.Unit? {
        var above = 0
        var below = 0
        var smallestAbove = Double.infinity
        var largestBelow = 0.0
        for value in values where value > 0 {
            if value > 10 {
                above += 1
                smallestAbove = min(smallestAbove, value)
            } else {
                below += 1
                largestBelow = max(largestBelow, value)
            }
        }
        guard above + below > 0 else { return nil }
        if above == below { return (smallestAbove + largestBelow) / 2 > 10 ? .milliseconds : .seconds }
        return above > below ? .milliseconds : .seconds
    }

    /// Whether at least five numbers rise from line to line, to more than three times the first above 0: intervals that
    /// would do so belong to no heart.
    private static func onlyRise(_ values: [Double]) -> Bool {
        var earlier = -Double.infinity
        var firstPositive: Double?
        var count = 0
        for value in values where value.isFinite {
            guard value > earlier else { return false }
            earlier = value
            count += 1
            if value > 0, firstPositive == nil { firstPositive = value }
        }
        return count >= 5 && earlier > 3 * (firstPositive ?? .infinity)
    }

    private func take(
        _ values: [Double], jumps: [Bool], lines: [Int32], leftOut: inout [RRLeftOut.Reason: RRLeftOut],
        into file: inout RRFile
    ) {
        file.intervals.reserveCapacity(values.count)
        var isBroken = false
        for (index, value) in values.enumerated() {
            if !jumps.isEmpty, jumps[index] {
                leftOut[.timeJump, default: RRLeftOut(.timeJump)].add(line: Int(lines[index]))
                isBroken = true
            }
            let milliseconds = file.unit == .seconds ? Self.milliseconds(seconds: value) : value
            if let reason = Self.reason(against: milliseconds) {
                if !milliseconds.isNaN { leftOut[reason, default: RRLeftOut(reason)].add(line: Int(lines[index])) }
                isBroken = true
                continue
            }
            if isBroken, !file.intervals.isEmpty { file.breaks.append(file.intervals.count) }
            isBroken = false
            file.intervals.append(milliseconds)
        }
    }

    private static func reason(against milliseconds: Double) -> RRLeftOut.Reason? {
        if milliseconds >= RRFile.shortest, milliseconds <= RRFile.longest { return nil }
        if milliseconds.isNaN { return .noNumber }
        if milliseconds == 0 { return .zero }
        return milliseconds < 0 ? .negative : .outOfRange
    }

    /// A thousand times a number of up to six decimals, rounded once: 0.85 s are 850 ms and nothing beside.
    private static func milliseconds(seconds: Double) -> Double {
        let millionths = (seconds * 1e6).rounded()
        return millionths / 1e6 == seconds ? millionths / 1e3 : seconds * 1e3
    }

    private func judge(_ file: RRFile, _ scan: RRScan) throws(RRFileError) {
        let unusable = file.leftOut.filter { $0.reason != .timeJump }
        let count = unusable.reduce(0) { $0 + $1.count }
        let firstLine = unusable.compactMap(\.firstLines.first).min() ?? 1
        guard !file.intervals.isEmpty else { throw .noInterval(name: name, line: firstLine) }
        guard count * 2 > scan.lines.count else { return }
        if let line = scan.binaryLine { throw .binary(name: name, line: line) }
        throw .mostlyUnusable(name: name, unusable: count, of: scan.lines.count, line: firstLine)
    }
}
