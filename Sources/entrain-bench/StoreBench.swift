import Glibc
import HRV
import HeartRate
import Practice
import Store
import Timekeeping

/// A store of many sessions, and how long the real binary takes with it.
struct StoreBench {
    let sessions: Int
    /// The length of each.
    let minutes: Int
    private static let students = 8

    private struct Errand {
        var name: String
        var words: [String]
        /// How long it may take, seconds.
        var goal: Double
    }

    func run() async throws {
        let folder = "/var/tmp/entrain-bench.\(getpid())"
        defer { try? Processes.run(["rm", "-rf", folder]) }
        let clock = ContinuousClock()
        let start = clock.now
        let names = try await fill(folder)
        guard let name = names.last else { return }
        let seconds = Double((clock.now - start).components.seconds)
        Bench.report("store, \(sessions) sessions", seconds, "s to make", target: "")
        Bench.report("store, size", try Self.megabytes(of: folder), "MB", target: "")
        let program = Processes.neighbour("entrain")
        let tasks = [
            Errand(name: "session list", words: ["session", "list"], goal: 0.1),
            Errand(name: "session show", words: ["session", "show", name], goal: 1),
            Errand(name: "export", words: ["export", name, "--to", folder + "/out", "--force"], goal: 1),
            Errand(name: "report", words: ["report", name, "--out", folder + "/report.html", "--force"], goal: 1),
            Errand(
                name: "report of one code",
                words: ["report", name, "--code", "G1-03", "--out", folder + "/report.html", "--force"], goal: 1),
        ]
        for task in tasks {
            let words = [program] + task.words + ["--data", folder]
            let median = try (0..<5).map { _ in try Self.seconds { try Processes.succeed(words) } }.sorted()[2]
            let share = (median / task.goal * 1000).rounded() / 1000
            Bench.report(
                task.name, median * 1000, "ms", target: "\(share) of the goal, \(Int(task.goal * 1000)) ms")
        }
        try seal(names.suffix(3), folder, program)
    }

    /// What a session's end takes longer where the folder has a key: the store is written anew without the clear rows.
    private func seal(_ names: ArraySlice<String>, _ folder: String, _ program: String) throws {
        let key = folder + "/facilitator.key"
        try Processes.succeed([program, "privacy", "key", "new", "--out", key])
        try Processes.succeed([program, "privacy", "key", "import", key + ".pub", "--data", folder])
        let times = try names.map { name in
            try Self.seconds { try Processes.succeed([program, "privacy", "seal", name, "--data", folder]) }
        }
        Bench.report("sealing one session", times.sorted()[times.count / 2], "s", target: "")
        Bench.report("store, size after it", try Self.megabytes(of: folder), "MB", target: "")
    }

    private static func seconds(_ work: () throws -> Void) rethrows -> Double {
        let parts = try ContinuousClock().measure(work).components
        return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }

    private static func megabytes(of folder: String) throws -> Double {
        var status = stat()
        guard stat(folder + "/entrain.sqlite", &status) == 0 else {
            throw Trouble(description: "no store in \(folder)")
        }
        return Double(status.st_size) / 1e6
    }

    /// Keeps one session a day, and one day's beats on every day: what is measured does not depend on them.
    private func fill(_ folder: String) async throws -> [String] {
        let store = try Store(folder: folder)
        let group = try GroupName("G1")
        var record = try record(group)
        var names: [String] = []
        for day in 0..<sessions {
            record.info.started = UTC(nanosecondsSince1970: 1_785_873_761_000_000_000)
                .advanced(by: .seconds(day * 86_400))
            record.info.name = "\(record.info.started.compactDay(zoneOffsetSeconds: 0))-\(group)"
            names.append(try await store.adopt(record))
        }
        return names
    }

    private func record(_ group: GroupName) throws -> SessionRecord {
        let codes = try (1...Self.students).map { try Code(group: group, place: $0) }
        let length = Double(minutes * 60)
        let start = UTC(nanosecondsSince1970: 1_785_873_761_000_000_000)
        let info = SessionInfo(
            name: "20260804-\(group)", group: group, started: start, zoneOffsetSeconds: 0, seconds: length,
            script: .pal30, codes: Dictionary(uniqueKeysWithValues: codes.map { ($0, .study) }),
            toolVersion: "bench", clockRate: 1, adapters: ["hci0"])
        var record = SessionRecord(
            info: info, phases: [], packets: [], beats: [], coherence: [], markers: [], links: [])
        var t = 0.0
        for phase in Script.pal30.phases {
            let end = min(length, t + (phase.seconds ?? 0))
            record.phases.append(PhaseSequence.Span(phase: phase, start: t, end: end))
            t = end
        }
        for code in codes { Self.add(code, to: &record, length: length) }
        return record
    }

    /// A student who breathes six times a minute, from a place of the breath and at a heart rate of her own.
    private static func add(_ code: Code, to record: inout SessionRecord, length: Double) {
        let strap = "Bench \(code.place)"
        record.links.append(
            LinkRecord(code: code, segment: 1, strap: strap, event: .connect, t: 0, rssi: -60, battery: 90))
        var ticks: [UInt16] = []
        var ends: [Double] = []
        var end = 0.0
        while end < length {
            let swing = 55 * sin(2 * .pi * 0.1 * end + Double(code.place)) + 14 * sin(2 * .pi * 0.27 * end)
            let tick = (820 + 12 * Double(code.place) + swing + 6 * sin(97 * end)).rounded()
            end += tick / 1024
            ticks.append(UInt16(tick))
            ends.append(end)
        }
        var beat = 0
        for second in 1...Int(length) {
            let first = beat
            while beat < ends.count, ends[beat] <= Double(second) {
                record.beats.append(
                    BeatRecord(
                        code: code,
                        beat: Beat(
                            sequence: beat + 1, ticks: ticks[beat], end: ends[beat], contact: .unknown, flag: .ok,
                            segment: 1, packet: second)))
                beat += 1
            }
            let intervals = ticks[first..<beat].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            record.packets.append(
                PacketRecord(
                    code: code, number: second, t: Double(second),
                    utc: record.info.started.advanced(by: .seconds(second)), strap: strap,
                    bytes: [0x10, 72] + intervals))
        }
        let series = BeatSeries(rr: ticks.map { Double($0) * 1000 / 1024 })
        for update in Analysis.updates(of: series, options: AnalysisOptions()) {
            let band = update.result.map { CoherenceBands.standard.band(of: $0.score) }
            record.coherence.append(
                CoherenceRecord(
                    code: code,
                    reading: CoherenceReading(
                        t: update.t, score: update.result?.score, pct: update.result?.pct, ratio: update.result?.ratio,
                        peakHz: update.result?.peakHz, band: band, clean: update.clean, reason: update.reason,
                        note: update.note, heartRate: 72)))
        }
    }
}
