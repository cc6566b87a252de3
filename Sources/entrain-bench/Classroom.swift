import Glibc

/// Runs the real binary with many virtual straps and asks the kernel what its process took.
struct Classroom {
    let straps: Int
    let seconds: Int

    struct Usage {
        var processorShare: Double
        var peakMegabytes: Double
    }

    struct Trouble: Error, CustomStringConvertible {
        var description: String
    }

    func run() throws -> Usage {
        let program = Self.neighbour("entrain")
        let folder = "/tmp/entrain-bench.\(getpid())"
        defer { _ = try? Self.wait(for: Self.spawn(["rm", "-rf", folder], output: -1, environment: [])) }
        var pipeEnds: [Int32] = [0, 0]
        guard pipe(&pipeEnds) == 0 else { throw Trouble(description: "no pipe") }
        let simulator = try Self.spawn(
            [program, "sim", "--straps", "\(straps)"], output: pipeEnds[1], environment: [])
        close(pipeEnds[1])
        defer {
            kill(simulator, SIGTERM)
            _ = try? Self.wait(for: simulator)
        }
        let environment = try Self.exports(from: pipeEnds[0], count: 2)
        let start = ContinuousClock().now
        let session = try Self.spawn(
            [
                program, "session", "start", "bench", "--size", "\(straps)", "--any", "--consent-on-paper", "--minutes",
                "\(Double(seconds) / 60)", "--screen", "off", "--data", folder,
            ], output: -1, environment: environment)
        let usage = try Self.wait(for: session)
        let elapsed = (ContinuousClock().now - start).components
        let wall = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
        let busy = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
        return Usage(processorShare: busy / wall, peakMegabytes: Double(usage.ru_maxrss) / 1024)
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

    /// A program beside this one.
    private static func neighbour(_ name: String) -> String {
        let own = CommandLine.arguments[0]
        guard let slash = own.lastIndex(of: "/") else { return name }
        return own[..<slash] + "/" + name
    }

    /// Reads `export NAME='value'` lines.
    private static func exports(from descriptor: Int32, count: Int) throws -> [String] {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count(where: { $0 == UInt8(ascii: "\n") }) < count {
            guard read(descriptor, &byte, 1) == 1 else { throw Trouble(description: "the simulator did not start") }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
            line.dropFirst("export ".count).filter { $0 != "'" }
        }
    }

    private static func spawn(_ arguments: [String], output: Int32, environment: [String]) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if output >= 0 {
            posix_spawn_file_actions_adddup2(&actions, output, 1)
        } else {
            posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        }
        let words = arguments.map { strdup($0) } + [nil]
        var inherited: [UnsafeMutablePointer<CChar>?] = []
        var place = environ
        while let entry = place.pointee {
            inherited.append(strdup(entry))
            place += 1
        }
        let variables = environment.map { strdup($0) } + inherited + [nil]
        defer { for pointer in words + variables { free(pointer) } }
        var identifier: pid_t = 0
        let code = posix_spawnp(&identifier, arguments[0], &actions, nil, words, variables)
        guard code == 0 else {
            throw Trouble(description: "cannot run \(arguments[0]): \(String(cString: strerror(code)))")
        }
        return identifier
    }

    private static func wait(for identifier: pid_t) throws -> rusage {
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(identifier, &status, 0, &usage) == identifier else {
            throw Trouble(description: "no child to wait for")
        }
        return usage
    }
}
