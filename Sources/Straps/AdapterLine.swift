import Timekeeping

/// The line before one adapter: one Connect in flight, discovery paused meanwhile, no more links than slots.
struct AdapterLine: Sendable {
    /// What discovery is doing, as far as commands and answers tell.
    enum Discovery: Sendable, Hashable {
        case off
        case starting
        case on
        case stopping
    }

    var report: AdapterReport
    var discovery = Discovery.off
    /// When discovery last changed, for its duty cycle and for the patience with stopping.
    var discoverySince: Instant
    /// Until when discovery rests after its full time; it does not rest when it was stopped for a Connect.
    var restsUntil: Instant?
    /// Until when a cancelled Connect blocks the adapter.
    var blockedUntil: Instant?
    /// Whether the Connect under way is a try for one link beyond the number of slots.
    var isProbing = false
    /// How many links were held when one beyond was last tried.
    var probedLinks: Int?
    /// When that was.
    var probedAt = Instant(nanoseconds: 0)
    /// Connects that failed since one last succeeded.
    var refusals = Refusals()
    /// Straps whose links are being ended; they take slots until they are down.
    var ending: Set<StrapAddress> = []
    /// Links of devices that are not ours; they take slots too.
    var foreignLinks: Set<StrapAddress> = []
    /// Those of them whose services are resolved, so that a strap wanted later need not wait for that.
    var foreignReady: Set<StrapAddress> = []

    init(report: AdapterReport, at now: Instant) {
        self.report = report
        discoverySince = now
    }

    /// Whether a Connect may go out as far as discovery is concerned.
    func isQuiet(at now: Instant, patience: Patience) -> Bool {
        switch discovery {
        case .off: true
        case .stopping: now >= discoverySince.advanced(by: patience.stopDiscovery)
        case .on, .starting: false
        }
    }
}
