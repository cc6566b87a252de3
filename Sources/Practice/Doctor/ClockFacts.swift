/// What was seen of the clock.
public struct ClockFacts: Sendable, Hashable {
    /// Whether the kernel's clock follows a time source; nil when it does not tell.
    public var isSynced: Bool?
    /// Local time's offset from UTC, seconds.
    public var zoneOffsetSeconds: Int

    /// Puts facts together.
    public init(isSynced: Bool?, zoneOffsetSeconds: Int) {
        self.isSynced = isSynced
        self.zoneOffsetSeconds = zoneOffsetSeconds
    }
}
