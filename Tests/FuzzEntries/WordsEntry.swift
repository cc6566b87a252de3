import Formats
import Practice

/// Short texts that people type: receipts, codes, names and lists of codes.
enum WordsEntry {
    static func take(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        if case .success(let receipt) = Result(catching: { () throws(PersonalReceipt.Fault) in
            try PersonalReceipt(text)
        }) {
            try claim(try PersonalReceipt(receipt.text) == receipt, "a receipt is read as it is printed")
        }
        if case .success(let code) = Result(catching: { () throws(PracticeError) in try Code(text) }) {
            try claim(try Code(code.description) == code, "a code is read as it is printed")
            try claim((1...99).contains(code.place), "a place is from 1 to 99")
        }
        if case .success(let coach) = Result(catching: { () throws(PracticeError) in try CoachCode(text) }) {
            try claim(try CoachCode(coach.text) == coach, "a coach's code is read as it is printed")
        }
        if case .success(let label) = Result(catching: { () throws(PracticeError) in try SchoolLabel(text) }) {
            try claim(try SchoolLabel(label.text) == label, "a label is read as it is printed")
        }
        if case .success(let range) = Result(catching: { () throws(CodeRangeError) in try CodeRange(text) }) {
            let listed = range.codes.map(\.description).joined(separator: ",")
            try claim(try CodeRange(listed).codes == range.codes, "codes are read as they are listed")
        }
        _ = KernelVersion(release: text, build: text, signature: text)
    }
}
