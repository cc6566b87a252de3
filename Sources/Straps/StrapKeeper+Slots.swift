import Timekeeping

/// Links an adapter holds: known beforehand, or learned by trying one more.
extension StrapKeeper {
    /// How many links to count on, as far as is known by now.
    func slots(of adapter: AdapterAddress) -> Int {
        guard let report = lines[adapter]?.report else { return 0 }
        let lesson = lessons[adapter] ?? SlotLesson()
        return report.isSlotsFixed
            ? min(report.slots, lesson.refusedAt ?? report.slots) : lesson.slots(assumed: report.slots)
    }

    /// Whether one link beyond the number may be tried while a strap waits and all places are held.
    ///
    /// A number that was found to be right is tried again at long intervals, because the air may have misled.
    func mayProbe(_ adapter: AdapterAddress, at now: Instant) -> Bool {
        guard let line = lines[adapter] else { return false }
        let used = usedSlots(of: adapter)
        if line.report.isSlotsFixed, used >= line.report.slots { return false }
        let isNew = line.probedLinks != used || now >= line.probedAt.advanced(by: patience.probeAgain)
        return used == slots(of: adapter) && used > 0 && isNew
    }

    /// A Connect goes out; beyond the number it is a probe.
    mutating func noteConnect(_ key: StrapKey, at now: Instant) {
        let used = usedSlots(of: key.adapter)
        let isProbe = used >= slots(of: key.adapter)
        lines[key.adapter]?.isProbing = isProbe
        if isProbe {
            lines[key.adapter]?.probedLinks = used
            lines[key.adapter]?.probedAt = now
        }
    }

    /// Packets come over one more link: the adapter holds them all.
    mutating func noteHeld(_ adapter: AdapterAddress) {
        lines[adapter]?.refusals = Refusals()
        let held = usedSlots(of: adapter) - (connecting(on: adapter) == nil ? 0 : 1)
        teach(adapter) { $0.hold(held) }
    }

    /// A Connect has failed; several in a row while others hold their links tell that the adapter is full.
    mutating func noteFailure(_ key: StrapKey, _ kind: RadioFailure.Kind) {
        guard let line = lines[key.adapter], straps[key.strap]?.state == .connecting else { return }
        let held = usedSlots(of: key.adapter) - 1
        lines[key.adapter]?.isProbing = false
        switch kind {
        case .outOfSlots:
            teach(key.adapter) { $0.refuse(at: held) }
        case .timeOut, .transient:
            let isFull =
                lines[key.adapter]?.refusals.add(
                    key.strap, isTimeOut: kind == .timeOut, links: held, isProbe: line.isProbing) ?? false
            if isFull { teach(key.adapter) { $0.refuse(at: held) } }
        default: break
        }
    }

    private mutating func teach(_ adapter: AdapterAddress, _ change: (inout SlotLesson) -> Void) {
        var lesson = lessons[adapter] ?? SlotLesson()
        let before = lesson
        change(&lesson)
        lessons[adapter] = lesson
        let assumed = lines[adapter]?.report.slots ?? 0
        if lesson != before, max(lesson.held, assumed) > assumed || lesson.refusedAt != before.refusedAt {
            effects.append(.report(.learned(adapter, lesson)))
        }
    }
}
