import HeartRate
public import Timekeeping

extension StrapKeeper {
    /// Takes what the radio tells.
    public mutating func apply(_ event: RadioEvent, at now: Instant) -> [StrapEffect] {
        guard !isStopped else { return lastPackets(of: event) }
        if let packet = ordinaryPacket(event) { return [packet] }
        switch event {
        case .adapter(let report): adapterChanged(report, at: now)
        case .adapterGone(let address):
            loseAdapter(address, at: now)
            lines[address] = nil
        case .seen(let key, let sighting): seen(key, sighting, at: now)
        case .vanished(let key): vanished(key, at: now)
        case .linkUp(let key): linkUp(key, at: now)
        case .linkDown(let key): linkDown(key, at: now)
        case .ready(let key): ready(key, at: now)
        case .value(let key, let bytes, let moment): received(bytes, from: key, at: moment)
        case .battery(let key, let percent):
            if straps[key.strap] != nil { effects.append(.report(.battery(key.strap, percent))) }
        case .described(let key, let description):
            if straps[key.strap] != nil { effects.append(.report(.described(key.strap, description))) }
        case .answer(let command, let failure): answered(command, failure, at: now)
        case .serviceGone:
            serviceLost(at: now)
        }
        return drained(at: now)
    }

    /// The usual event: one more packet of a strap that streams, which changes nothing for the others.
    private mutating func ordinaryPacket(_ event: RadioEvent) -> StrapEffect? {
        guard case .value(let key, let bytes, let moment) = event, let life = straps[key.strap],
            life.state == .streaming, life.adapter == key.adapter
        else { return nil }
        straps[key.strap]?.deadline = moment.instant.advanced(by: patience.silence)
        return .report(.packet(key.strap, bytes, moment))
    }

    /// Links take a moment to end: what straps send until then is not lost.
    private func lastPackets(of event: RadioEvent) -> [StrapEffect] {
        guard case .value(let key, let bytes, let moment) = event, straps[key.strap]?.adapter == key.adapter else {
            return []
        }
        return [.report(.packet(key.strap, bytes, moment))]
    }

    // MARK: - Adapters

    private mutating func adapterChanged(_ report: AdapterReport, at now: Instant) {
        guard let line = lines[report.address] else {
            lines[report.address] = AdapterLine(report: report, at: now)
            return
        }
        lines[report.address]?.report = report
        if line.report.isPowered, !report.isPowered { loseAdapter(report.address, at: now) }
    }

    mutating func loseAdapter(_ address: AdapterAddress, at now: Instant) {
        lines[address]?.discovery = .off
        lines[address]?.discoverySince = now
        lines[address]?.blockedUntil = nil
        lines[address]?.foreignLinks = []
        lines[address]?.foreignReady = []
        lines[address]?.ending = []
        let failure = RadioFailure(kind: .adapterOff, message: "the adapter is off or gone", advice: "")
        for strap in straps.keys.sorted() {
            straps[strap]?.heard[address] = nil
            guard let life = straps[strap] else { continue }
            if life.adapter == address, life.state.holdsSlot {
                fail(strap, failure, at: now)
            } else if life.state == .queued, life.heard.isEmpty {
                enter(.unseen, strap, at: now)
            }
        }
    }

    // MARK: - Devices

    private mutating func seen(_ key: StrapKey, _ sighting: Sighting, at now: Instant) {
        effects.append(.report(.seen(key, sighting)))
        guard let state = straps[key.strap]?.state, let rssi = sighting.rssi else { return }
        straps[key.strap]?.heard[key.adapter] = rssi
        if state == .unseen { enqueue(key.strap, at: now) }
    }

    private mutating func vanished(_ key: StrapKey, at now: Instant) {
        forgetForeign(key)
        straps[key.strap]?.heard[key.adapter] = nil
        guard let life = straps[key.strap] else { return }
        if life.adapter == key.adapter, life.state.holdsSlot {
            fail(key.strap, RadioFailure(kind: .gone, message: "the device vanished", advice: ""), at: now)
        } else if life.state == .queued, life.heard.isEmpty {
            enter(.unseen, key.strap, at: now)
        }
    }

    private mutating func forgetForeign(_ key: StrapKey) {
        lines[key.adapter]?.foreignLinks.remove(key.strap)
        lines[key.adapter]?.foreignReady.remove(key.strap)
        lines[key.adapter]?.ending.remove(key.strap)
    }

    private mutating func linkUp(_ key: StrapKey, at now: Instant) {
        guard let life = straps[key.strap] else {
            lines[key.adapter]?.foreignLinks.insert(key.strap)
            effects.append(.report(.linked(key)))
            return
        }
        switch life.state {
        case .resolving, .subscribing, .streaming, .stalled:
            if life.adapter != key.adapter { endLink(key) }
        case .unseen, .queued, .connecting, .backOff, .needsPerson:
            adopt(key, at: now)
        }
    }

    private mutating func linkDown(_ key: StrapKey, at now: Instant) {
        forgetForeign(key)
        guard let life = straps[key.strap], life.adapter == key.adapter, life.state != .connecting,
            life.state.holdsSlot
        else { return }
        if life.state == .streaming || life.state == .stalled { noteLinkEnd(key.strap, at: now) }
        fail(key.strap, RadioFailure(kind: .transient, message: "the link was lost", advice: ""), at: now)
    }

    private mutating func ready(_ key: StrapKey, at now: Instant) {
        guard let life = straps[key.strap] else {
            if lines[key.adapter]?.foreignLinks.contains(key.strap) == true {
                lines[key.adapter]?.foreignReady.insert(key.strap)
            }
            return
        }
        if life.adapter == key.adapter, life.state == .resolving { subscribe(key, at: now) }
    }

    private mutating func received(_ bytes: [UInt8], from key: StrapKey, at moment: Moment) {
        // Also what still comes over a link that was just given up is kept; only a second link would double beats.
        guard let life = straps[key.strap], (life.adapter ?? key.adapter) == key.adapter else { return }
        let now = moment.instant
        switch life.state {
        case .streaming: straps[key.strap]?.deadline = now.advanced(by: patience.silence)
        case .resolving, .subscribing, .stalled:
            // What cannot be read is kept all the same; only success is judged here.
            if (try? Measurement(bytes: bytes)) != nil { becomeStreaming(key, at: now) }
        case .unseen, .queued, .connecting, .backOff, .needsPerson: break
        }
        effects.append(.report(.packet(key.strap, bytes, moment)))
    }

    private mutating func becomeStreaming(_ key: StrapKey, at now: Instant) {
        straps[key.strap]?.failures = 0
        straps[key.strap]?.serviceLosses = 0
        straps[key.strap]?.hungSubscriptions = 0
        straps[key.strap]?.didRenew = false
        noteHeld(key.adapter)
        enter(.streaming, key.strap, at: now)
        effects.append(.report(.streaming(key.strap, adapter: key.adapter)))
        if straps[key.strap]?.isDescribed == false {
            straps[key.strap]?.isDescribed = true
            effects.append(.radio(.describe(key)))
        }
    }

    // MARK: - Answers

    private mutating func answered(_ command: RadioCommand, _ failure: RadioFailure?, at now: Instant) {
        switch command {
        case .startDiscovery(let adapter):
            guard lines[adapter]?.discovery == .starting else { return }
            lines[adapter]?.discovery = failure == nil || failure?.kind == .busy ? .on : .off
            lines[adapter]?.discoverySince = now
            if let failure, failure.kind == .notAllowed || failure.kind == .permanent {
                effects.append(.report(.advice(nil, failure.description)))
            }
        case .stopDiscovery(let adapter):
            guard lines[adapter]?.discovery == .stopping else { return }
            lines[adapter]?.discovery = .off
            lines[adapter]?.discoverySince = now
        case .connect(let key): connectAnswered(key, failure, at: now)
        case .disconnect(let key):
            lines[key.adapter]?.blockedUntil = nil
            lines[key.adapter]?.ending.remove(key.strap)
        case .startNotify(let key): notifyAnswered(key, failure, at: now)
        case .stopNotify(let key):
            guard let life = straps[key.strap], life.adapter == key.adapter, life.didRenew else { return }
            if life.state == .stalled || life.state == .subscribing { effects.append(.radio(.startNotify(key))) }
        case .describe: break
        case .forget(let key), .unpair(let key): straps[key.strap]?.heard[key.adapter] = nil
        }
    }

    /// Connect's answer decides only when it is a failure: success without a link (BlueZ answers so when the adapter was
    /// switched off meanwhile) gets a short grace and then counts as a failure.
    private mutating func connectAnswered(_ key: StrapKey, _ failure: RadioFailure?, at now: Instant) {
        guard connecting(on: key.adapter) == key.strap else { return }
        if let failure {
            fail(key.strap, failure, at: now)
        } else {
            straps[key.strap]?.deadline = now.advanced(by: patience.unconfirmed)
        }
    }

    private mutating func notifyAnswered(_ key: StrapKey, _ failure: RadioFailure?, at now: Instant) {
        guard let life = straps[key.strap], life.adapter == key.adapter,
            life.state == .subscribing || life.state == .stalled
        else { return }  // the answer of an earlier link
        switch failure?.kind {
        case nil:
            straps[key.strap]?.isSubscribed = true
            if life.state == .subscribing {
                straps[key.strap]?.deadline = now.advanced(by: patience.firstPacket)
            }
        case .busy:
            // The descriptor is being written for us already; the first packet decides.
            straps[key.strap]?.isSubscribed = true
            if life.state == .subscribing { straps[key.strap]?.deadline = now.advanced(by: patience.firstPacket) }
        case .notConnected, .gone, .serviceGone, .adapterOff, .cancelled:
            break  // the event that says so follows
        case .needsPairing, .notAllowed, .permanent, .bondBroken:
            endLink(key)
            if let failure { fail(key.strap, failure, at: now) }
        case .transient, .timeOut, .outOfSlots:
            giveUpLink(key.strap, because: failure?.message ?? "", at: now)
        }
    }
}
