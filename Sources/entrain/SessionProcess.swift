import DBus
import Gateway
import Glibc
import Practice
import Programs
import Synchronization

/// `entrain session start` as a process of its own: the same checks, the same sentences, and its crash is its own.
final class SessionProcess: LaunchedSession {
    /// How much of what it says is kept for the one who asked for it, bytes.
    static let longestWords = 4000

    let identifier: Int32
    private let ending: Mutex<Ending>

    private struct Ending {
        var result: (status: Int32, words: String)?
        var waiters: [CheckedContinuation<(status: Int32, words: String), Never>] = []
    }

    /// Starts it.
    /// - Parameters:
    ///   - request: what was asked for.
    ///   - data: the data folder.
    ///   - isUnsafeMeant: whether that folder may lie where it is not this computer's alone.
    ///   - bus: the bus on which the session is offered.
    /// - Throws: `Spawn.Failed` when the system has no process to give.
    init(_ request: SessionRequest, data: String, isUnsafeMeant: Bool, bus: String) throws(DBusError) {
        var descriptors: [Int32] = [0, 0]
        guard pipe(&descriptors) == 0 else { throw Self.failed(errno) }
        for descriptor in descriptors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        do {
            let arguments = Self.arguments(request, data: data, isUnsafeMeant: isUnsafeMeant)
            identifier = try Self.spawn(arguments, bus: bus, errors: descriptors[1])
        } catch {
            close(descriptors[0])
            close(descriptors[1])
            throw error
        }
        close(descriptors[1])
        ending = Mutex(Ending())
        let reader = descriptors[0]
        BackgroundThread.start { self.watch(reader) }
    }

    func stop() { kill(identifier, SIGTERM) }

    func ended() async -> (status: Int32, words: String) {
        await withCheckedContinuation { continuation in
            let known = ending.withLock { ending in
                if ending.result == nil { ending.waiters.append(continuation) }
                return ending.result
            }
            if let known { continuation.resume(returning: known) }
        }
    }

    /// Reads what it says to its end, and takes its status.
    private func watch(_ reader: Int32) {
        var words: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1024)
        while true {
            let count = read(reader, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            words = (words + buffer.prefix(count)).suffix(Self.longestWords)
        }
        close(reader)
        let status = ChildEnding.wait(for: identifier)?.shellStatus ?? 1
        let text = String(decoding: words, as: UTF8.self).split(separator: "\n").map { line in
            line.hasPrefix("entrain: ") ? line.dropFirst("entrain: ".count) : line
        }.joined(separator: "\n")
        let result = (status: status, words: text)
        let waiters = ending.withLock { ending in
            ending.result = result
            defer { ending.waiters = [] }
            return ending.waiters
        }
        for waiter in waiters { waiter.resume(returning: result) }
    }

    private static func arguments(_ request: SessionRequest, data: String, isUnsafeMeant: Bool) -> [String] {
        var arguments = [
            "session", "start", request.group.text, "--screen", "off", "--no-slips", "--data", data,
        ]
        if isUnsafeMeant { arguments.append("--unsealed-anyway") }
        if let script = request.script { arguments += ["--script", script] }
        if let minutes = request.minutes { arguments += ["--minutes", "\(minutes)"] }
        if let size = request.size { arguments += ["--size", "\(size)"] }
        if request.givesStraps { arguments.append("--any") }
        if request.hasConsentOnPaper { arguments.append("--consent-on-paper") }
        if !request.without.isEmpty {
            arguments += ["--without", request.without.map(\.description).joined(separator: ",")]
        }
        if !request.adapters.isEmpty { arguments += ["--adapters", request.adapters.joined(separator: ",")] }
        return arguments
    }

    private static func spawn(_ arguments: [String], bus: String, errors: Int32) throws(DBusError) -> Int32 {
        var child = ChildProgram("/proc/self/exe", arguments)
        child.name = "entrain"
        child.errors = .descriptor(errors)
        // What the manager wants to hear, it wants to hear of the gateway.
        child.removed = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"]
        child.added = [ServiceBus.variable: bus]
        do { return try child.start() } catch { throw failed(error.code) }
    }

    private static func failed(_ code: Int32) -> DBusError {
        DBusError(name: DBusError.Name.spawnFailed, message: ChildFailure(code: code).description)
    }
}
