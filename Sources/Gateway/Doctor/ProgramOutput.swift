import Glibc
import Programs

/// Asks another program something on its command line.
enum ProgramOutput {
    /// What a program writes to its standard output; nil when it cannot be run or does not end in time.
    /// - Parameters:
    ///   - arguments: its path and its arguments.
    ///   - limit: how long it may take, in the machine's time.
    /// - Returns: its output, at most 4096 bytes.
    static func of(_ arguments: [String], within limit: Duration) async -> String? {
        await withCheckedContinuation { continuation in
            // Waiting for a pipe blocks, so it happens on a thread of its own.
            BackgroundThread.start { continuation.resume(returning: run(arguments, within: limit)) }
        }
    }

    private static func run(_ arguments: [String], within limit: Duration) -> String? {
        var ends: [Int32] = [-1, -1]
        guard let path = arguments.first, pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        var child = ChildProgram(path, Array(arguments.dropFirst()))
        child.output = .descriptor(ends[1])
        child.isApart = false
        let identifier = try? child.start()
        close(ends[1])
        guard let identifier else { return nil }
        let output = read(ends[0], within: limit)
        if output == nil { kill(identifier, SIGKILL) }
        return ChildEnding.wait(for: identifier) == .exited(0) ? output : nil
    }

    /// Everything until the end of the pipe; nil when the time is over before.
    private static func read(_ descriptor: Int32, within limit: Duration) -> String? {
        let end = ContinuousClock.now.advanced(by: limit)
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 512)
        while output.count < 4096 {
            let left = ContinuousClock.now.duration(to: end)
            guard left > .zero else { return nil }
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
            guard poll(&request, 1, Int32(clamping: milliseconds + 1)) > 0 else { continue }
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count <= 0 { break }
            output += buffer.prefix(count)
        }
        return String(decoding: output, as: UTF8.self)
    }
}
