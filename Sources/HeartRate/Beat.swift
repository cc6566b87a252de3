/// One beat as a strap told it, placed on the session's time line.
public struct Beat: Sendable, Hashable {
    /// What the ledger thinks of a beat.
    public enum Flag: String, Sendable, Hashable, CaseIterable {
        /// Follows the beat before it.
        case ok
        /// Beats are missing before it: the first of a segment that follows another.
        case gapBefore = "gap-before"
        /// Older than the subscription: kept, but outside every sum and number.
        case flushed
    }

    /// Running number within a code, from 1.
    public var sequence: Int
    /// The interval as sent, 1/1024 s; never 0.
    public var ticks: UInt16
    /// End of the interval, seconds from the session's start; nil for a flushed beat, whose time nobody knows.
    public var end: Double?
    /// Skin contact in its packet.
    public var contact: Contact
    /// What the ledger thinks of it.
    public var flag: Flag
    /// The gap-free stretch it belongs to, from 1.
    public var segment: Int
    /// Number of the packet it came in, from 1; 0 for a beat of an imported file.
    public var packet: Int
    /// The interval as an imported file has it, ms; nil for a beat that a strap sent, or a file with the strap's ticks.
    ///
    /// `ticks` is the nearest tick then, and no number rests on it.
    public var importedMilliseconds: Double?

    /// Makes a beat.
    public init(
        sequence: Int, ticks: UInt16, end: Double?, contact: Contact, flag: Flag, segment: Int, packet: Int,
        importedMilliseconds: Double? = nil
    ) {
        self.sequence = sequence
        self.ticks = ticks
        self.end = end
        self.contact = contact
        self.flag = flag
        self.segment = segment
        self.packet = packet
        self.importedMilliseconds = importedMilliseconds
    }

    /// The interval in milliseconds: `ticks * 1000 / 1024`, exact in binary, or what an imported file says.
    public var milliseconds: Double { importedMilliseconds ?? Measurement.milliseconds(ticks: ticks) }
}
