/// What centrals and the Bluetooth service do with what this machine offers.
public enum GattServerEvent: Sendable, Hashable {
    /// The first central wants new values of the characteristic of that UUID.
    case subscribed(String)
    /// The last central wants none any more.
    case unsubscribed(String)
    /// A central read the characteristic of that UUID.
    case read(String)
    /// The Bluetooth service let the advertisement go.
    case released
}

/// Why the Bluetooth service does not offer what this machine has.
public enum GattServerError: Error, Sendable, Hashable {
    /// The adapter cannot advertise, or the service cannot have it do so.
    case cannotAdvertise
    /// The adapter makes as many advertisements as it can.
    case slotsTaken
    /// The service or the bus answered so.
    case bluetooth(BlueZError)
}
