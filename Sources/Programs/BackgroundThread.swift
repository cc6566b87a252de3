internal import Glibc

/// A thread for what blocks: a child's end, a pipe, a terminal.
public enum BackgroundThread {
    /// Runs `work` on a thread of its own; it lives until `work` returns or the process ends.
    public static func start(_ work: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Work(work)).toOpaque()
        var thread = pthread_t()
        let status = pthread_create(&thread, nil, runWork, box)
        if status == 0 {
            pthread_detach(thread)
        } else {
            _ = runWork(box)
        }
    }
}

private final class Work: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func runWork(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run()
    return nil
}
