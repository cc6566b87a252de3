/// One strap on one heart, without a class or a bus around it.
///
/// It follows the model of ``Heart`` and sends what a chest strap sends: contact, RR intervals, and the energy expended
/// in every tenth packet.
public struct SoleStrap: Sendable {
    /// What it says at one moment.
    public struct Packet: Sendable, Hashable {
        /// The value of 0x2A37, at most 20 bytes.
        public var bytes: [UInt8]
        /// Heart rate, beats a minute.
        public var heartRate: Int
        /// RR intervals since the packet before, 1/1024 s, oldest first.
        public var rrTicks: [UInt16]
    }

    private var strap: VirtualStrap

    /// A strap on a heart at second zero.
    /// - Parameters:
    ///   - heart: the heart.
    ///   - pacer: when a pacer leads its breath.
    ///   - seed: the same seed gives the same beats.
    public init(heart: HeartParameters, pacer: PacerSchedule, seed: UInt64) {
        var plan = StrapPlan(name: "", address: "")
        plan.heart = heart
        plan.sendsEnergy = true
        var random = SplitMix64(seed: seed)
        strap = VirtualStrap(plan: plan, schedule: pacer, random: &random)
    }

    /// The packet that is due at `seconds` since second zero; later from call to call.
    public mutating func packet(at seconds: Double) -> Packet {
        let packet = strap.packet(at: seconds)
        return Packet(bytes: packet.bytes, heartRate: packet.heartRate, rrTicks: packet.rrTicks ?? [])
    }

    /// Lets the beats until `seconds` pass unheard.
    public mutating func skip(to seconds: Double) {
        strap.skip(to: seconds)
    }

    /// Begins to count the energy expended anew.
    public mutating func resetEnergy(at seconds: Double) {
        strap.resetEnergy(at: seconds)
    }
}
