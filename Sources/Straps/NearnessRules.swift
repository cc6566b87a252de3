import Timekeeping

/// The numbers by which a strap counts as the nearest and as worn.
public struct NearnessRules: Sendable, Hashable {
    /// How much louder than the next free strap it has to be, dB.
    public var leadDecibels = 10
    /// For how long, and the stretch whose median signal is compared.
    public var leadTime = Duration.seconds(3)
    /// How long a strap that is not heard stays in the list.
    public var memory = Duration.seconds(10)
    /// Beats in a row after which it is offered.
    public var beats = 4
    /// Plausible intervals, milliseconds: 30 to 200 beats a minute.
    public var interval = 300.0...2000.0
    /// The largest plausible change from one interval to the next, as a share of the earlier one.
    public var change = 0.3
    /// How long a strap may take to send its first packet, or may be lost, before it is let go.
    public var patience = Duration.seconds(20)

    /// The values of the field.
    public init() {}
}
