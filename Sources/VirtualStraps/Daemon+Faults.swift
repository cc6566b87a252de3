internal import DBus

/// What the scenario lets go wrong.
extension Daemon {
    /// Lets the faults begin that wait for this call.
    mutating func applyFaults(of target: Fault.Target, _ method: String, number: Int) {
        let trigger = Fault.Trigger.onCall(method: method, number: number)
        for fault in scenario.faults where fault.target == target && fault.trigger == trigger { apply(fault) }
    }

    mutating func apply(_ fault: Fault) {
        switch fault.target {
        case .strap(let strap): apply(fault.kind, toStrap: strap)
        case .adapter(let number):
            guard case .powerOff(let seconds) = fault.kind else { return }
            setPower(number, false)
            schedule(.powerOn(adapter: number), after: seconds)
        case .daemon:
            guard case .daemonRestart(let seconds) = fault.kind else { return }
            vanish()
            schedule(.appear, after: seconds)
        }
    }

    private mutating func apply(_ kind: Fault.Kind, toStrap strap: Int) {
        switch kind {
        case .drop(let seconds):
            straps[strap].outOfReachUntil = now + seconds
            guard let key = straps[strap].link else { return }
            schedule(.loseLink(key, link: straps[strap].linkTicket), after: Timing.supervision)
        case .silent(let seconds): straps[strap].silentUntil = now + seconds
        case .connectFails(let times, let name, let message):
            straps[strap].failures.append((times, DBusError(name: name, message: message)))
        case .connectLies(let times): straps[strap].lies += times
        case .neverResolves(let times): straps[strap].unresolved += times
        case .removed:
            for key in devices.keys.filter({ $0.strap == strap }).sorted(by: Self.inOrder) { drop(key) }
        case .burst(let seconds):
            straps[strap].holdUntil = now + seconds
            schedule(.release(strap: strap), after: seconds)
        case .losePackets(let seconds): straps[strap].lossUntil = now + seconds
        case .badPacket(let bytes):
            guard straps[strap].stream != nil, let key = straps[strap].link else { return }
            notify(key, raw: bytes)
        case .daemonRestart, .powerOff: return
        }
    }

    /// The daemon ends without a word: links go, everything it knew is forgotten.
    private mutating func vanish() {
        for strap in straps.indices {
            straps[strap].link = nil
            straps[strap].stream = nil
            straps[strap].held = []
        }
        devices = [:]
        agents = [:]
        for number in adapters.indices {
            adapters[number].sessions = [:]
            adapters[number].presets = [:]
            adapters[number].queue = []
            adapters[number].attempt = nil
        }
        effects.append(.vanish)
    }
}
