/// A reader of bytes from outside, and what must hold whatever the bytes are.
///
/// libFuzzer calls the entries (`make fuzz`), and the tests replay every seed through them.
public struct FuzzEntry: Sendable, CustomStringConvertible {
    /// The name of the target and of its folder of seeds.
    public let name: String
    /// How it reads one input.
    public let work: Work

    /// A reader at once, or one that waits for others.
    public enum Work: Sendable {
        /// Reads at once.
        case direct(@Sendable ([UInt8]) throws -> Void)
        /// Waits for a database.
        case waiting(@Sendable ([UInt8]) async throws -> Void)
    }

    /// Reads one input.
    /// - Throws: `BrokenClaim`, or what a reader throws that should not.
    public func take(_ bytes: [UInt8]) async throws {
        switch work {
        case .direct(let take): try take(bytes)
        case .waiting(let take): try await take(bytes)
        }
    }

    /// The name.
    public var description: String { name }

    /// Every reader there is.
    public static let all: [FuzzEntry] = [
        FuzzEntry(name: "measurement", work: .direct(MeasurementEntry.take)),
        FuzzEntry(name: "ledger", work: .direct(LedgerEntry.take)),
        FuzzEntry(name: "rr", work: .direct(RREntry.take)),
        FuzzEntry(name: "analysis", work: .direct(AnalysisEntry.take)),
        FuzzEntry(name: "csv", work: .direct(CSVEntry.take)),
        FuzzEntry(name: "survey", work: .direct(SurveyEntry.take)),
        FuzzEntry(name: "answers", work: .direct(AnswersEntry.take)),
        FuzzEntry(name: "script", work: .direct(ScriptEntry.take)),
        FuzzEntry(name: "scenario", work: .direct(ScenarioEntry.take)),
        FuzzEntry(name: "room", work: .direct(RoomEntry.take)),
        FuzzEntry(name: "map", work: .direct(MapEntry.take)),
        FuzzEntry(name: "bundle", work: .direct(BundleEntry.take)),
        FuzzEntry(name: "words", work: .direct(WordsEntry.take)),
        FuzzEntry(name: "dbus", work: .direct(BusEntry.take)),
        FuzzEntry(name: "store", work: .waiting(StoreEntry.take)),
    ]
}

/// Something that must hold, and did not.
public struct BrokenClaim: Error, CustomStringConvertible {
    /// What was claimed.
    public let description: String
}

/// Claims that something holds.
/// - Throws: `BrokenClaim` when it does not.
func claim(_ holds: Bool, _ what: @autoclosure () -> String) throws(BrokenClaim) {
    if !holds { throw BrokenClaim(description: what()) }
}

/// Claims that a text is one line, or several, that a terminal can show.
func claimPrintable(_ text: String, lines: Bool = false) throws(BrokenClaim) {
    let isPrintable = text.unicodeScalars.allSatisfy {
        ($0.value >= 0x20 && !(0x7f...0x9f).contains($0.value)) || (lines && $0 == "\n")
    }
    try claim(!text.isEmpty && isPrintable, "a terminal can show what is said: \(text.debugDescription)")
}

/// How many lines a text has at most, counted by every line end there is.
func lineCount(_ text: String) -> Int {
    1 + text.unicodeScalars.count { [0x0a, 0x0b, 0x0c, 0x0d, 0x85, 0x2028, 0x2029].contains($0.value) }
}
