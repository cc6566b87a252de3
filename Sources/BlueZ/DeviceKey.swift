/// A device as one adapter knows it.
///
/// Object paths change when adapters are re-indexed; addresses do not.
public struct DeviceKey: Sendable, Hashable {
    /// Address of the adapter.
    public var adapter: String
    /// Address of the device.
    public var device: String

    /// Makes a key.
    public init(adapter: String, device: String) {
        self.adapter = adapter
        self.device = device
    }
}
