import DBus
import HRV
import Practice

/// Names of the properties of a code, with their units; what has no value is missing.
enum CodeProperty {
    static let code = "Code"
    static let strap = "Strap"
    static let strapAdvice = "StrapAdvice"
    static let strapLabel = "StrapLabel"
    static let battery = "BatteryPercent"
    static let signal = "SignalDbm"
    static let isHidden = "NumbersAreHidden"
    static let heartRate = "HeartRateBeatsPerMinute"
    static let beats = "Beats"
    static let score = "CoherenceScore"
    static let band = "CoherenceBand"
    static let note = "CoherenceNote"
    static let reason = "CoherenceReason"
    static let peak = "PeakHertz"
    static let clean = "CleanShare"

    /// Beats on the bus: end of the interval in seconds from the session's start, the interval in milliseconds, and
    /// whether beats are missing before it.
    static let beatsType = Signature(literal: "a(ddb)")
    static let beatType = Signature(literal: "(ddb)")

    static let all: [InterfaceDescription.Property] =
        [
            .init(code, .string), .init(strap, .string), .init(strapAdvice, .string), .init(strapLabel, .string),
            .init(battery, .uint32), .init(signal, .int32), .init(isHidden, .boolean), .init(heartRate, .uint32),
            .init(beats, beatsType), .init(score, .double), .init(band, .string), .init(note, .string),
            .init(reason, .string), .init(peak, .double), .init(clean, .double),
        ] + MomentProperty.all
}

/// Names of the properties of a session's moment, with their units.
enum MomentProperty {
    static let t = "ElapsedSeconds"
    static let phase = "Phase"
    static let title = "PhaseTitle"
    static let feedback = "PhaseFeedback"
    static let elapsed = "PhaseElapsedSeconds"
    static let length = "PhaseLengthSeconds"
    static let start = "PhaseStartSeconds"
    static let isPaused = "IsPaused"
    static let pacerRate = "PacerBreathsPerMinute"
    static let pacerIn = "PacerInSeconds"
    static let pacerHold = "PacerHoldSeconds"
    static let pacerOut = "PacerOutSeconds"

    static let all: [InterfaceDescription.Property] = [
        .init(t, .double), .init(phase, .string), .init(title, .string), .init(feedback, .string),
        .init(elapsed, .double), .init(length, .double), .init(start, .double), .init(isPaused, .boolean),
        .init(pacerRate, .double), .init(pacerIn, .double), .init(pacerHold, .double), .init(pacerOut, .double),
    ]
}

extension SessionMoment {
    /// The moment as properties.
    var properties: [String: Value] {
        var values: [String: Value] = [
            MomentProperty.t: .double(t), MomentProperty.phase: .string(phase), MomentProperty.title: .string(title),
            MomentProperty.feedback: .string(feedback.rawValue), MomentProperty.elapsed: .double(elapsed),
            MomentProperty.start: .double(start), MomentProperty.isPaused: .boolean(isPaused),
        ]
        values[MomentProperty.length] = length.map { .double($0) }
        if let pacer {
            values[MomentProperty.pacerRate] = .double(pacer.rate)
            values[MomentProperty.pacerIn] = .double(pacer.inSeconds)
            values[MomentProperty.pacerHold] = .double(pacer.holdSeconds)
            values[MomentProperty.pacerOut] = .double(pacer.outSeconds)
        }
        return values
    }

    /// A moment as it came from the bus; nil when something that must be there is missing.
    init?(_ values: [String: Value]) {
        guard let t = values[MomentProperty.t]?.double, let phase = values[MomentProperty.phase]?.string,
            let feedback = values[MomentProperty.feedback]?.string.flatMap(Feedback.init),
            let elapsed = values[MomentProperty.elapsed]?.double, let start = values[MomentProperty.start]?.double
        else { return nil }
        var pacer: Pacer?
        if let rate = values[MomentProperty.pacerRate]?.double, let inhale = values[MomentProperty.pacerIn]?.double,
            let hold = values[MomentProperty.pacerHold]?.double, let exhale = values[MomentProperty.pacerOut]?.double
        {
            pacer = Pacer(rate: rate, inSeconds: inhale, holdSeconds: hold, outSeconds: exhale)
        }
        self.init(
            t: t, phase: phase, title: values[MomentProperty.title]?.string ?? "", feedback: feedback,
            elapsed: elapsed, length: values[MomentProperty.length]?.double, start: start,
            isPaused: values[MomentProperty.isPaused]?.bool ?? false, pacer: pacer)
    }
}

extension CodeReading {
    /// The reading as properties, and as the signal `Reading` carries it.
    var properties: [String: Value] {
        var values = moment.properties
        values[CodeProperty.code] = .string(code.description)
        values[CodeProperty.strap] = .string(strap)
        values[CodeProperty.strapAdvice] = advice.isEmpty ? nil : .string(advice)
        values[CodeProperty.strapLabel] = strapLabel.isEmpty ? nil : .string(strapLabel)
        values[CodeProperty.battery] = battery.map { .uint32(UInt32(clamping: $0)) }
        values[CodeProperty.signal] = rssi.map { .int32(Int32(clamping: $0)) }
        values[CodeProperty.isHidden] = .boolean(isHidden)
        if case .none(let reason) = score { values[CodeProperty.reason] = .string(reason) }
        guard !isHidden else { return values }
        values[CodeProperty.heartRate] = heartRate.map { .uint32(UInt32(clamping: $0)) }
        values[CodeProperty.beats] = .array(
            beats.map { .structure([.double($0.t), .double($0.rrMilliseconds), .boolean($0.followsGap)]) },
            of: CodeProperty.beatType)
        if case .score(let score, let band, let note) = score {
            values[CodeProperty.score] = .double(score)
            values[CodeProperty.band] = .string(band.rawValue)
            values[CodeProperty.note] = note.map { .string($0) }
        }
        values[CodeProperty.peak] = peakHz.map { .double($0) }
        values[CodeProperty.clean] = clean.map { .double($0) }
        return values
    }

    /// A reading as it came from the bus; nil when something that must be there is missing.
    init?(_ values: [String: Value]) {
        guard let moment = SessionMoment(values), let text = values[CodeProperty.code]?.string,
            let code = try? Code(text), let strap = values[CodeProperty.strap]?.string
        else { return nil }
        let beats = values[CodeProperty.beats]?.array?.compactMap { beat -> Readout.BeatPoint? in
            guard let members = beat.members, members.count == 3, let t = members[0].double,
                let interval = members[1].double, let followsGap = members[2].bool
            else { return nil }
            return Readout.BeatPoint(t: t, rrMilliseconds: interval, followsGap: followsGap)
        }
        self.init(
            code: code, moment: moment, strap: strap, advice: values[CodeProperty.strapAdvice]?.string ?? "",
            strapLabel: values[CodeProperty.strapLabel]?.string ?? "",
            isHidden: values[CodeProperty.isHidden]?.bool ?? false, beats: beats ?? [], score: Self.score(values))
        battery = values[CodeProperty.battery]?.int
        rssi = values[CodeProperty.signal]?.int
        heartRate = values[CodeProperty.heartRate]?.int
        peakHz = values[CodeProperty.peak]?.double
        clean = values[CodeProperty.clean]?.double
    }

    private static func score(_ values: [String: Value]) -> ScoreReadout {
        guard let score = values[CodeProperty.score]?.double,
            let band = values[CodeProperty.band]?.string.flatMap(CoherenceBand.init(rawValue:))
        else { return .none(reason: values[CodeProperty.reason]?.string ?? "no score") }
        return .score(score, band, note: values[CodeProperty.note]?.string)
    }
}
