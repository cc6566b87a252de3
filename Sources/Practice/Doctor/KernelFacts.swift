/// What was seen of the kernel, and of the settings by which the Bluetooth service has it make links.
public struct KernelFacts: Sendable, Hashable {
    /// Its release as `uname -r` tells it.
    public var release: String
    /// The upstream version it is made of; nil when that cannot be told.
    public var version: KernelVersion?
    /// The longest connection interval that the service allows, in units of 1.25 ms; nil when it is not set.
    public var longestInterval: Int?

    /// Puts facts together.
    public init(release: String, version: KernelVersion?, longestInterval: Int? = nil) {
        self.release = release
        self.version = version
        self.longestInterval = longestInterval
    }
}
