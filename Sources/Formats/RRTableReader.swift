/// Takes the rows of a table with a heading.
struct RRTableReader {
    let table: RRTable
    /// The code whose beats are wanted; nil where the file has only one.
    let code: String?
    private var cells = RRCells()
    private var codeBytes: [UInt8] = []
    private var segment: [UInt8] = []
    private var otherCodes: Set<String> = []

    init(_ table: RRTable, code: String?) {
        self.table = table
        self.code = code
        codeBytes = Array((code ?? "").utf8)
    }

    mutating func read(_ line: UnsafeBufferPointer<UInt8>, number: Int, into scan: inout RRScan) {
        cells.split(line, at: table.separator)
        if let event = table.event {
            let word = cells.text(event.column, of: line)
            guard event.words.contains(word.lowercased()) else { return scan.passOver(word) }
        }
        if let own = table.own, !isWanted(own, line, number, &scan) { return }
        if let blocker = table.blocker, RRNumberCursor.only(cells.bytes(blocker, of: line)) == 1 {
            return scan.leaveOut(.distrusted, line: number)
        }
        guard let value = value(of: line) else { return scan.leaveOut(.noNumber, line: number) }
        guard value.isFinite else { return scan.leaveOut(.notFinite, line: number) }
        guard let column = table.time else { return scan.add(value, line: number) }
        // OpenHRV forgets to quote: a row has its time in the last cell, however many there are.
        let place = table.format == .openHRV ? cells.count - 1 : column
        let time = RRClock.time(cells.bytes(place, of: line))
        if let time, time.isClock { scan.hasClockTimes = true }
        if scan.firstMoment == nil, let date = table.date {
            scan.firstMoment = RRMoment(
                cell: cells.bytes(table.format == .openHRV ? place : date, of: line), row: scan.first.count)
        }
        scan.add(time: time?.value ?? .nan, value: value, line: number)
    }

    /// The interval of a row; from the strap's own ticks where the file has them, for those are exact.
    private func value(of line: UnsafeBufferPointer<UInt8>) -> Double? {
        if let value = RRNumberCursor.only(cells.bytes(table.interval, of: line)) {
            return table.own?.isTicks == true ? value * 1000 / 1024 : value
        }
        // Beats that this program imported have no ticks.
        return table.own.flatMap { RRNumberCursor.only(cells.bytes($0.milliseconds, of: line)) }
    }

    /// Whether a row of beats.csv is a beat of the wanted code; notes codes, segments and flushed beats.
    private mutating func isWanted(
        _ own: RRTable.Own, _ line: UnsafeBufferPointer<UInt8>, _ number: Int, _ scan: inout RRScan
    ) -> Bool {
        let its = cells.bytes(own.code, of: line)
        if scan.codes.isEmpty, code == nil { codeBytes = Array(its) }
        if !its.elementsEqual(codeBytes) || scan.codes.isEmpty {
            let name = RREncoding.text(its).text
            if otherCodes.insert(name).inserted { scan.codes.append(name) }
        }
        guard its.elementsEqual(codeBytes) else { return false }
        if let flag = own.flag {
            let word = cells.bytes(flag, of: line)
            if word.elementsEqual("flushed".utf8) {
                scan.leftOut[.flushed, default: RRLeftOut(.flushed)].add(line: number)
                return false
            }
            if word.elementsEqual("gap-before".utf8) { mark(&scan) }
        }
        if let column = own.segment {
            let its = cells.bytes(column, of: line)
            if !its.elementsEqual(segment) {
                if !segment.isEmpty { mark(&scan) }
                segment = Array(its)
            }
        }
        return true
    }

    /// Beats are missing before the next row.
    private func mark(_ scan: inout RRScan) {
        guard !scan.first.isEmpty, scan.marks.last != scan.first.count else { return }
        scan.marks.append(scan.first.count)
    }
}
