import Formats
import Practice
import Screens
import Store

/// What is told, and kept where that was asked for, when a reading is over.
struct MeEnding {
    /// How long a reader of the last lines is waited for, machine time.
    static let patience = Duration.seconds(2)

    let options: MeOptions
    let output: PatientOutput
    let wasStopped: Bool

    /// - Throws: `Failure` with the exit status, unless everything is as it should be.
    func tell(_ record: PersonalRecord, store: Store?) async throws {
        let summary = PersonalSummary(record)
        var receipt: PersonalReceipt?
        if let store, summary.beats > 0 {
            var generator = SystemRandomNumberGenerator()
            let new = PersonalReceipt(using: &generator)
            try await store.keep(record, under: new)
            receipt = new
        }
        if options.global.json {
            await output.line(MeJSON.end(summary, receipt: receipt, wasStopped: wasStopped).line)
        } else {
            for line in MeText.summary(summary, hidesNumbers: options.hidesNumbers) + lines(receipt) {
                await output.line(line)
            }
        }
        let isRead = await output.drained(within: Self.patience)
        if let receipt, let store, !isRead {
            // Nobody has the receipt, so nobody could ever open or delete it.
            _ = try await store.deleteReading(receipt)
            throw Failure(.failed, "nobody read the receipt, so nothing was kept.")
        }
        if !options.global.json { StandardError.write("\(MeText.wellness)\n") }
        if wasStopped { throw Failure(.stopped) }
        if let reason = summary.reason {
            throw Failure(.notEnough, "not enough clean beats to say how smooth it was: \(reason).")
        }
    }

    private func lines(_ receipt: PersonalReceipt?) -> [String] {
        guard options.isKept else { return ["Not saved."] }
        guard let receipt else { return ["Not saved: no beats came."] }
        return [
            "Kept. Your receipt is the only way back to it, and is printed only here:", "", "    \(receipt)", "",
            "See it again:   entrain me open \(receipt)", "Destroy it:     entrain me delete \(receipt)",
        ]
    }
}
