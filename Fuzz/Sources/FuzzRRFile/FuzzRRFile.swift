import Formats
import Fuzzing
import HRV

/// The reader of RR files: any bytes are intervals or a sentence, in one piece or in many.
@main
enum FuzzRRFile {
    static func main() {
        Fuzzer.run { start, count in
            FuzzRRFile.take(Fuzzer.bytes(start, count))
            return 0
        }
    }

    private static func take(_ bytes: [UInt8]) {
        let code = bytes.first.flatMap { $0 & 1 == 0 ? nil : "G1-01" }
        let whole = Result { () throws(RRFileError) in try RRFile.read(bytes: bytes, name: "x.txt", code: code) }
        let size = 1 + Int(bytes.last ?? 0) % 37
        Fuzzer.claim(pieces(of: bytes, size: size, code: code) == whole, "pieces of \(size) bytes give the same")
        switch whole {
        case .success(let file): check(file)
        case .failure(let error):
            Fuzzer.claim(error.description.contains("x.txt"), "an error names the file: \(error)")
            claimPrintable(error.description)
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

    private static func check(_ file: RRFile) {
        let count = file.intervals.count
        Fuzzer.claim(count > 0, "a file without intervals is an error")
        Fuzzer.claim(
            file.intervals.allSatisfy { $0 >= RRFile.shortest && $0 <= RRFile.longest }, "intervals are in their range")
        Fuzzer.claim(file.gaps.allSatisfy { $0.before > 0 && $0.before < count }, "gaps lie between intervals")
        Fuzzer.claim(file.gaps.allSatisfy { $0.seconds >= 0 && $0.seconds.isFinite }, "gaps have a length")
        Fuzzer.claim(zip(file.gaps, file.gaps.dropFirst()).allSatisfy { $0.before < $1.before }, "gaps rise")
        Fuzzer.claim(file.leftOut.allSatisfy { $0.count > 0 && !$0.firstLines.isEmpty }, "what was left out is counted")
        let series = file.series
        Fuzzer.claim(series.rr == file.intervals, "every interval comes onto the time line")
        Fuzzer.claim(series.segments.count == file.gaps.count + 1, "every gap parts two segments, nothing else does")
        for line in file.notes { claimPrintable(line) }
    }

    private static func claimPrintable(_ text: String) {
        Fuzzer.claim(
            !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) },
            "a sentence is one line that a terminal can show: \(text.debugDescription)")
    }
}
