import HeartRate
import Practice
import Store
import Straps
import Timekeeping

extension SessionConductor {
    /// Takes what the keeper of straps tells.
    func take(_ report: StrapReport) {
        switch report {
        case .seen(let key, let sighting): seen(key, sighting)
        case .linked(let key): linked(key)
        case .state(let strap, let state): stateChanged(strap, state)
        case .subscribing(let strap): beginLink(strap, at: t)
        case .streaming(let strap, _): streaming(strap)
        case .lost(let strap): lost(strap)
        case .packet(let strap, let bytes, let moment): received(bytes, from: strap, at: moment)
        case .battery(let strap, let percent):
            if let code = codes[strap] { streams[code]?.setBattery(percent) }
        case .described(let strap, let description):
            if let label = labels[strap] { writer.describe(strap: label, description) }
        case .learned(let address, let lesson):
            writer.learn(KnownAdapter(address: address, held: lesson.held, refusedAt: lesson.refusedAt))
        case .advice(let strap, let text): note(strap.flatMap { codes[$0] }, text)
        }
    }

    // MARK: - Giving straps to codes

    private func seen(_ key: StrapKey, _ sighting: Sighting) {
        names[key.strap] = sighting.name
        guard let rssi = sighting.rssi else { return }
        if let code = codes[key.strap] { streams[code]?.setSignal(rssi) }
        let identity = StrapIdentity(address: key.strap, name: sighting.name)
        signals[key.strap, default: [:]][key.adapter] = rssi
        give(giver.heard(identity, rssi: rssi, at: t))
    }

    /// A strap with a link does not advertise: it is given after all that were heard.
    private func linked(_ key: StrapKey) {
        let identity = StrapIdentity(address: key.strap, name: names[key.strap] ?? "")
        give(giver.heard(identity, rssi: StrapGiver.unheard, at: t))
    }

    func give(_ gifts: [StrapGiver.Gift]) {
        guard !gifts.isEmpty else { return }
        for gift in gifts {
            assign(gift.strap, to: gift.code)
            let heard = signals[gift.strap.address] ?? [:]
            if let nearest = heard.values.max() { streams[gift.code]?.setSignal(nearest) }
            enqueue { desk in await desk.want(gift.strap.address, heardBy: heard) }
        }
        endLookout()
    }

    /// Straps are looked for no longer than somebody waits for one.
    func endLookout() {
        if giver.isDone, searches == 0 { enqueue { desk in await desk.setLookout(false) } }
    }

    // MARK: - A strap's life

    private func stateChanged(_ strap: String, _ state: StrapState) {
        if state == .resolving { begun.remove(strap) }
        guard let code = codes[strap], let stream = streams[code] else { return }
        switch state {
        case .needsPerson(let advice): streams[code]?.setStrap(.needsPerson(advice))
        case .unseen: if stream.packetCount == 0 { streams[code]?.setStrap(.waiting) }
        case .queued, .connecting, .resolving, .subscribing:
            if stream.packetCount == 0 { streams[code]?.setStrap(.connecting) }
        case .streaming, .stalled, .backOff: break
        }
    }

    func beginLink(_ strap: String, at t: Double) {
        guard let code = codes[strap], let label = labels[strap],
            let output = streams[code]?.beginLink(strap: label, at: t)
        else { return }
        begun.insert(strap)
        record(output, of: code)
    }

    private func streaming(_ strap: String) {
        let moment = t
        if !begun.contains(strap) { beginLink(strap, at: moment) }
        guard let code = codes[strap], let stream = streams[code] else { return }
        if let gap = streams[code]?.comeBack(at: moment) {
            writeLink(.back, of: code, at: moment)
            emit(.strap(code, .back(gapSeconds: gap)), at: moment)
        } else {
            writeLink(swapping.remove(code) == nil ? .connect : .swap, of: code, at: moment)
            emit(.strap(code, .connected(label: stream.strap)), at: moment)
        }
        streams[code]?.setStrap(.on)
    }

    private func lost(_ strap: String) {
        guard let code = codes[strap] else { return }
        let moment = t
        streams[code]?.lose(at: moment)
        writeLink(.lost, of: code, at: moment)
        emit(.strap(code, .lost), at: moment)
    }

    func writeLink(_ event: LinkRecord.Event, of code: Code, at t: Double) {
        guard let stream = streams[code] else { return }
        writer.add([
            LinkRecord(
                code: code, segment: stream.segment, strap: stream.strap, event: event, t: t,
                rssi: stream.readout.rssi, battery: stream.readout.battery)
        ])
    }

    // MARK: - Packets

    private func received(_ bytes: [UInt8], from strap: String, at moment: Moment) {
        guard let code = codes[strap] else { return }
        let t = moment.instant.seconds(since: plan.start.instant)
        // Beats that somebody else asked for come without our subscribing.
        if !begun.contains(strap) { beginLink(strap, at: t) }
        let silence = phases.current?.phase.silence
        let output = streams[code]?.add(bytes, at: t, utc: moment.utc, silence: silence)
        if let output { record(output, of: code) }
    }

    /// Writes down what a stream brought, and tells it.
    func record(_ output: CodeStream.Output, of code: Code) {
        if let packet = output.packet { writer.add([packet]) }
        if !output.beats.isEmpty { writer.add(output.beats) }
        let phase = phases.current?.phase.key ?? ""
        for beat in output.newBeats {
            emit(
                .beat(code, rrMilliseconds: beat.milliseconds, flag: beat.flag, phase: phase),
                at: beat.end ?? output.packet?.t ?? t)
        }
        for update in output.updates { rhythms.add(update, of: code) }
        if !output.readings.isEmpty {
            writer.add(output.readings.map { CoherenceRecord(code: code, reading: $0) })
            for reading in output.readings { emit(.coherence(code, reading), at: output.packet?.t ?? t) }
        }
        for notice in output.notices { note(code, notice) }
    }
}
