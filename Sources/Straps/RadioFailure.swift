/// Why a radio command failed, in the classes that call for different reactions.
public struct RadioFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// What to do about it.
    public enum Kind: Sendable, Hashable {
        /// Something is under way already: the same again, soon.
        case busy
        /// The adapter is off.
        case adapterOff
        /// The link is not there.
        case notConnected
        /// The radio no longer knows the device: look for it again.
        case gone
        /// The air: try again after a while.
        case transient
        /// The adapter holds as many links as it can.
        case outOfSlots
        /// Bonding was lost on one side.
        case bondBroken
        /// Cancelled by ourselves.
        case cancelled
        /// The device wants to be paired first.
        case needsPairing
        /// No right to talk to the Bluetooth service.
        case notAllowed
        /// No answer in time.
        case timeOut
        /// The Bluetooth service is gone.
        case serviceGone
        /// Trying again will not help.
        case permanent
    }

    /// What to do about it.
    public var kind: Kind
    /// The radio's own words.
    public var message: String
    /// One sentence for people: what to do next.
    public var advice: String

    /// Makes a failure.
    public init(kind: Kind, message: String, advice: String) {
        self.kind = kind
        self.message = message
        self.advice = advice
    }

    /// The radio's words and the advice.
    public var description: String { advice.isEmpty ? message : "\(message). \(advice)" }
}
