/// One notification that was sent: what a recorder of the class must have received.
///
/// As a line of NDJSON its keys stand in this order, and `raw` only where a fault made the bytes; such a line has the heart
/// rate and the intervals that its bytes hold, null and none when they hold none:
///
///     {"t":12.340,"strap":"Polar H10 A1B2C3D4","address":"A0:9E:1A:B2:C3:D4","seq":17,"heart_rate":72,"rr_1024":[828,831]}
public struct TruthRecord: Sendable, Hashable {
    /// When it was sent, seconds of session time since the simulator's start.
    public var seconds: Double
    /// The strap's name.
    public var strap: String
    /// The strap's address.
    public var address: String
    /// Running number of the strap's notifications, from 1.
    public var sequence: Int
    /// Heart rate, beats a minute; nil when the bytes hold none.
    public var heartRate: Int?
    /// RR intervals, 1/1024 s, oldest first.
    public var rrTicks: [UInt16]
    /// The bytes, where a fault made them.
    public var raw: [UInt8]?

    /// Makes a record.
    public init(
        seconds: Double, strap: String, address: String, sequence: Int, heartRate: Int?, rrTicks: [UInt16],
        raw: [UInt8]? = nil
    ) {
        self.seconds = seconds
        self.strap = strap
        self.address = address
        self.sequence = sequence
        self.heartRate = heartRate
        self.rrTicks = rrTicks
        self.raw = raw
    }

    /// The record as one line of JSON, without the line's end.
    public var json: String {
        var line =
            "{\"t\":\(Self.thousandths(seconds)),\"strap\":\(Self.quoted(strap)),\"address\":\(Self.quoted(address))"
        line += ",\"seq\":\(sequence),\"heart_rate\":\(heartRate.map { "\($0)" } ?? "null"),\"rr_1024\":["
        line += rrTicks.map { "\($0)" }.joined(separator: ",") + "]"
        if let raw { line += ",\"raw\":\"\(Hex.string(raw))\"" }
        return line + "}"
    }

    /// Seconds with three decimals.
    private static func thousandths(_ seconds: Double) -> String {
        let whole = Int((seconds * 1000).rounded())
        let rest = String(whole % 1000)
        return "\(whole / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case _ where scalar.value < 0x20: quoted += "\\u00" + Hex.byte(UInt8(scalar.value))
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
