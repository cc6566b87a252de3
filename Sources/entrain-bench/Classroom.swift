import Glibc

/// Runs the real binary with many virtual straps and asks the kernel what its process took.
struct Classroom {
    let straps: Int
    let seconds: Int

    struct Usage {
        var processorShare: Double
        var peakMegabytes: Double
    }

    func run() throws -> Usage {
        let program = Processes.neighbour("entrain")
        let folder = "/tmp/entrain-bench.\(getpid())"
        defer { try? Processes.run(["rm", "-rf", folder]) }
        let simulator = try Processes.Simulator(program, ["--straps", "\(straps)"])
        defer { simulator.stop() }
        let start = ContinuousClock().now
        let session = try Processes.spawn(
            [
                program, "session", "start", "bench", "--size", "\(straps)", "--any", "--consent-on-paper", "--minutes",
                "\(Double(seconds) / 60)", "--screen", "off", "--data", folder,
            ], environment: simulator.environment)
        let usage = try Processes.wait(for: session)
        let elapsed = (ContinuousClock().now - start).components
        let wall = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
        let busy = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
        return Usage(processorShare: busy / wall, peakMegabytes: Double(usage.ru_maxrss) / 1024)
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
