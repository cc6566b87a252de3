import Glibc
import HeartRate

/// Many straps for hours of heart time at high speed: what was sent is what is kept, and memory stays flat.
struct Soak {
    let straps: Int
    let minutes: Int
    let speed: Int

    /// What a strap sent beside what the session has of it.
    struct Outcome {
        var sent = 0
        var kept = 0
        var wrong: [String] = []
    }

    func run() throws {
        let folder = "/tmp/entrain-soak.\(getpid())"
        try Processes.run(["mkdir", "-p", folder])
        defer { try? Processes.run(["rm", "-rf", folder]) }
        let program = Processes.neighbour("entrain")
        let simulator = try Processes.Simulator(
            program, ["--straps", "\(straps)", "--speed", "\(speed)", "--truth", "\(folder)/sent.ndjson"])
        let session = try Processes.spawn(
            [
                program, "session", "start", "soak", "--size", "\(straps)", "--any", "--consent-on-paper", "--minutes",
                "\(minutes)", "--screen", "off", "--data", "\(folder)/data",
            ], environment: simulator.environment)
        let memory = try Self.follow(session, seconds: Double(minutes * 60 / speed))
        simulator.stop()
        let list = try Processes.output([program, "session", "list", "--json", "--data", "\(folder)/data"])
        guard let name = Self.member("session", of: list) else { throw Trouble(description: "no session was kept") }
        try Processes.run([program, "export", name, "--to", "\(folder)/out", "--data", "\(folder)/data"])
        let outcome = compare(
            sent: try Self.sent("\(folder)/sent.ndjson"), kept: try Self.kept("\(folder)/out/packets.csv"))
        print(
            """
              \(straps) straps for \(minutes) min of heart time at speed \(speed): \(outcome.sent) intervals sent, \
            \(outcome.kept) kept
            """)
        for sentence in outcome.wrong { print("    WRONG: \(sentence)") }
        if outcome.wrong.isEmpty { print("    every strap's intervals are kept in order, none lost, none doubled") }
        print("    memory after each quarter: \(memory.map { "\($0)" }.joined(separator: ", ")) MB")
        if !outcome.wrong.isEmpty { throw Trouble(description: "what was kept is not what was sent") }
    }

    /// Waits for the session's end.
    /// - Returns: resident memory after each quarter of its time, MB.
    static func follow(_ session: Int32, seconds: Double) throws -> [Int] {
        var quarters: [Int] = []
        let start = ContinuousClock().now
        while try Processes.isRunning(session) {
            let passed = start.duration(to: .now).components
            if Double(passed.seconds) >= seconds * Double(quarters.count + 1) / 4, quarters.count < 4,
                let memory = Processes.residentMegabytes(of: session)
            {
                quarters.append(memory)
            }
            usleep(200_000)
        }
        return quarters
    }

    /// What a strap sent after the session's end is not missed: a few packets at most.
    private func compare(sent: [String: [UInt16]], kept: [String: [UInt16]]) -> Outcome {
        var outcome = Outcome()
        for (strap, intervals) in sent.sorted(by: { $0.key < $1.key }) {
            let own = kept[strap] ?? []
            outcome.sent += intervals.count
            outcome.kept += own.count
            if !intervals.starts(with: own) { outcome.wrong.append("\(strap): the intervals differ") }
            let late = intervals.count - own.count
            if late > 4 * speed { outcome.wrong.append("\(strap): \(late) intervals of the end are missing") }
        }
        if kept.count != sent.count { outcome.wrong.append("\(kept.count) straps of \(sent.count) were kept") }
        return outcome
    }

    // MARK: - Files

    private static func sent(_ path: String) throws -> [String: [UInt16]] {
        var all: [String: [UInt16]] = [:]
        for line in try Processes.lines(of: path) {
            guard let strap = member("strap", of: line), let open = line.lastIndex(of: "["),
                let end = line.lastIndex(of: "]")
            else { continue }
            all[strap, default: []] += line[line.index(after: open)..<end].split(separator: ",").compactMap {
                UInt16($0)
            }
        }
        return all
    }

    private static func kept(_ path: String) throws -> [String: [UInt16]] {
        var all: [String: [UInt16]] = [:]
        for line in try Processes.lines(of: path).dropFirst() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count > 6 else { continue }
            let bytes = bytes(ofHex: fields[6])
            all[String(fields[5]), default: []] += (try? Measurement(bytes: bytes).rrTicks) ?? []
        }
        return all
    }

    private static func bytes(ofHex text: Substring) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }

    /// A member of a one-line JSON object whose value is a text without escapes.
    private static func member(_ name: String, of line: String) -> String? {
        let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
        guard let at = parts.firstIndex(where: { $0 == name }), at + 2 < parts.count else { return nil }
        return String(parts[at + 2])
    }
}

/// What went wrong in a measurement.
struct Trouble: Error, CustomStringConvertible {
    var description: String
}
