/// How long each state of a strap may last, in session time.
///
/// Sources: BlueZ 5.66 (kernel connect limit 20 s, temporary devices 30 s) and what clients of it have learned.
public struct Patience: Sendable, Hashable {
    /// From Connect until the link is up.
    public var connecting = Duration.seconds(30)
    /// The same for one link more than the adapter is known to hold.
    public var probing = Duration.seconds(10)
    /// How long until a full adapter is tried once more, while a strap waits.
    public var probeAgain = Duration.seconds(60)
    /// How long a cancelled Connect may take to end before the adapter is used again.
    public var cancelling = Duration.seconds(5)
    /// From link-up until services are resolved and 0x2A37 is there.
    public var resolving = Duration.seconds(15)
    /// From StartNotify until its answer.
    public var subscribing = Duration.seconds(32)
    /// How long StartNotify without an answer may last before the link's end is a sign that the strap wants to be paired.
    public var hungSubscription = Duration.seconds(20)
    /// From StartNotify's answer until the first valid packet, before it is asked again.
    public var firstPacket = Duration.seconds(8)
    /// Silence of a streaming strap before it is called stalled.
    public var silence = Duration.seconds(5)
    /// Silence after a renewed StartNotify before the link is given up.
    public var renewedSilence = Duration.seconds(8)
    /// First and longest pause between tries; doubled each time, jittered by a quarter either way.
    public var shortestPause = Duration.milliseconds(500)
    /// Longest pause between tries.
    public var longestPause = Duration.seconds(8)
    /// Pause before trying again what a person should look at.
    public var personPause = Duration.seconds(30)
    /// How long stopping discovery may take before a Connect is tried all the same.
    public var stopDiscovery = Duration.seconds(2)
    /// Discovery runs so long, then rests, while straps are missing.
    public var discoveryOn = Duration.seconds(6)
    /// Rest of discovery.
    public var discoveryOff = Duration.seconds(2)
    /// How long a wanted strap may stay unheard before people are told what may be the matter.
    public var unheard = Duration.seconds(20)
    /// How long after its start discovery goes on listening for others who are missing, before the first Connect.
    public var gathering = Duration.seconds(1)
    /// How long a link may be unconfirmed after Connect has succeeded.
    public var unconfirmed = Duration.seconds(5)
    /// Failed tries after which an unbonded device is removed from the radio's memory and looked for afresh.
    public var triesBeforeForgetting = 4

    /// The values of the field.
    public init() {}
}
