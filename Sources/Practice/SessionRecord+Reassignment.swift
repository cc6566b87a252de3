import HRV
import HeartRate

extension SessionRecord {
    /// The record with corrections applied, in the order they were made.
    ///
    /// Packets move by the time they came, beats with their packets, beats of a recording made elsewhere by their own time
    /// and with them what is known of the recording, whose first interval may begin before the session, changes of links by their time; marks stay with the person they were
    /// put on. Numbers of packets, beats and segments run through anew for the codes concerned; where a
    /// piece begins, so does a segment. Coherence of these codes is computed again from their beats.
    public func applying(_ changes: [Reassignment]) -> SessionRecord {
        guard !changes.isEmpty else { return self }
        var record = self
        record.reassignments += changes
        let concerned = Set(changes.flatMap { [$0.from, $0.to] })
        let movement = Movement(packets, changes, concerned)
        record.packets = movement.packets
        for index in imports.indices {
            record.imports[index].code = changes.reduce(imports[index].code) {
                $1.owner(of: $0, at: max(0, imports[index].start))
            }
        }
        for index in markers.indices where markers[index].kind == "import" {
            record.markers[index].code = markers[index].code.map { code in
                changes.reduce(code) { $1.owner(of: $0, at: max(0, markers[index].t)) }
            }
        }
        record.beats = movement.beats(of: beats)
        record.links = links.map { link in
            var link = link
            let owner = changes.reduce(link.code) { $1.owner(of: $0, at: link.t) }
            link.segment = movement.segment(of: link, at: owner, in: record.beats) ?? link.segment
            link.code = owner
            return link
        }.sorted { ($0.code, $0.t) < ($1.code, $1.t) }
        record.coherence = coherence.filter { !concerned.contains($0.code) } + record.readings(of: concerned)
        record.coherence.sort { ($0.code, $0.reading.t) < ($1.code, $1.reading.t) }
        return record
    }

    /// Coherence updates of some codes, computed from their beats as a session would have shown them.
    public func readings(of codes: Set<Code>) -> [CoherenceRecord] {
        let replays = SessionRecord.replays(of: beats.filter { codes.contains($0.code) }, phases: phases)
        return replays.flatMap { code, replay in
            let heartRates = packets.filter { $0.code == code }.map { packet in
                // A packet that cannot be read has no heart rate.
                (t: packet.t, rate: (try? Measurement(bytes: packet.bytes))?.heartRate)
            }
            return replay.updates.map { update in
                let silence = phase(at: update.t)?.phase.silence
                let rate = heartRates.last { $0.t <= update.t }?.rate
                return CoherenceRecord(
                    code: code,
                    reading: CoherenceReading(update, bands: .standard, silence: silence, rate == 0 ? nil : rate))
            }
        }
    }
}

/// Packets under their new owners, and what follows from it for beats.
private struct Movement {
    private struct Key: Hashable {
        let code: Code
        let number: Int
    }

    let packets: [PacketRecord]
    /// New owner and number of each packet of a code concerned.
    private var places: [Key: Key] = [:]
    /// When the packet of each key came.
    private var arrivals: [Key: Double] = [:]
    private let concerned: Set<Code>
    private let changes: [Reassignment]

    init(_ recorded: [PacketRecord], _ changes: [Reassignment], _ concerned: Set<Code>) {
        (self.concerned, self.changes) = (concerned, changes)
        var moved: [(owner: Code, packet: PacketRecord)] = []
        for packet in recorded where concerned.contains(packet.code) {
            moved.append((changes.reduce(packet.code) { $1.owner(of: $0, at: packet.t) }, packet))
        }
        moved.sort {
            ($0.owner, $0.packet.t, $0.packet.code, $0.packet.number)
                < ($1.owner, $1.packet.t, $1.packet.code, $1.packet.number)
        }
        var counts: [Code: Int] = [:]
        var renumbered: [PacketRecord] = []
        for (owner, packet) in moved {
            counts[owner, default: 0] += 1
            var packet = packet
            let place = Key(code: owner, number: counts[owner] ?? 0)
            places[Key(code: packet.code, number: packet.number)] = place
            arrivals[Key(code: packet.code, number: packet.number)] = packet.t
            (packet.code, packet.number) = (place.code, place.number)
            renumbered.append(packet)
        }
        let others = recorded.filter { !concerned.contains($0.code) }
        packets = (others + renumbered).sorted { ($0.code, $0.number) < ($1.code, $1.number) }
    }

    /// Beats under their new owners, numbered through, each piece a segment.
    func beats(of recorded: [BeatRecord]) -> [BeatRecord] {
        var moved: [(place: Key, t: Double, record: BeatRecord)] = []
        for record in recorded where concerned.contains(record.code) {
            let key = Key(code: record.code, number: record.beat.packet)
            let t = arrivals[key] ?? record.beat.end ?? 0
            // Beats of a recording made elsewhere have no packet.
            let own = Key(code: changes.reduce(record.code) { $1.owner(of: $0, at: t) }, number: record.beat.packet)
            moved.append((places[key] ?? own, t, record))
        }
        moved.sort {
            ($0.place.code, $0.t, $0.place.number, $0.record.code, $0.record.beat.sequence)
                < ($1.place.code, $1.t, $1.place.number, $1.record.code, $1.record.beat.sequence)
        }
        var renumbered: [BeatRecord] = []
        var last: BeatRecord?
        var (sequence, segment) = (0, 0)
        for (place, _, record) in moved {
            let isFirst = renumbered.last?.code != place.code
            if isFirst { (sequence, segment) = (0, 0) }
            let goesOn =
                !isFirst && last?.code == record.code && last?.beat.segment == record.beat.segment
                && last?.beat.sequence == record.beat.sequence - 1
            if !goesOn { segment += 1 }
            sequence += 1
            last = record
            var flag = record.beat.flag
            if !goesOn, !isFirst, flag == .ok { flag = .gapBefore }
            let beat = Beat(
                sequence: sequence, ticks: record.beat.ticks, end: record.beat.end, contact: record.beat.contact,
                flag: flag, segment: segment, packet: place.number,
                importedMilliseconds: record.beat.importedMilliseconds)
            renumbered.append(BeatRecord(code: place.code, beat: beat))
        }
        let others = recorded.filter { !concerned.contains($0.code) }
        return (others + renumbered).sorted { ($0.code, $0.beat.sequence) < ($1.code, $1.beat.sequence) }
    }

    /// The new segment that a link began or ended: the one of the beat nearest after it, or else before it.
    func segment(of link: LinkRecord, at owner: Code, in beats: [BeatRecord]) -> Int? {
        guard concerned.contains(owner) else { return nil }
        let own = beats.filter { $0.code == owner && $0.beat.end != nil }
        let after = own.first { ($0.beat.end ?? 0) >= link.t }?.beat.segment
        let before = own.last { ($0.beat.end ?? 0) < link.t }?.beat.segment
        return link.event == .lost ? before ?? after : after ?? before
    }
}
