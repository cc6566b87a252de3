/// What a strap says of itself (Device Information Service 1.1; Heart Rate Service 1.0, 3.2).
///
/// Everything may be absent.
///
/// The serial number is not asked for: it would tell whose strap it is.
public struct StrapDescription: Sendable, Hashable {
    /// Manufacturer Name String, 0x2A29.
    public var manufacturer: String?
    /// Model Number String, 0x2A24.
    public var model: String?
    /// Firmware Revision String, 0x2A26.
    public var firmware: String?
    /// Body Sensor Location, 0x2A38.
    public var location: BodySensorLocation?

    /// Makes a description.
    public init(
        manufacturer: String? = nil, model: String? = nil, firmware: String? = nil,
        location: BodySensorLocation? = nil
    ) {
        self.manufacturer = manufacturer
        self.model = model
        self.firmware = firmware
        self.location = location
    }

    /// Whether the strap said nothing at all.
    public var isEmpty: Bool { self == StrapDescription() }

    /// A string characteristic's value: UTF-8, cut at the first NUL that some straps pad with; nil when nothing is left.
    public static func text(_ bytes: [UInt8]?) -> String? {
        let text = bytes.map { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return text?.isEmpty ?? true ? nil : text
    }
}
