public import HeartRate
public import Timekeeping

/// What the keeper of straps tells the one who conducts a session.
public enum StrapReport: Sendable, Hashable {
    /// A strap is in another state.
    case state(StrapAddress, StrapState)
    /// Notifications are about to begin on a new link.
    case subscribing(StrapAddress)
    /// The first valid packet of a link, or after a silence.
    case streaming(StrapAddress, adapter: AdapterAddress)
    /// A strap that streamed is silent or its link is down; it is tried again.
    case lost(StrapAddress)
    /// A notification, valid or not.
    case packet(StrapAddress, [UInt8], Moment)
    /// Battery level, per cent.
    case battery(StrapAddress, Int)
    /// What a strap says of itself.
    case described(StrapAddress, StrapDescription)
    /// A heart-rate device was seen, wanted or not.
    case seen(StrapKey, Sighting)
    /// A strap that nobody wants yet has a link already: one that a crash left behind, or another program's.
    case linked(StrapKey)
    /// An adapter showed how many links it holds.
    case learned(AdapterAddress, SlotLesson)
    /// A sentence for people about a strap, or about the radio.
    case advice(StrapAddress?, String)
}

/// What the keeper wants done.
public enum StrapEffect: Sendable, Hashable {
    /// Ask the radio.
    case radio(RadioCommand)
    /// Tell the conductor.
    case report(StrapReport)
}
