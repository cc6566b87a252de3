import HeartRate
import Practice

/// What has been handed in and is not yet written: numbers every row and knows the short names of the file.
struct SessionIntake: Sendable {
    let group: GroupName
    /// Places whose consent allows that something is written down.
    private var places: Set<Int>
    private var nextNumber = 1
    private var straps: [String: Int] = [:]
    private var newestBeat: [Int: Int] = [:]
    private var phases: [PhaseSequence.Span] = []

    /// Rows that wait, oldest first.
    private(set) var waiting: [NumberedRow] = []
    /// Rows that were not taken, because nobody agreed to their being kept.
    private(set) var refused: [Code: Int] = [:]
    /// Whether somebody is already going to write what waits.
    var isScheduled = false

    init(group: GroupName, codes: [Code: Consent]) {
        self.group = group
        places = Set(codes.filter(\.value.allowsRecording).map(\.key.place))
    }

    /// Hands out what waits.
    mutating func take() -> [NumberedRow] {
        isScheduled = false
        defer { waiting.removeAll(keepingCapacity: waiting.count < 4096) }
        return waiting
    }

    /// Takes rows back that could not be written; they stay the oldest.
    mutating func putBack(_ rows: [NumberedRow]) {
        waiting = rows + waiting
        isScheduled = true
    }

    mutating func admit(_ code: Code, _ consent: Consent) {
        guard code.group == group else {
            refused[code, default: 0] += 1
            return
        }
        if consent.allowsRecording { places.insert(code.place) } else { places.remove(code.place) }
        append(.code(place: code.place, consent))
    }

    mutating func add(_ packets: [PacketRecord]) {
        for packet in packets where takes(packet.code) {
            append(.packet(place: packet.code.place, strap: number(ofStrap: packet.strap), packet))
        }
    }

    mutating func add(_ beats: [BeatRecord]) {
        for record in beats where takes(record.code) {
            let place = record.code.place
            let newest = newestBeat[place] ?? 0
            append(.beat(place: place, record.beat, revises: record.beat.sequence <= newest))
            newestBeat[place] = max(newest, record.beat.sequence)
        }
    }

    mutating func add(_ updates: [CoherenceRecord]) {
        for update in updates where takes(update.code) { append(.coherence(place: update.code.place, update.reading)) }
    }

    mutating func add(_ links: [LinkRecord]) {
        for link in links where takes(link.code) {
            append(.link(place: link.code.place, strap: number(ofStrap: link.strap), link))
        }
    }

    mutating func describe(strap label: String, _ description: StrapDescription) {
        append(.description(strap: number(ofStrap: label), description))
    }

    mutating func learn(_ adapter: KnownAdapter) { append(.adapter(adapter)) }

    mutating func add(_ markers: [MarkerRecord]) {
        for marker in markers {
            if let code = marker.code, !takes(code) { continue }
            append(.marker(place: marker.code?.place, marker))
        }
    }

    mutating func set(_ rhythm: GroupRhythm, _ t: Double) { append(.rhythm(rhythm, t: t)) }

    /// Keeps the phases that are new or changed since the last call.
    mutating func set(_ spans: [PhaseSequence.Span]) {
        for (index, span) in spans.enumerated() where index >= phases.count || phases[index] != span {
            append(.phase(number: index, span))
        }
        phases = spans
    }

    private mutating func takes(_ code: Code) -> Bool {
        if code.group == group, places.contains(code.place) { return true }
        refused[code, default: 0] += 1
        return false
    }

    private mutating func number(ofStrap label: String) -> Int {
        if let number = straps[label] { return number }
        let number = straps.count
        straps[label] = number
        append(.strap(number: number, label: label))
        return number
    }

    private mutating func append(_ row: SessionRow) {
        waiting.append(NumberedRow(number: nextNumber, row: row))
        nextNumber += 1
    }
}
