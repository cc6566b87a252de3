import Glibc
import HRV
import HeartRate

/// Measures what the README claims, on this machine, now.
///
/// Figures are medians of several runs.
@main
enum Bench {
    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        switch words.first {
        case nil: await everything()
        case "store" where words.count <= 3: await store(words.dropFirst().map(Int.init))
        case "soak" where words.count == 1: soak()
        case "service" where words.count == 1: service()
        case "isolation" where words.count == 1: await isolation()
        case "allocations" where words.count == 1: exit(LiveMemory.isSteady() ? 0 : 1)
        default: recording(words)
        }
    }

    private static func everything() async {
        print("entrain-bench: medians on this machine; quote them only from an idle one\n")
        decode()
        coherence()
        wholeFile()
        _ = LiveMemory.isSteady()
        await isolation()
        await store([])
        classroom()
        soak()
        service()
    }

    /// What people wait for, with a store of many sessions of eight students: 500 of half an hour, where nobody says else.
    private static func store(_ numbers: [Int?]) async {
        guard numbers.allSatisfy({ ($0 ?? 0) > 0 }) else { usage() }
        let sessions = numbers.first.flatMap { $0 } ?? 500
        let minutes = numbers.dropFirst().first.flatMap { $0 } ?? 30
        do {
            try await StoreBench(sessions: sessions, minutes: minutes).run()
        } catch {
            print("store: \(error)")
            exit(1)
        }
    }

    /// Whether actors stay on their executor in this code, which is optimised.
    private static func isolation() async {
        do {
            try await Isolation.prove()
        } catch {
            print("isolation: \(error)")
            exit(1)
        }
    }

    private static func usage() -> Never {
        print(
            """
            usage: entrain-bench [allocations | isolation | soak | service]
                   entrain-bench store [SESSIONS [MINUTES]]
                   entrain-bench analyze FILE [keep]
            """)
        exit(64)
    }

    /// Two hours of sixty codes on the bus with a subscriber each, thirty times as fast as life.
    private static func service() {
        do {
            try ServiceSoak(codes: 60, minutes: 120, speed: 30).run()
        } catch {
            print("service: \(error)")
            exit(1)
        }
    }

    /// Two hours of sixty hearts, thirty times as fast as life.
    private static func soak() {
        do {
            try Soak(straps: 60, minutes: 120, speed: 30).run()
        } catch {
            print("soak: \(error)")
            exit(1)
        }
    }

    /// `entrain-bench analyze FILE [keep]`: the analysis of one file, timed in this process.
    private static func recording(_ words: [String]) {
        guard words[0] == "analyze", words.count == 2 || words.count == 3, words.count < 3 || words[2] == "keep" else {
            usage()
        }
        do {
            try RecordingBench(path: words[1], artifacts: words.count == 3 ? .keep : .correct).run()
        } catch {
            print("entrain-bench: \(error)")
            exit(1)
        }
    }

    /// The decoder, on a packet with two intervals, the usual one.
    private static func decode() {
        let packet: [UInt8] = [0x16, 72, 0x3C, 0x03, 0x3F, 0x03]
        let count = 2_000_000
        var intervals = 0
        let seconds = Stopwatch.median(of: 7) {
            for _ in 0..<count {
                guard let measurement = try? Measurement(bytes: packet) else { return }
                intervals &+= measurement.rrTicks.count
            }
        }
        precondition(intervals > 0)
        report("decode 0x2A37", Double(count) / seconds / 1e6, "million packets/s", target: "at least 5")
    }

    /// One coherence update from beats, warm.
    private static func coherence() {
        let beats = Series.breathing(seconds: 80)
        var engine = CoherenceEngine()
        var score = 0.0
        let count = 2000
        let seconds = Stopwatch.median(of: 7) {
            for _ in 0..<count {
                score += engine.coherence(intervals: beats.rr, endTimes: beats.endTimes)?.score ?? 0
            }
        }
        precondition(score > 0)
        report("coherence update", seconds / Double(count) * 1e6, "us", target: "at most 20")
    }

    /// Everything `entrain analyze` computes, on five minutes.
    private static func wholeFile() {
        let series = BeatSeries(rr: Series.breathing(seconds: 300).rr)
        var beats = 0
        let seconds = Stopwatch.median(of: 7) {
            for _ in 0..<20 { beats += Analysis(series).beats }
        }
        precondition(beats > 0)
        report("analysis of 5 minutes", seconds / 20 * 1e3, "ms", target: "at most 0.7")
    }

    /// Sixty straps at speed 1: what the gateway's own process takes.
    private static func classroom() {
        do {
            let usage = try Classroom(straps: 60, seconds: 60).run()
            report("60 straps, processor", usage.processorShare * 100, "% of a core", target: "under 2")
            report("60 straps, memory", usage.peakMegabytes, "MB at most", target: "under 60")
        } catch {
            print("60 straps: \(error)")
        }
    }

    static func report(_ name: String, _ value: Double, _ unit: String, target: String) {
        let digits = value < 10 ? (value * 100).rounded() / 100 : (value * 10).rounded() / 10
        let padded = name + String(repeating: " ", count: max(1, 26 - name.count))
        print("  \(padded)\(digits) \(unit)\(target.isEmpty ? "" : "   (\(target))")")
    }
}

/// Monotonic time around a piece of work.
enum Stopwatch {
    static func seconds(_ work: () -> Void) -> Double {
        let clock = ContinuousClock()
        let parts = clock.measure(work).components
        return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }

    /// What the processor spent on a piece of work in this thread.
    static func processorSeconds(_ work: () -> Void) -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let start = now()
        work()
        return now() - start
    }

    static func median(of runs: Int, _ work: () -> Void) -> Double {
        work()
        return (0..<runs).map { _ in seconds(work) }.sorted()[runs / 2]
    }
}

/// Intervals of somebody who breathes six times a minute, by formula.
enum Series {
    static func breathing(seconds: Double) -> (rr: [Double], endTimes: [Double]) {
        var rr: [Double] = []
        var endTimes: [Double] = []
        var time = 0.0
        while time < seconds {
            let swing = 60 * sin(2 * .pi * 0.1 * time) + 15 * sin(2 * .pi * 0.27 * time + 1)
            let interval = (850 + swing + 5 * sin(97 * time)).rounded()
            time += interval / 1000
            rr.append(interval)
            endTimes.append(time)
        }
        return (rr, endTimes)
    }
}
