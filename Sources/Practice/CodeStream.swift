public import HRV
public import HeartRate
public import Timekeeping

/// One code's way from packets to numbers: ledger, live analysis and readout, with no clock and no output of its own.
public struct CodeStream: Sendable {
    /// What a packet, a lost link or the end brought.
    public struct Output: Sendable {
        /// The packet, to be written down.
        public var packet: PacketRecord?
        /// New beats, and earlier ones that were placed anew.
        public var beats: [BeatRecord] = []
        /// New beats only.
        public var newBeats: [Beat] = []
        /// Coherence updates.
        public var readings: [CoherenceReading] = []
        /// The same as the engine gave them.
        public var updates: [CoherenceUpdate] = []
        /// Things to tell people once.
        public var notices: [String] = []
    }

    /// After so many packets without any RR a device is said to send none.
    static let packetsUntilNoBeats = 15
    /// How much of the past a screen is given, seconds.
    static let curveSeconds = 60.0

    /// Whose it is.
    public let code: Code
    /// Label of the strap that is worn now.
    public private(set) var strap = ""
    /// The newest that is known.
    public private(set) var readout: Readout
    /// Packets that came, also unreadable ones.
    public private(set) var packetCount = 0

    private var ledger = BeatLedger()
    private var analysis = LiveAnalysis()
    private var pacers = PacerTimeline()
    private var analysedSegment = 0
    private var packetsWithBeats = 0
    /// Packets of the strap that is worn now.
    private var packetsOfStrap = 0
    private var lostSince: Double?
    private var newestPacketAt: Double?
    private var toldUnit = false
    private var toldUnreadable = false
    private var toldNoBeats = false
    /// Why there were no numbers when the newest packet came: what is settled later belongs to that moment.
    private var silence: String?

    /// A stream that has seen nothing.
    public init(code: Code) {
        self.code = code
        readout = Readout(code: code)
    }

    /// The ledger's segment now.
    public var segment: Int { ledger.segment }
    /// Whether any beat came.
    public var hasBeats: Bool { packetsWithBeats > 0 }

    // MARK: - The strap's life

    /// Notifications of `strap` are about to begin.
    public mutating func beginLink(strap: String, at t: Double) -> Output {
        self.strap = strap
        var output = Output()
        take(ledger.beginSegment(at: t), into: &output)
        return output
    }

    /// The strap's state, as a screen words it.
    public mutating func setStrap(_ state: StrapReadout) {
        readout.strap = state
    }

    /// The strap was found to be lost at `t`; what counts is when its last packet came.
    public mutating func lose(at t: Double) {
        lostSince = lostSince ?? newestPacketAt ?? t
        readout.heartRate = nil
        readout.strap = .lost(seconds: 0)
    }

    /// The strap is back; returns how long nothing came from it, seconds.
    public mutating func comeBack(at t: Double) -> Double? {
        guard let since = lostSince else { return nil }
        lostSince = nil
        return t - since
    }

    /// The code wears no strap any more; what comes next is another one's.
    public mutating func unlink() {
        strap = ""
        lostSince = nil
        toldNoBeats = false
        packetsWithBeats = 0
        packetsOfStrap = 0
        readout.heartRate = nil
        readout.battery = nil
        readout.rssi = nil
        readout.strap = .waiting
    }

    /// A phase with this pacer, or with none, begins at `t`.
    public mutating func beginPhase(pacer: Pacer?, at t: Double) {
        pacers.begin(pacer, at: t)
    }

    /// Battery level, per cent.
    public mutating func setBattery(_ percent: Int) {
        readout.battery = percent
    }

    /// Signal when the strap last advertised, dBm.
    public mutating func setSignal(_ rssi: Int) {
        readout.rssi = rssi
    }

    // MARK: - Packets

    /// Takes a notification.
    /// - Parameters:
    ///   - bytes: its value.
    ///   - t: arrival, seconds from the session's start.
    ///   - utc: the same moment in UTC.
    ///   - silence: why this phase gives no numbers; nil when it does.
    /// - Returns: what to write down, to tell and to show.
    public mutating func add(_ bytes: [UInt8], at t: Double, utc: UTC, silence: String?) -> Output {
        packetCount += 1
        packetsOfStrap += 1
        newestPacketAt = t
        self.silence = silence
        var output = Output()
        output.packet = PacketRecord(code: code, number: packetCount, t: t, utc: utc, strap: strap, bytes: bytes)
        let measurement: Measurement
        do {
            measurement = try Measurement(bytes: bytes)
        } catch {
            if !toldUnreadable { output.notices.append("a packet could not be read and was kept as it came: \(error)") }
            toldUnreadable = true
            return output
        }
        readout.heartRate = measurement.heartRate == 0 ? nil : measurement.heartRate
        if !measurement.rrTicks.isEmpty { packetsWithBeats += 1 }
        take(ledger.add(measurement, at: t, packet: packetCount), into: &output)
        judgeStrap(into: &output)
        return output
    }

    /// Settles what is pending, at the end or before another strap: then a new link begins a new segment.
    public mutating func finish() -> Output {
        var output = Output()
        take(ledger.finish(), into: &output)
        var events: [LiveEvent] = []
        analysis.beginSegment(into: &events)
        fold(events, into: &output)
        return output
    }

    /// The readout at a moment: counts what changes with time alone.
    public func readout(at t: Double) -> Readout {
        var shown = readout
        shown.beats.removeAll { $0.t < t - Self.curveSeconds }
        if let since = lostSince {
            let seconds = Int(t - since)
            shown.strap = .lost(seconds: seconds)
            shown.score = .none(reason: "lost \(seconds) s, trying again")
        } else if readout.strap == .noBeats {
            shown.score = .none(reason: "sends no beats (no RR)")
        } else if case .needsPerson(let advice) = readout.strap {
            shown.score = .none(reason: advice)
        } else if !hasBeats {
            shown.score = .none(reason: strap.isEmpty ? "no strap yet" : "no beats yet")
        } else if let wait = analysis.secondsUntilFirstScore {
            shown.score = .none(reason: "needs \(Int(wait.rounded(.up))) s more")
        }
        return shown
    }

    /// Highest minus lowest heart rate over the last `seconds`, beats a minute; nil with too few sound beats.
    public func swing(over seconds: Double) -> Double? { analysis.swing(over: seconds) }

    // MARK: - Folding

    private mutating func take(_ update: BeatLedger.Update, into output: inout Output) {
        output.newBeats += update.recorded
        output.beats += (update.recorded + update.revised).map { BeatRecord(code: code, beat: $0) }
        if update.unitBecameSuspect, !toldUnit {
            toldUnit = true
            output.notices.append(
                """
                its beats fall behind by 2.3 %: it seems to send milliseconds instead of 1/1024 s; unit suspect, nothing was \
                changed; swap the strap, or say so beside its numbers
                """)
        }
        var events: [LiveEvent] = []
        for beat in update.settled {
            guard let end = beat.end else { continue }
            let isNewSegment = beat.segment != analysedSegment
            if isNewSegment {
                analysis.beginSegment(into: &events)
                analysedSegment = beat.segment
            }
            analysis.pacerHz = pacers.frequency(at: end)
            analysis.add(rrMilliseconds: beat.milliseconds, endsAt: end, into: &events)
            readout.beats.append(
                Readout.BeatPoint(t: end, rrMilliseconds: beat.milliseconds, followsGap: beat.flag == .gapBefore))
        }
        if let newest = readout.beats.last?.t, readout.beats.count > 16,
            readout.beats[0].t < newest - 2 * Self.curveSeconds
        {
            readout.beats.removeAll { $0.t < newest - Self.curveSeconds }
        }
        fold(events, into: &output)
    }

    private mutating func fold(_ events: [LiveEvent], into output: inout Output) {
        for case .coherence(let update) in events {
            let reading = CoherenceReading(update, bands: analysis.bands, silence: silence, readout.heartRate)
            output.readings.append(reading)
            output.updates.append(update)
            readout.scoreHistory.append(reading.score)
            readout.peakHz = reading.peakHz
            if let score = reading.score, let band = reading.band {
                readout.bandCounts[band, default: 0] += 1
                readout.score = .score(score, band, note: reading.note)
            } else {
                readout.score = .none(reason: reading.reason ?? "no score")
            }
        }
        let quality = analysis.quality
        if quality.beats > 0 { readout.clean = quality.clean }
    }

    private mutating func judgeStrap(into output: inout Output) {
        if packetsWithBeats == 0, packetsOfStrap >= Self.packetsUntilNoBeats {
            if !toldNoBeats {
                output.notices.append(
                    """
                    sends heart rate but no beats: there will be no coherence from this device; use a chest strap, or turn \
                    beat intervals (RR) on in its app
                    """)
            }
            toldNoBeats = true
            readout.strap = .noBeats
        } else if lostSince == nil {
            readout.strap = (readout.clean ?? 1) < Quality.least ? .loose : .on
        }
    }
}

extension CoherenceReading {
    /// An update as people are told it.
    /// - Parameters:
    ///   - update: the update.
    ///   - bands: where low, medium and high begin.
    ///   - silence: why the phase gives no numbers, which stands in place of every one; nil when it does.
    ///   - heartRate: heart rate at the time, beats a minute.
    public init(_ update: CoherenceUpdate, bands: CoherenceBands, silence: String?, _ heartRate: Int?) {
        let result = silence == nil ? update.result : nil
        self.init(
            t: update.t, score: result?.score, pct: result?.pct, ratio: result?.ratio, peakHz: result?.peakHz,
            band: result.map { bands.band(of: $0.score) }, clean: update.clean,
            reason: silence ?? update.reason,
            note: result == nil ? nil : update.note, heartRate: heartRate)
    }
}
