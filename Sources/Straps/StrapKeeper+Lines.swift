import Timekeeping

extension StrapKeeper {
    /// Lets every adapter do the next thing: connect whoever waits longest, or look for who is missing.
    mutating func serveLines(at now: Instant) {
        for address in lines.keys.sorted() {
            guard let line = lines[address], line.report.isPowered else { continue }
            let isFree =
                connecting(on: address) == nil && line.blockedUntil == nil && !isGathering(line, at: now)
            let next = isFree ? nextInLine(of: address, at: now) : nil
            if let next, line.isQuiet(at: now, patience: patience) {
                connect(StrapKey(adapter: address, strap: next), at: now)
            }
            let wantsQuiet = next != nil || connecting(on: address) != nil || line.blockedUntil != nil
            steerDiscovery(address, wantsQuiet: wantsQuiet, at: now)
        }
    }

    /// The strap that has waited longest among those for which this adapter is the best one.
    private mutating func nextInLine(of address: AdapterAddress, at now: Instant) -> StrapAddress? {
        let start = Instant(nanoseconds: 0)
        let waiting = straps.filter { $0.value.state == .queued }
            .sorted { ($0.value.queuedAt ?? start, $0.key) < ($1.value.queuedAt ?? start, $1.key) }
        for (strap, life) in waiting {
            if let best = bestAdapter(for: life, at: now) {
                if best == address { return strap }
            } else if !life.heard.isEmpty {
                tellFull(strap)
            }
        }
        return nil
    }

    /// The adapter with a free slot that hears it best; where none is free, the best one that may hold one more.
    private func bestAdapter(for life: StrapLife, at now: Instant) -> AdapterAddress? {
        let on = life.heard.filter { lines[$0.key]?.report.isPowered ?? false }
        let free = on.filter { usedSlots(of: $0.key) < slots(of: $0.key) }
        let usable = free.isEmpty ? on.filter { mayProbe($0.key, at: now) } : free
        return usable.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    private mutating func tellFull(_ strap: StrapAddress) {
        let names = lines.values.map { "\($0.report.name) holds \(usedSlots(of: $0.report.address))" }.sorted()
        tell(
            strap,
            "waits for a free place: \(names.joined(separator: ", ")). Add a Bluetooth adapter or take a strap out.")
    }

    private mutating func connect(_ key: StrapKey, at now: Instant) {
        straps[key.strap]?.queuedAt = nil
        if straps[key.strap]?.mustUnpair == true {
            unpair(key, at: now)
            return
        }
        noteConnect(key, at: now)
        straps[key.strap]?.adapter = key.adapter
        straps[key.strap]?.isSubscribed = false
        straps[key.strap]?.didRenew = false
        enter(.connecting, key.strap, at: now)
        effects.append(.radio(.connect(key)))
    }

    // MARK: - Discovery

    private var isSomeoneMissing: Bool {
        straps.values.contains { $0.heard.isEmpty && !$0.state.holdsSlot }
    }

    private mutating func steerDiscovery(_ address: AdapterAddress, wantsQuiet: Bool, at now: Instant) {
        guard let line = lines[address] else { return }
        switch line.discovery {
        case .on:
            if !wantsQuiet, !isDiscoveryDue(line, at: now) {
                lines[address]?.restsUntil = now.advanced(by: patience.discoveryOff)
                setDiscovery(.stopping, of: address, at: now)
            } else if wantsQuiet {
                lines[address]?.restsUntil = nil
                setDiscovery(.stopping, of: address, at: now)
            }
        case .off:
            if !wantsQuiet, isDiscoveryDue(line, at: now) { setDiscovery(.starting, of: address, at: now) }
        case .starting, .stopping:
            break
        }
    }

    /// Whether discovery has just begun and may still hear more of those who are missing: each pause of it costs time.
    private func isGathering(_ line: AdapterLine, at now: Instant) -> Bool {
        line.discovery == .on && now < line.discoverySince.advanced(by: patience.gathering) && isSomeoneMissing
    }

    private func isDiscoveryDue(_ line: AdapterLine, at now: Instant) -> Bool {
        if isLookout { return true }
        guard isSomeoneMissing else { return false }
        switch line.discovery {
        case .on: return now < line.discoverySince.advanced(by: patience.discoveryOn)
        case .off: return line.restsUntil.map { now >= $0 } ?? true
        case .starting, .stopping: return true
        }
    }

    private mutating func setDiscovery(_ state: AdapterLine.Discovery, of address: AdapterAddress, at now: Instant) {
        lines[address]?.discovery = state
        lines[address]?.discoverySince = now
        effects.append(.radio(state == .starting ? .startDiscovery(address) : .stopDiscovery(address)))
    }
}
