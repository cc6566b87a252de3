/// Something that goes wrong in a scenario, when, and to whom.
public struct Fault: Sendable, Hashable {
    /// Whom it befalls.
    public enum Target: Sendable, Hashable {
        /// The strap with this place in the scenario's list, from 0.
        case strap(Int)
        /// The adapter with this place in the scenario's list, from 0.
        case adapter(Int)
        /// The whole daemon.
        case daemon
    }

    /// When it begins.
    public enum Trigger: Sendable, Hashable {
        /// At this many seconds since the simulator's start.
        case at(seconds: Double)
        /// At the n-th call of a method on the target, counted from 1, before the call is carried out.
        case onCall(method: String, number: Int)
    }

    /// What goes wrong.
    public enum Kind: Sendable, Hashable {
        /// The strap is out of reach for some seconds: its link is lost and it does not advertise.
        case drop(seconds: Double)
        /// The strap stays connected but sends nothing for some seconds.
        case silent(seconds: Double)
        /// The next Connect calls fail with this error.
        case connectFails(times: Int, name: String, message: String)
        /// The next Connect calls answer success although there is no link.
        case connectLies(times: Int)
        /// After the next Connects the services are never resolved.
        case neverResolves(times: Int)
        /// The device object vanishes, as after a time-out or another client's RemoveDevice; a link is lost with it.
        case removed
        /// Packets are held back for some seconds and then sent at once.
        case burst(seconds: Double)
        /// Packets are lost on the air for some seconds.
        case losePackets(seconds: Double)
        /// One notification more, with these bytes.
        case badPacket([UInt8])
        /// The daemon is gone from the bus for some seconds and comes back knowing no device.
        case daemonRestart(seconds: Double)
        /// The adapter is switched off for some seconds; infinity until somebody switches it on.
        case powerOff(seconds: Double)
    }

    /// Whom it befalls.
    public var target: Target
    /// When it begins.
    public var trigger: Trigger
    /// What goes wrong.
    public var kind: Kind

    /// Makes a fault.
    public init(_ target: Target, _ trigger: Trigger, _ kind: Kind) {
        self.target = target
        self.trigger = trigger
        self.kind = kind
    }
}
