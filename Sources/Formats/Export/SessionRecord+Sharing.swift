import HeartRate
import Practice
import Timekeeping

extension SessionRecord {
    /// 1900-01-01T00:00:00Z: a day on which nobody wore a strap.
    static let shiftedBegin = UTC(nanosecondsSince1970: -2_208_988_800_000_000_000)

    /// The record of some codes only.
    func of(_ only: Code?) -> SessionRecord {
        guard let only else { return self }
        var record = self
        record.info.codes = info.codes.filter { $0.key == only }
        record.packets.removeAll { $0.code != only }
        record.beats.removeAll { $0.code != only }
        record.coherence.removeAll { $0.code != only }
        record.links.removeAll { $0.code != only }
        record.markers.removeAll { $0.code.map { $0 != only } ?? false }
        record.reassignments.removeAll { $0.from != only && $0.to != only }
        record.imports.removeAll { $0.code != only }
        return record
    }

    /// The record under study IDs, everything in the order of those, so that the order tells nothing of seats.
    func recoded(_ map: [Code: Code]) -> SessionRecord {
        func study(_ code: Code) -> Code { map[code] ?? code }
        var record = self
        record.info.codes = Dictionary(info.codes.map { (study($0.key), $0.value) }) { first, _ in first }
        for index in packets.indices { record.packets[index].code = study(packets[index].code) }
        for index in beats.indices { record.beats[index].code = study(beats[index].code) }
        for index in coherence.indices { record.coherence[index].code = study(coherence[index].code) }
        for index in links.indices { record.links[index].code = study(links[index].code) }
        for index in markers.indices { record.markers[index].code = markers[index].code.map(study) }
        record.reassignments = reassignments.map { change in
            Reassignment(
                from: study(change.from), to: study(change.to), start: change.start, end: change.end,
                isExchange: change.isExchange, made: change.made)
        }
        for index in imports.indices {
            record.imports[index].code = study(imports[index].code)
            // Who has the file would know whose it is.
            record.imports[index].digest = ""
        }
        record.packets.sort { ($0.code, $0.number) < ($1.code, $1.number) }
        record.beats.sort { ($0.code, $0.beat.sequence) < ($1.code, $1.beat.sequence) }
        record.coherence.sort { ($0.code, $0.reading.t) < ($1.code, $1.reading.t) }
        record.links.sort { ($0.code, $0.t) < ($1.code, $1.t) }
        return record
    }

    /// The record with every moment shifted, so that the moment `origin` becomes the begin of 1900.
    ///
    /// The name of the session, which has its day, is made anew.
    func shifted(from origin: UTC) -> SessionRecord {
        let shift = Self.shiftedBegin.nanosecondsSince1970 - origin.nanosecondsSince1970
        func moved(_ moment: UTC) -> UTC { UTC(nanosecondsSince1970: moment.nanosecondsSince1970 + shift) }
        var record = self
        let suffix = info.name.drop { $0 != "-" }
        record.info.started = moved(info.started)
        record.info.zoneOffsetSeconds = 0
        record.info.name = record.info.started.compactDay(zoneOffsetSeconds: 0) + suffix
        for index in packets.indices { record.packets[index].utc = moved(packets[index].utc) }
        for index in imports.indices { record.imports[index].made = moved(imports[index].made) }
        record.reassignments = reassignments.map { change in
            Reassignment(
                from: change.from, to: change.to, start: change.start, end: change.end, isExchange: change.isExchange,
                made: moved(change.made))
        }
        return record
    }

    /// The record with straps called by their make and a number, in place of the ID printed on them.
    func withoutStrapIDs() -> SessionRecord {
        var names: [String: String] = [:]
        func name(_ label: String) -> String {
            if let name = names[label] { return name }
            let name = "\(StrapLabel.make(of: label)) #\(names.count + 1)"
            names[label] = name
            return name
        }
        var record = self
        for index in packets.indices { record.packets[index].strap = name(packets[index].strap) }
        for index in links.indices { record.links[index].strap = name(links[index].strap) }
        record.straps = Dictionary(straps.map { (name($0.key), $0.value) }) { first, _ in first }
        return record
    }

    /// The record without what somebody wrote: marks keep their moment.
    func withoutText() -> SessionRecord {
        let own: Set = ["phase", "pause", "resume", "stop", "import"]
        var record = self
        for index in markers.indices where !own.contains(markers[index].kind) { record.markers[index].text = "" }
        return record
    }
}

extension StrapLabel {
    /// The make of a strap without its ID: `Polar H10` of `Polar H10 A1B2C3D4`; `strap` where nothing is left.
    static func make(of label: String) -> String {
        let words = withoutAddress(label).split { $0 == " " || $0 == ":" }
        let kept = words.filter { $0.count < 4 || !$0.allSatisfy(\.isHexDigit) }
        return kept.isEmpty ? "strap" : kept.joined(separator: " ")
    }
}
