import DBus
import Dispatch
import Gateway
import Glibc
import Practice
import Synchronization

/// A session with many codes on the bus and a subscriber for each, for hours at high speed: readings come at most once a
/// second, every beat once and in order, and memory stays flat.
struct ServiceSoak {
    let codes: Int
    let minutes: Int
    let speed: Int

    /// How much the session's memory may grow from its first quarter to its last, MB.
    static let mostGrowth = 15

    /// What one subscriber got.
    struct Heard: Sendable {
        var readings = 0
        var beats = 0
        var disordered = 0
        var leastGap = Double.infinity
        private var newest = -Double.infinity
        private var newestBeat = -Double.infinity

        mutating func add(_ reading: CodeReading) {
            readings += 1
            leastGap = min(leastGap, reading.moment.t - newest)
            newest = reading.moment.t
            for beat in reading.beats {
                beats += 1
                if beat.t <= newestBeat { disordered += 1 }
                newestBeat = beat.t
            }
        }
    }

    func run() throws {
        let folder = "/tmp/entrain-service.\(getpid())"
        try Processes.run(["mkdir", "-p", folder])
        defer { try? Processes.run(["rm", "-rf", folder]) }
        let program = Processes.neighbour("entrain")
        let simulator = try Processes.Simulator(program, ["--straps", "\(codes)", "--speed", "\(speed)"])
        defer { simulator.stop() }
        let session = try Processes.spawn(
            [
                program, "session", "start", "soak", "--size", "\(codes)", "--any", "--consent-on-paper", "--minutes",
                "\(minutes)", "--screen", "off", "--data", "\(folder)/data",
            ], environment: simulator.environment)
        guard let bus = simulator.environment["DBUS_SYSTEM_BUS_ADDRESS"] else {
            throw Trouble(description: "the simulator told no bus")
        }
        let listening = Listening(bus: bus, codes: codes)
        let memory = try Soak.follow(session, seconds: Double(minutes * 60 / speed))
        let heard = listening.end()
        try tell(heard, memory)
    }

    private func tell(_ heard: [Heard], _ memory: [Int]) throws {
        let readings = heard.map(\.readings)
        let gap = heard.map(\.leastGap).min() ?? 0
        let disordered = heard.reduce(0) { $0 + $1.disordered }
        print(
            """
              \(codes) codes on the bus for \(minutes) min at speed \(speed), a subscriber each: \
            \(readings.min() ?? 0) to \(readings.max() ?? 0) readings a code, \
            \(heard.reduce(0) { $0 + $1.beats }) beats told
                least time between two readings of a code: \((gap * 1000).rounded() / 1000) s; beats out of order or \
            twice: \(disordered)
                memory of the session after each quarter: \(memory.map { "\($0)" }.joined(separator: ", ")) MB
            """)
        let growth = (memory.last ?? 0) - (memory.first ?? 0)
        guard heard.count == codes, readings.allSatisfy({ $0 > 0 }) else {
            throw Trouble(description: "\(heard.count) codes of \(codes) were heard")
        }
        guard gap >= 0.999 else { throw Trouble(description: "readings came \(gap) s after each other") }
        guard disordered == 0 else { throw Trouble(description: "\(disordered) beats out of order or twice") }
        guard growth <= Self.mostGrowth else { throw Trouble(description: "memory grew by \(growth) MB") }
    }

    /// Subscribers of all codes of the first session on a bus.
    private final class Listening: Sendable {
        private let done = DispatchSemaphore(value: 0)
        private let heard = Mutex<[Heard]>([])

        init(bus: String, codes: Int) {
            Task.detached { [self] in
                let client = await GatewayClient.open([.address(bus)])
                let all = await Self.listen(client, codes: codes)
                await client.close()
                heard.withLock { $0 = all }
                done.signal()
            }
        }

        /// Waits until the session has left the bus.
        func end() -> [Heard] {
            done.wait()
            return heard.withLock { $0 }
        }

        private static func listen(_ client: GatewayClient, codes: Int) async -> [Heard] {
            var session: GatewaySession?
            let limit = ContinuousClock.now.advanced(by: .seconds(60))
            while session == nil, ContinuousClock.now < limit {
                session = await client.sessions().first { $0.codes.count == codes }
                if session == nil { try? await Task.sleep(for: .milliseconds(100)) }
            }
            guard let session else { return [] }
            return await withTaskGroup(of: Heard.self) { group in
                for code in session.codes {
                    group.addTask {
                        var heard = Heard()
                        // A code that cannot be read has no readings, which is told.
                        guard let readings = try? await client.readings(of: code, in: session) else { return heard }
                        for await reading in readings { heard.add(reading) }
                        return heard
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
    }
}
