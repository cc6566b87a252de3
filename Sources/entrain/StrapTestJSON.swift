import Formats
import HeartRate
import Practice

/// What a trial of a strap showed, in JSON.
enum StrapTestJSON {
    static func object(
        _ identity: StrapIdentity, _ result: StrapTrial.Result, _ findings: [Finding]
    ) -> JSONValue {
        [
            "v": 1, "type": "strap-test", "id": .string(identity.printedID), "name": .string(identity.name),
            "address": .string(identity.address), "good": .bool(!findings.hasFailure),
            "adapter": JSONValue(result.adapter), "connect_s": JSONValue(result.secondsToConnect, places: 3),
            "seconds": JSONValue(result.seconds, places: 3), "packets": .integer(result.packets),
            "unreadable": .integer(result.unreadable), "heart_rate": JSONValue(result.heartRate),
            "beats": .integer(result.beats), "clean": JSONValue(result.clean, places: 4),
            "contact": JSONValue(result.contact?.rawValue), "gaps": .integer(result.gaps),
            "losses": .integer(result.losses), "longest_silence_s": JSONValue(result.longestSilence, places: 3),
            "unit_suspect": .bool(result.isUnitSuspect), "battery": JSONValue(result.battery),
            "rssi_dbm": JSONValue(result.rssi), "findings": .array(findings.map(DoctorJSON.finding)),
        ]
    }
}
