import CLibFuzzer
import Dispatch
import FuzzEntries
import Glibc
import Synchronization

/// Hands libFuzzer the entry that the environment names.
@main
enum Main {
    static func main() {
        guard FuzzEntry.all.contains(where: { $0.name == wanted }) else {
            let names = FuzzEntry.all.map(\.name).joined(separator: "\n")
            print(wanted == "list" ? names : "FUZZ_TARGET='\(wanted)' is none of:\n\(names)")
            exit(wanted == "list" ? 0 : 64)
        }
        var count = CommandLine.argc
        var words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(
            LLVMFuzzerRunDriver(&count, &words) { start, count in
                Main.take(Array(UnsafeBufferPointer(start: start, count: count)))
                return 0
            })
    }

    private static let wanted = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? "list"
    private static let work = FuzzEntry.all.first { $0.name == wanted }?.work

    /// Ends the program where something that must hold does not; libFuzzer keeps the input.
    private static func take(_ bytes: [UInt8]) {
        do {
            switch work {
            case .direct(let take): try take(bytes)
            case .waiting(let take): try wait { try await take(bytes) }
            case nil: break
            }
        } catch {
            let sentence = "claimed in vain: \(error)\n"
            _ = write(STDERR_FILENO, sentence, sentence.utf8.count)
            abort()
        }
    }

    private static func wait(_ work: @escaping @Sendable () async throws -> Void) throws {
        let end = Ending()
        let done = DispatchSemaphore(value: 0)
        Task {
            do { try await work() } catch { end.failure.withLock { $0 = error } }
            done.signal()
        }
        done.wait()
        if let failure = end.failure.withLock({ $0 }) { throw failure }
    }

    private final class Ending: Sendable {
        let failure = Mutex<(any Error)?>(nil)
    }
}
