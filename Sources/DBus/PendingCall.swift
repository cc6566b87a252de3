/// A call that waits for its reply.
struct PendingCall {
    /// What was called.
    let call: MethodCall
    /// When waiting ends, in nanoseconds of the machine's monotonic clock.
    let deadline: UInt64
    /// Told once, on the loop's thread, before any message that came after the reply is looked at.
    let complete: (Result<Reply, DBusError>) -> Void
}
