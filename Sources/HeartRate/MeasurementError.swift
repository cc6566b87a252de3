/// Why a notification is no Heart Rate Measurement.
///
/// The raw bytes are kept all the same.
public enum MeasurementError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No bytes at all.
    case empty
    /// The packet ends before a field that its flags promise.
    case missing(Field, at: Int, needs: Int)

    /// A field of the characteristic.
    public enum Field: String, Sendable, Hashable {
        /// The heart rate, one or two bytes.
        case heartRate = "heart rate"
        /// Energy expended, two bytes.
        case energy = "energy expended"
    }

    /// What is missing and at which byte (counted from 0).
    public var description: String {
        switch self {
        case .empty:
            "The packet is empty: the flags are missing at byte 0."
        case .missing(let field, let at, let needs):
            "The packet ends too early: its flags promise the \(field.rawValue), but \(needs) "
                + "\(needs == 1 ? "byte is" : "bytes are") missing at byte \(at)."
        }
    }
}

/// Something odd in a packet that could be read.
public enum MeasurementWarning: Sendable, Hashable, CustomStringConvertible {
    /// The last interval has only one byte; whole intervals before it were kept.
    case truncatedInterval(at: Int)
    /// An interval of 0 is no interval.
    case zeroInterval(at: Int)
    /// The flags promise intervals, none follow.
    case noIntervals(at: Int)
    /// Bytes follow that the flags do not speak of.
    case trailingBytes(at: Int, count: Int)

    /// What is odd and at which byte (counted from 0).
    public var description: String {
        switch self {
        case .truncatedInterval(let at): "half an RR interval at byte \(at) was left out"
        case .zeroInterval(let at): "an RR interval of 0 at byte \(at) makes no beat"
        case .noIntervals(let at): "the flags promise RR intervals, but none follow at byte \(at)"
        case .trailingBytes(let at, let count):
            "\(count) \(count == 1 ? "byte" : "bytes") at byte \(at) that the flags do not speak of"
        }
    }
}
