/// Takes the lines that WFDB's `rdann` prints: time, sample number, symbol and three numbers.
enum RRAnnotationReader {
    /// Symbols that stand for a beat (WFDB, table of annotation codes).
    private static let beats = Set("NLRBAaJSVrFejnE/fQ?".utf8)

    /// The time in seconds, the sample number and whether the symbol is a beat; nil when the line is made otherwise.
    static func annotation(_ line: UnsafeBufferPointer<UInt8>) -> (time: Double, sample: Double, symbol: UInt8)? {
        guard let first = line.first(where: { $0 != 0x20 && $0 != 0x09 }), (0x30...0x39).contains(first) else {
            return nil
        }
        let words = line.split { $0 == 0x20 || $0 == 0x09 }
        guard words.count >= 6, words[2].count == 1, let symbol = words[2].first,
            let time = RRClock.time(UnsafeBufferPointer(rebasing: words[0])), time.isClock,
            let sample = RRNumberCursor.only(UnsafeBufferPointer(rebasing: words[1]))
        else { return nil }
        return (time.value, sample, symbol)
    }

    static func read(_ line: UnsafeBufferPointer<UInt8>, number: Int, into scan: inout RRScan) {
        guard let annotation = annotation(line) else { return scan.leaveOut(.noNumber, line: number) }
        guard beats.contains(annotation.symbol) else {
            return scan.passOver("'\(RREncoding.text([annotation.symbol]).text)'")
        }
        scan.add(time: annotation.time, value: annotation.sample, line: number)
    }
}
