/// Something the event loop serves; every function is called on the loop's thread only.
protocol EventSource: AnyObject, Sendable {
    /// The kernel says that one of the source's file descriptors is ready.
    /// - Parameters:
    ///   - fileDescriptor: the one.
    ///   - events: `EPOLLIN` and the like.
    func ready(_ fileDescriptor: Int32, _ events: UInt32)

    /// Called once in every turn of the loop: does what has become due by now.
    /// - Parameter now: the machine's monotonic time, in nanoseconds.
    /// - Returns: when the source wants to be called again at the latest, on the same clock; nil: never.
    func settle(_ now: UInt64) -> UInt64?
}
