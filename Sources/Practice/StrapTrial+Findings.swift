import HRV
import HeartRate

extension StrapTrial.Result {
    /// Below this signal a strap is easily lost, dBm (ours).
    static let weakSignal = -80
    /// From this charge on downward a battery is called low, per cent.
    static let lowBattery = 20
    /// Silence between two packets that is told, seconds; straps send about once a second.
    static let longSilence = 3.0
    /// Sound beats a second that are enough: those of a resting heart of 30 a minute, with some to spare.
    static let leastBeatsPerSecond = 0.4
    /// How long a strap must be listened to before its unit can be told, seconds.
    static let unitSeconds = 180.0

    /// The verdict, line by line; a failure means that there were not enough clean beats.
    public var findings: [Finding] {
        guard packets > unreadable else { return [connection, signal] }
        return [connection, signal, packetFinding, intervals, contactFinding, gapFinding, unit, batteryFinding, sound]
            .compactMap(\.self)
    }

    private var connection: Finding {
        guard packets > unreadable, let secondsToConnect else {
            let text = packets > 0 ? "no packet could be read" : trouble ?? "no packet came"
            return Finding(
                .failure, "Connection", text, advice: "close phone apps that use it, wet the pads, then try again")
        }
        let text = "first packet after \(Self.tenths(secondsToConnect)) s\(adapter.map { ", \($0)" } ?? "")"
        guard losses == 0 else {
            return Finding(
                .warning, "Connection", "\(text); lost \(losses == 1 ? "once" : "\(losses) times")",
                advice: "sit closer to the computer, or put the adapter on an extension lead")
        }
        return Finding(.ok, "Connection", text)
    }

    private var signal: Finding {
        guard let rssi else { return Finding(.ok, "Signal", "not heard: it was connected already") }
        return rssi >= Self.weakSignal
            ? Finding(.ok, "Signal", "\(rssi) dBm")
            : Finding(
                .warning, "Signal", "\(rssi) dBm, weak",
                advice: "sit closer to the computer, or put the adapter on an extension lead")
    }

    private var packetFinding: Finding {
        let rate = heartRate.map { "heart rate \($0)" } ?? "no heart rate"
        let text = "\(packets) packets in \(Int(seconds.rounded())) s, \(rate)"
        if unreadable > 0 {
            return Finding(
                .warning, "Packets", "\(text), \(unreadable) of them unreadable",
                advice: "take it off and put it on again; kept bytes tell more: entrain decode")
        }
        return heartRate == nil
            ? Finding(.warning, "Packets", text, advice: "wet the pads and tighten the strap")
            : Finding(.ok, "Packets", text)
    }

    private var intervals: Finding {
        guard beats == 0 else { return Finding(.ok, "Beats (RR)", "\(beats) intervals") }
        return Finding(
            .failure, "Beats (RR)", "none: it sends heart rate only, so there will be no coherence",
            advice: "wear a chest strap that sends RR intervals")
    }

    private var contactFinding: Finding? {
        switch contact {
        case .yes: Finding(.ok, "Skin contact", "yes, it says")
        case .unknown: Finding(.ok, "Skin contact", "it cannot tell")
        case .no: Finding(.warning, "Skin contact", "no, it says", advice: "wet the pads and tighten the strap")
        case nil: nil
        }
    }

    private var gapFinding: Finding {
        let isSilent = longestSilence > Self.longSilence
        guard gaps > 0 || isSilent else { return Finding(.ok, "Gaps", "none") }
        let counted = gaps == 0 ? nil : "beats are missing in \(gaps) \(gaps == 1 ? "place" : "places")"
        let silence = isSilent ? "silent for \(Self.tenths(longestSilence)) s" : nil
        return Finding(
            .warning, "Gaps", [counted, silence].compactMap(\.self).joined(separator: ", "),
            advice: "sit closer to the computer, and close phone apps that use it")
    }

    private var unit: Finding? {
        guard beats > 0 else { return nil }
        if isUnitSuspect {
            return Finding(
                .warning, "Unit", "seems to send milliseconds in place of 1/1024 s: intervals are 2.3 % off",
                advice: "use another strap for a study; the raw ticks are kept as sent")
        }
        return seconds >= Self.unitSeconds
            ? Finding(.ok, "Unit", "1/1024 s")
            : Finding(.ok, "Unit", "takes \(Int(Self.unitSeconds)) s to tell: --seconds \(Int(Self.unitSeconds + 20))")
    }

    private var batteryFinding: Finding {
        guard let battery else { return Finding(.ok, "Battery", "it does not tell") }
        return battery > Self.lowBattery
            ? Finding(.ok, "Battery", "\(battery) %")
            : Finding(.warning, "Battery", "\(battery) %, low", advice: "put in a new battery before the session")
    }

    private var sound: Finding? {
        guard beats > 0 else { return nil }
        let advice = "wet the pads, tighten the strap, sit still and try again"
        guard let clean else {
            return Finding(.failure, "Clean", "too few beats to tell", advice: "listen longer: --seconds 60")
        }
        // A percentage rounds down, so that a limit is not reached before it is.
        let text = "\(Int((clean * 100 + 1e-9).rounded(.down))) % of beats are sound"
        if Double(beats) * clean < seconds * Self.leastBeatsPerSecond {
            return Finding(.failure, "Clean", "\(text), but only \(beats) came", advice: advice)
        }
        if clean < Quality.least { return Finding(.failure, "Clean", text, advice: advice) }
        return clean < Quality.full
            ? Finding(.warning, "Clean", text, advice: advice) : Finding(.ok, "Clean", text)
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((max(0, min(value, 1e6)) * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
