import HeartRate

/// The beat ledger: packets that come early, late, twice or never keep every beat, once, in order.
enum LedgerEntry {
    static func take(_ bytes: [UInt8]) throws {
        var day = Day()
        try day.take(bytes)
    }
}

/// What a strap sends and what the ledger made of it.
private struct Day {
    private var ledger = BeatLedger()
    private var now = 0.0
    private var packet = 0
    private var ticks: [UInt16] = []
    private var recorded: [Int: Beat] = [:]
    private var settled: Set<Int> = []
    private var last: Beat?

    /// A byte below 8 opens a connection; any other is the tenths of a second until a packet, whose length comes next.
    mutating func take(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while let kind = rest.popFirst() {
            guard kind >= 8 else {
                now += Double(kind) * 40
                try check(ledger.beginSegment(at: now))
                continue
            }
            guard let length = rest.popFirst() else { break }
            now += Double(kind) / 10
            let bytes = Array(rest.prefix(Int(length) % 24))
            rest = rest.dropFirst(bytes.count)
            guard let measurement = try? Measurement(bytes: bytes) else { continue }
            packet += 1
            ticks += measurement.rrTicks
            try check(ledger.add(measurement, at: now, packet: packet))
        }
        try check(ledger.finish())
        let beats = (1..<(ledger.sequence + 1)).compactMap { recorded[$0] }
        try claim(beats.map(\.ticks) == ticks, "every interval is kept as it came")
        try claim(
            beats.allSatisfy { settled.contains($0.sequence) != ($0.flag == .flushed) },
            "every beat is settled in the end, but for flushed ones")
    }

    private mutating func check(_ update: BeatLedger.Update) throws {
        for beat in update.recorded {
            try claim(recorded[beat.sequence] == nil, "beat \(beat.sequence) is recorded once")
            try claim((beat.end == nil) == (beat.flag == .flushed), "only a flushed beat has no time")
            recorded[beat.sequence] = beat
        }
        for beat in update.revised {
            try claim(recorded[beat.sequence] != nil, "beat \(beat.sequence) was recorded before it was revised")
            try claim(!settled.contains(beat.sequence), "beat \(beat.sequence) was settled before it was revised")
            try claim(recorded[beat.sequence]?.ticks == beat.ticks, "a raw interval never changes")
            recorded[beat.sequence] = beat
        }
        for beat in update.settled {
            try claim(recorded[beat.sequence] == beat, "beat \(beat.sequence) is settled as it was written down")
            try claim(settled.insert(beat.sequence).inserted, "beat \(beat.sequence) is settled once")
            if let last { try follow(beat, after: last) }
            last = beat
        }
        if let gap = update.gap { try claim(gap.seconds > 2 && gap.start.isFinite, "a gap is over 2 s") }
    }

    private func follow(_ beat: Beat, after last: Beat) throws {
        try claim(beat.sequence > last.sequence, "beats are settled in order")
        try claim(
            beat.segment > last.segment ? beat.flag == .gapBefore : beat.segment == last.segment && beat.flag == .ok,
            "a segment begins with a gap, and only a segment")
        guard beat.segment == last.segment, let end = beat.end, let before = last.end else { return }
        try claim(
            abs(end - before - beat.milliseconds / 1000) < 1e-6, "inside a segment the clock is the running sum")
    }
}
