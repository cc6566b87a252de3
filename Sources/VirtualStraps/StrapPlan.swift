public import HeartRate

/// One virtual strap and the heart under it.
public struct StrapPlan: Sendable, Hashable {
    /// The name it advertises, such as `Polar H10 A1B2C3D4`.
    public var name: String
    /// Its address, such as `A0:9E:1A:3F:00:07`, upper case.
    public var address: String
    /// `public` or `random`.
    public var addressType = "public"
    /// The one adapter that hears it, such as `hci1`; nil when all do.
    public var adapter: String?
    /// The heart under it.
    public var heart = HeartParameters()
    /// What it says of skin contact.
    public var contact = ContactReport.yes
    /// Whether it sends RR intervals at all.
    public var sendsRR = true
    /// Whether it always sends the heart rate as 16 bits; above 255 each strap does.
    public var sendsWideHeartRate = false
    /// Whether every tenth packet carries the energy expended.
    public var sendsEnergy = false
    /// Battery level, per cent, 0 to 100.
    public var battery = 90
    /// Mean signal strength at the adapters, dBm, -127 to 20.
    public var rssi = -60
    /// When it is nearer or further than that; the last one that holds counts.
    public var approaches: [Approach] = []
    /// Where it says it is worn; nil when it has no Body Sensor Location.
    public var location: BodySensorLocation? = .chest
    /// Manufacturer Name String of the Device Information service.
    public var manufacturer = "Polar Electro Oy"
    /// Model Number String of the Device Information service.
    public var model = "H10"
    /// Serial Number String of the Device Information service.
    public var serial = ""
    /// Firmware Revision String of the Device Information service.
    public var firmware = "5.0.0"

    /// A strap with chest contact and a quiet heart.
    public init(name: String, address: String) {
        self.name = name
        self.address = address
    }
}
