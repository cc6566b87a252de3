/// How long things take, seconds of session time.
///
/// Marks: (B) BlueZ 5.66, (K) Linux, (S) as seen with chest straps.
enum Timing {
    /// From StartDiscovery until the controller scans. (S)
    static let discoveryStart = 0.03
    /// Between two advertisements that an adapter hears. (S)
    static let advertising = 0.4...1.1
    /// How long a controller keeps silent about a device it has reported, unless duplicates are asked for. (K)
    static let duplicates = 10.24
    /// Smallest change of signal strength that is told without a discovery filter, dB. (B)
    static let rssiThreshold = 8
    /// How long an advertising device takes to be connected. (S)
    static let connecting = 0.2...1.0
    /// How often a device that does not advertise is looked for while it is being connected.
    static let lookingAgain = 0.5
    /// After which a connection attempt is given up: HCI_LE_CONN_TIMEOUT. (K)
    static let connectTimeout = 20.0
    /// From the link until the services are resolved. (S)
    static let resolving = 0.1...0.3
    /// How long a read, a write or a subscription takes. (S)
    static let attRoundTrip = 0.03...0.1
    /// From the link until the battery level was read. (S)
    static let battery = 2.0...5.0
    /// From Disconnect until the link is taken down: DISCONNECT_TIMER. (B)
    static let disconnecting = 2.0
    /// From a strap's vanishing until its link counts as lost: 420 ms supervision time-out. (K)
    static let supervision = 0.45
    /// How long a device that was never connected is kept after it was last seen: TemporaryTimeout. (B)
    static let temporary = 30.0
}
