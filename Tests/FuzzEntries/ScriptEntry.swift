import Formats
import Practice

/// The reader of scripts that people write.
enum ScriptEntry {
    static func take(_ bytes: [UInt8]) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        switch Result(catching: { () throws(WrittenFileError) in try ScriptFile.read(text, file: "x.yaml") }) {
        case .success(let script):
            try claim(script.source == text && script.faults.isEmpty, "a script keeps its text and every rule")
            let plain = Script(name: script.name, purpose: script.purpose, phases: script.phases)
            let again = try ScriptFile.read(ScriptFile.text(of: plain), file: "again.yaml")
            try claim(
                again.name == plain.name && again.purpose == plain.purpose, "name and purpose are written and read")
            try claim(
                again.phases.map(\.key) == plain.phases.map(\.key) && again.phases.count == plain.phases.count
                    && zip(again.phases, plain.phases).allSatisfy(isSame), "phases are written and read")
        case .failure(let error): try MistakeClaims.check(error, in: text)
        }
    }

    /// Minutes are seconds by sixty: their last bit may be another.
    private static func isSame(_ left: Phase, _ right: Phase) -> Bool {
        var left = left
        let isClose = abs((left.seconds ?? 0) - (right.seconds ?? 0)) < 1e-9
        guard isClose, (left.seconds == nil) == (right.seconds == nil) else { return false }
        left.seconds = right.seconds
        return left == right
    }
}
