import Glibc
import Terminal

/// Lines on stdout, written as fast as somebody reads them; nobody waits for that.
actor LineOutlet {
    /// How often it is looked whether somebody reads again, machine time.
    private static let pause = Duration.milliseconds(50)
    /// How much waits for a reader at most, bytes.
    private static let most = 16 << 20
    /// How long nothing may be read at the end, machine time: of a terminal, and of what is behind a pipe.
    private static let patience = (terminal: Duration.seconds(2), pipe: Duration.seconds(30))

    private let output = NonblockingOutput(STDOUT_FILENO)
    private var waiting: ArraySlice<UInt8> = []
    private var isRead = true
    private var pump: Task<Void, Never>?

    /// Adds a line.
    /// - Returns: whether there is still somebody to read it.
    func add(_ line: String) -> Bool {
        guard isRead else { return false }
        waiting += Array((line + "\n").utf8)
        send()
        if waiting.count > Self.most { isRead = false }
        if isRead, !waiting.isEmpty, pump == nil { pump = Task { await run() } }
        return isRead
    }

    /// Waits until everything is read, for as long as somebody goes on reading.
    /// - Returns: whether everything was.
    func finish() async -> Bool {
        pump?.cancel()
        let patience = StandardOutput.isTerminal ? Self.patience.terminal : Self.patience.pipe
        var limit = ContinuousClock.now.advanced(by: patience)
        while isRead, !waiting.isEmpty, ContinuousClock.now < limit {
            let before = waiting.count
            send()
            if waiting.count < before { limit = ContinuousClock.now.advanced(by: patience) }
            do { try await Task.sleep(for: Self.pause) } catch { break }
        }
        return isRead && waiting.isEmpty
    }

    private func run() async {
        while isRead, !waiting.isEmpty {
            do { try await Task.sleep(for: Self.pause) } catch { return }
            send()
        }
        pump = nil
    }

    private func send() {
        do {
            waiting = waiting.dropFirst(try output.write(waiting))
            if waiting.isEmpty { waiting = [] }
        } catch {
            isRead = false
            waiting = []
        }
    }
}
