/// One packet of a pretended strap.
public struct PretendPacket: Sendable, Hashable {
    /// The value of the Heart Rate Measurement characteristic, 0x2A37.
    public var bytes: [UInt8]
    /// Heart rate, beats a minute.
    public var heartRate: Int
    /// RR intervals since the packet before, 1/1024 s, oldest first.
    public var rrTicks: [UInt16]

    /// Makes a packet.
    public init(bytes: [UInt8], heartRate: Int, rrTicks: [UInt16]) {
        self.bytes = bytes
        self.heartRate = heartRate
        self.rrTicks = rrTicks
    }
}

/// Where the packets of a pretended strap come from: a heart that goes on whether anybody listens or not.
public protocol PacketSource: Sendable {
    /// The packet that is due at `seconds` since the start; later from call to call.
    mutating func packet(at seconds: Double) -> PretendPacket

    /// Lets the beats until `seconds` pass, for nobody listens.
    mutating func skip(to seconds: Double)

    /// Begins to count the energy expended anew.
    mutating func resetEnergy(at seconds: Double)
}
