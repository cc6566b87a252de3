internal import HeartRate

/// A strap on a heart: makes packets of beats, once a second at its own moment.
struct VirtualStrap: Sendable {
    /// Seconds between packets.
    static let interval = 1.0
    /// How many different moments of a second straps send at.
    ///
    /// A class shares them, because a simulator spends more on waking up than on sending.
    private static let moments = 10.0
    /// How many intervals the heart rate it shows is the mean of.
    private static let averaged = 8
    /// Every which packet carries the energy expended.
    private static let energyEvery = 10

    let plan: StrapPlan
    /// At which part of a second it sends, 0 to 1.
    let moment: Double
    private var heart: Heart
    private var recent: [UInt16] = []
    private var waiting: [UInt16] = []
    private var made = 0
    private var sent = 0
    private var energySince = 0.0

    init(plan: StrapPlan, schedule: PacerSchedule, random: inout SplitMix64) {
        self.plan = plan
        moment = (random.uniform() * Self.moments).rounded(.down) / Self.moments
        heart = Heart(parameters: plan.heart, schedule: schedule, seed: random.next())
    }

    /// The first moment to send at after `seconds`.
    func firstPacket(after seconds: Double) -> Double {
        (seconds - moment).rounded(.down) + moment + Self.interval
    }

    /// Lets beats until `seconds` pass unheard.
    mutating func skip(to seconds: Double) {
        waiting = []
        observe(heart.intervals(until: seconds))
    }

    /// The packet that is due at `seconds`.
    mutating func packet(at seconds: Double) -> StrapPacket {
        let beats = heart.intervals(until: seconds)
        observe(beats)
        made += 1
        var packet = StrapPacket(
            heartRate: heartRate, isWide: plan.sendsWideHeartRate || heartRate > 255, contact: plan.contact)
        if plan.sendsEnergy, made.isMultiple(of: Self.energyEvery) { packet.energy = energy(at: seconds) }
        guard plan.sendsRR else { return packet }
        waiting += beats
        packet.rrTicks = Array(waiting.prefix(packet.capacity))
        waiting.removeFirst(min(packet.capacity, waiting.count))
        return packet
    }

    /// What to note of a packet that is sent now.
    mutating func record(of packet: StrapPacket, at seconds: Double) -> TruthRecord {
        sent += 1
        return TruthRecord(
            seconds: seconds, strap: plan.name, address: plan.address, sequence: sent, heartRate: packet.heartRate,
            rrTicks: packet.rrTicks ?? [])
    }

    /// What to note of bytes that a fault sends now.
    mutating func record(of raw: [UInt8], at seconds: Double) -> TruthRecord {
        sent += 1
        var record = TruthRecord(
            seconds: seconds, strap: plan.name, address: plan.address, sequence: sent, heartRate: nil, rrTicks: [],
            raw: raw)
        do {
            let measurement = try Measurement(bytes: raw)
            record.heartRate = measurement.heartRate
            record.rrTicks = measurement.rrTicks
        } catch {
            // The bytes are meant to be bad; then they hold neither heart rate nor beats.
            return record
        }
        return record
    }

    /// Begins counting energy anew.
    mutating func resetEnergy(at seconds: Double) {
        energySince = seconds
    }

    private mutating func observe(_ beats: [UInt16]) {
        recent = Array((recent + beats.suffix(Self.averaged)).suffix(Self.averaged))
    }

    private var heartRate: Int {
        guard !recent.isEmpty else { return Int(plan.heart.meanRate.rounded()) }
        let mean = Double(recent.reduce(0) { $0 + Int($1) }) / Double(recent.count)
        return Int((60 * 1024 / mean).rounded())
    }

    /// About 5 kJ a minute at 70 beats a minute.
    private func energy(at seconds: Double) -> Int {
        Int((seconds - energySince) * plan.heart.meanRate * 0.0012)
    }
}
