import Formats
import HRV

/// The reader of RR files: any bytes are intervals or a sentence, in one piece or in many.
enum RREntry {
    static func take(_ bytes: [UInt8]) throws {
        let code = bytes.first.flatMap { $0 & 1 == 0 ? nil : "G1-01" }
        let whole = Result { () throws(RRFileError) in try RRFile.read(bytes: bytes, name: "x.txt", code: code) }
        let size = 1 + Int(bytes.last ?? 0) % 37
        try claim(pieces(of: bytes, size: size, code: code) == whole, "pieces of \(size) bytes give the same")
        switch whole {
        case .success(let file): try check(file)
        case .failure(let error):
            try claim(error.description.contains("x.txt"), "an error names the file: \(error)")
            try claimPrintable(error.description)
        }
    }

    private static func pieces(of bytes: [UInt8], size: Int, code: String?) -> Result<RRFile, RRFileError> {
        Result { () throws(RRFileError) in
            var reader = RRReader(name: "x.txt", code: code)
            for start in stride(from: 0, to: bytes.count, by: size) {
                let piece = Array(bytes[start..<min(start + size, bytes.count)])
                let failure = piece.withUnsafeBufferPointer { buffer -> RRFileError? in
                    do throws(RRFileError) {
                        try reader.read(buffer)
                        return nil
                    } catch {
                        return error
                    }
                }
                if let failure { throw failure }
            }
            return try reader.finish()
        }
    }

    private static func check(_ file: RRFile) throws {
        let count = file.intervals.count
        try claim(count > 0, "a file without intervals is an error")
        try claim(
            file.intervals.allSatisfy { $0 >= RRFile.shortest && $0 <= RRFile.longest }, "intervals are in their range")
        try claim(file.gaps.allSatisfy { $0.before > 0 && $0.before < count }, "gaps lie between intervals")
        try claim(file.gaps.allSatisfy { $0.seconds >= 0 && $0.seconds.isFinite }, "gaps have a length")
        try claim(zip(file.gaps, file.gaps.dropFirst()).allSatisfy { $0.before < $1.before }, "gaps rise")
        try claim(file.leftOut.allSatisfy { $0.count > 0 && !$0.firstLines.isEmpty }, "what was left out is counted")
        let series = file.series
        try claim(series.rr == file.intervals, "every interval comes onto the time line")
        try claim(series.segments.count == file.gaps.count + 1, "every gap parts two segments, nothing else does")
        for line in file.notes { try claimPrintable(line) }
    }
}
