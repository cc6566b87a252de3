public import Practice

/// A session that this process records.
///
/// While it lives, other processes see the session running; when it goes away
/// without `Store.end`, they see it interrupted.
public final class SessionHandle: Sendable {
    /// The session, under the name it was given.
    public let info: SessionInfo
    /// Takes what is to be kept.
    public let writer: SessionWriter

    let id: Int64
    let lock: SessionLock

    /// Says at which message bus the session can be led from, for as long as it runs.
    public func tell(bus address: String) { lock.tell(address) }

    init(info: SessionInfo, writer: SessionWriter, id: Int64, lock: SessionLock) {
        self.info = info
        self.writer = writer
        self.id = id
        self.lock = lock
    }
}
