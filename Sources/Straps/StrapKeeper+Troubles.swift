import Timekeeping

/// What people are told about a strap; each sentence says what to do next.
enum Advice {
    static let unheard = """
        not heard for a while: wet the pads and put it on; close phone apps that use it; another computer may hold it
        """
    static let killsService = """
        the Bluetooth service died twice while this strap was being connected, so its pairing is removed; if the strap \
        wants to be paired, pair it again
        """

    static let wantsBond = """
        the strap does not answer when it is asked for beats; it may want to be paired first: entrain strap bond, then its \
        printed ID
        """

    static func dropsRegularly(after seconds: Int) -> String {
        """
        the strap hangs up about \(seconds) s after each connection: its connection interval is refused. Update the kernel, \
        or set MaxConnectionInterval=400 under [LE] in /etc/bluetooth/main.conf and restart bluetooth
        """
    }
}

/// Patterns that one event alone does not show.
extension StrapKeeper {
    /// The Bluetooth service is gone, and whoever was being connected then may be the reason.
    ///
    /// A kernel (seen with 6.1) fails when a strap has lost the bond that BlueZ still has, and the service dies with it, at every
    /// Connect anew.
    mutating func serviceLost(at now: Instant) {
        for strap in straps.keys.sorted() {
            guard let state = straps[strap]?.state, state == .connecting || state == .resolving else { continue }
            straps[strap]?.serviceLosses += 1
            if straps[strap]?.serviceLosses == 2 {
                straps[strap]?.mustUnpair = true
                tell(strap, Advice.killsService)
            }
        }
        for address in lines.keys.sorted() { loseAdapter(address, at: now) }
        lines = [:]
    }

    /// Removes what the radio remembers of a strap; it is looked for afresh.
    mutating func unpair(_ key: StrapKey, at now: Instant) {
        straps[key.strap]?.mustUnpair = false
        straps[key.strap]?.serviceLosses = 0
        straps[key.strap]?.heard = [:]
        enter(.unseen, key.strap, at: now)
        effects.append(.radio(.unpair(key)))
    }

    /// What a failed try is to be taken for, with those before it in mind.
    ///
    /// A strap that wants to be paired first lets StartNotify hang until the link ends after some 30 s (seen with BlueZ 5.66); the
    /// bearer's own time-out of 30 s looks the same, so one such silence is not yet a sign.
    mutating func judged(_ failure: RadioFailure, of strap: StrapAddress, at now: Instant) -> RadioFailure {
        guard let life = straps[strap], life.state == .subscribing, !life.isSubscribed,
            let since = life.subscribingSince, now >= since.advanced(by: patience.hungSubscription),
            failure.kind == .transient || failure.kind == .timeOut
        else { return failure }
        straps[strap]?.hungSubscriptions += 1
        tell(strap, Advice.wantsBond)
        guard life.hungSubscriptions > 0 else { return failure }
        return RadioFailure(kind: .needsPairing, message: Advice.wantsBond, advice: Advice.wantsBond)
    }

    /// A link has ended by itself; three of about the same length in a row have a reason that people can mend.
    mutating func noteLinkEnd(_ strap: StrapAddress, at now: Instant) {
        guard let since = straps[strap]?.linkSince else { return }
        let ages = ((straps[strap]?.linkAges ?? []) + [now.seconds(since: since)]).suffix(3)
        straps[strap]?.linkAges = Array(ages)
        guard ages.count == 3, let shortest = ages.min(), let longest = ages.max() else { return }
        if shortest >= 20, longest <= 200, longest - shortest <= 3 {
            tell(strap, Advice.dropsRegularly(after: Int(ages.reduce(0, +) / 3)))
        }
    }
}
