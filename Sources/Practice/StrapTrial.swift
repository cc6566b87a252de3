import HRV
public import HeartRate

/// Listens to one strap for a while and keeps what is needed to judge it.
public struct StrapTrial: Sendable {
    /// What was heard.
    public struct Result: Sendable, Hashable {
        /// How long the strap was listened to, seconds; 0 when no valid packet came.
        public var seconds = 0.0
        /// Notifications that came.
        public var packets = 0
        /// Those that could not be read.
        public var unreadable = 0
        /// Newest heart rate, beats a minute; nil for none.
        public var heartRate: Int?
        /// Beat intervals (RR), older ones that the strap had kept not counted.
        public var beats = 0
        /// Newest word on skin contact; nil before the first packet.
        public var contact: Contact?
        /// Stretches in which beats are missing.
        public var gaps = 0
        /// Times the link was lost or silent for too long.
        public var losses = 0
        /// Longest silence between two packets, seconds.
        public var longestSilence = 0.0
        /// Whether it seems to send milliseconds in place of 1/1024 s.
        public var isUnitSuspect = false
        /// Share of sound beats, 0 to 1; nil with too few beats to tell.
        public var clean: Double?
        /// Battery, per cent; nil when it does not tell.
        public var battery: Int?
        /// Signal when it last advertised, dBm; nil when it was not heard.
        public var rssi: Int?
        /// From the first word of it until the first valid packet, seconds; nil when none came.
        public var secondsToConnect: Double?
        /// The adapter that held it; nil when none did.
        public var adapter: String?
        /// What the radio advised last; nil for nothing.
        public var trouble: String?

        /// Nothing heard.
        public init() {}
    }

    /// What was heard until now.
    public private(set) var result = Result()

    private var ledger = BeatLedger()
    private var analysis = LiveAnalysis()
    private var segment = 0
    private var number = 0
    private var last: Double?

    /// A trial that has heard nothing.
    public init() {}

    /// Notifications are about to begin on a new link.
    public mutating func beginLink(at t: Double) {
        take(ledger.beginSegment(at: t))
        last = nil
    }

    /// The link was lost, or nothing came over it for too long.
    public mutating func lose() {
        result.losses += 1
        last = nil
    }

    /// Takes a notification.
    /// - Parameters:
    ///   - bytes: its value.
    ///   - t: when it was read, seconds.
    public mutating func add(_ bytes: [UInt8], at t: Double) {
        result.packets += 1
        number += 1
        if let last { result.longestSilence = max(result.longestSilence, t - last) }
        last = t
        let measurement: Measurement
        do {
            measurement = try Measurement(bytes: bytes)
        } catch {
            result.unreadable += 1
            return
        }
        result.heartRate = measurement.heartRate == 0 ? nil : measurement.heartRate
        result.contact = measurement.contact
        take(ledger.add(measurement, at: t, packet: number))
    }

    /// Puts down what is known besides packets.
    public mutating func note(_ change: (inout Result) -> Void) { change(&result) }

    /// Share of sound beats until now, 0 to 1; nil with too few beats to tell.
    public var clean: Double? {
        let quality = analysis.quality
        return quality.beats > 0 ? quality.clean : nil
    }

    /// Ends the trial.
    /// - Parameter seconds: how long the strap was listened to.
    /// - Returns: what was heard.
    public mutating func finish(after seconds: Double) -> Result {
        take(ledger.finish())
        result.seconds = seconds
        result.isUnitSuspect = ledger.isUnitSuspect
        result.clean = clean
        return result
    }

    private mutating func take(_ update: BeatLedger.Update) {
        result.beats += update.recorded.count { $0.flag != .flushed }
        if update.gap != nil { result.gaps += 1 }
        for beat in update.settled {
            guard let end = beat.end else { continue }
            if beat.segment != segment { _ = analysis.beginSegment() }
            segment = beat.segment
            _ = analysis.add(rrMilliseconds: beat.milliseconds, endsAt: end)
        }
    }
}
