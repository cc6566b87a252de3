import FoundationEssentials
import GRDB
import HRV
import HeartRate
public import Practice
import Timekeeping

extension Store {
    /// Everything that was recorded of a session: while it runs, after a crash and after its end.
    /// - Parameters:
    ///   - name: the session's name.
    ///   - code: only what belongs to this code and to the whole group; nil for everybody.
    ///   - key: what opens it, where it is sealed.
    /// - Returns: the record, in the order of codes and numbers, with corrections applied and without what is of codes
    ///   that have withdrawn.
    /// - Throws: `StoreError.Kind.unknownSession`, or `.sealed` and `.otherKey`.
    public func record(
        named name: String, only code: Code? = nil, key: FacilitatorPrivateKey? = nil
    ) async throws(StoreError) -> SessionRecord {
        let file = place.database
        return try await read { database in
            try Self.opened(name, with: key, in: database, file: file) { database, id, info in
                try Self.corrected(id, info, only: code, in: database, file: file)
            }
        }
    }

    /// A session as it was recorded: corrections are listed, but not applied.
    /// - Parameters:
    ///   - name: the session's name.
    ///   - key: what opens it, where it is sealed.
    /// - Returns: the record.
    /// - Throws: `StoreError.Kind.unknownSession`, or `.sealed` and `.otherKey`.
    public func original(
        named name: String, key: FacilitatorPrivateKey? = nil
    ) async throws(StoreError) -> SessionRecord {
        let file = place.database
        return try await read { database in
            try Self.opened(name, with: key, in: database, file: file) { database, id, info in
                var record = try Self.recorded(id, info, only: nil, in: database, file: file)
                record.reassignments = try Self.reassignments(of: id, group: info.group, in: database, file: file)
                record.imports = try Self.imports(of: id, group: info.group, in: database, file: file)
                return record
            }
        }
    }

    static func corrected(
        _ id: Int64, _ info: SessionInfo, only code: Code?, in database: Database, file: String
    ) throws -> SessionRecord {
        let changes = try reassignments(of: id, group: info.group, in: database, file: file)
        // A correction concerns two codes: then everybody is read first.
        var recorded = try recorded(id, info, only: changes.isEmpty ? code : nil, in: database, file: file)
        recorded.imports = try imports(of: id, group: info.group, in: database, file: file)
        let record = recorded.applying(changes)
        let withdrawn = info.codes.filter { $0.value == .withdrawn }.keys
        let isAll = withdrawn.isEmpty && (changes.isEmpty || code == nil)
        return isAll ? record : record.keeping { ($0 == code || code == nil) && !withdrawn.contains($0) }
    }

    /// The rows as they stand.
    static func recorded(
        _ id: Int64, _ info: SessionInfo, only code: Code?, in database: Database, file: String
    ) throws -> SessionRecord {
        try RecordReader(database: database, file: file, id: id, info: info, only: code).record()
    }
}

extension SessionRecord {
    /// What belongs to some codes and to the whole group.
    func keeping(_ isKept: (Code) -> Bool) -> SessionRecord {
        var record = self
        record.packets.removeAll { !isKept($0.code) }
        record.beats.removeAll { !isKept($0.code) }
        record.coherence.removeAll { !isKept($0.code) }
        record.links.removeAll { !isKept($0.code) }
        record.markers.removeAll { $0.code.map(isKept) == false }
        record.imports.removeAll { !isKept($0.code) }
        return record
    }
}

/// Reads one session.
private struct RecordReader {
    let database: Database
    let file: String
    let id: Int64
    let info: SessionInfo
    let only: Code?
    private let straps: [Int: String]

    init(database: Database, file: String, id: Int64, info: SessionInfo, only: Code?) throws {
        self.database = database
        self.file = file
        self.id = id
        self.info = info
        self.only = only
        let rows = try Stored.rows(
            "number, label", of: "session_strap", "WHERE session = ?", [id], in: database, file: file)
        straps = Dictionary(rows.map { ($0[0], $0[1]) }) { first, _ in first }
    }

    /// - Throws: where something is damaged, an error that names the session.
    func record() throws -> SessionRecord {
        do {
            return try everything()
        } catch {
            let cause = StoreError(error, at: file)
            guard cause.kind == .damaged else { throw error }
            throw StoreError(.damaged, file, detail: "session \(info.name) cannot be read: \(cause.detail)")
        }
    }

    private func everything() throws -> SessionRecord {
        try StoredTypes.checkRows(of: id, in: database, file: file)
        return SessionRecord(
            info: info, phases: try Store.phases(of: id, in: database, file: file), packets: try packets(),
            beats: try beats(), coherence: try coherence(),
            markers: try markers(), links: try links(), straps: try descriptions())
    }

    /// What straps said of themselves; those that said nothing are left out.
    private func descriptions() throws -> [String: StrapDescription] {
        let rows = try Stored.rows(
            "label, manufacturer, model, firmware, location", of: "session_strap", "WHERE session = ?", [id],
            in: database, file: file)
        let described = rows.map { row in
            let location = (row[4] as Int?).flatMap(UInt8.init(exactly:)).flatMap(BodySensorLocation.init)
            return (
                row[0] as String,
                StrapDescription(manufacturer: row[1], model: row[2], firmware: row[3], location: location)
            )
        }
        return Dictionary(described.filter { !$0.1.isEmpty }) { first, _ in first }
    }

    // MARK: - Reading tables

    /// The rows of a table in the order they were handed in, of one code or of all.
    private func lines<Value>(
        _ columns: String, of table: String, _ make: (Row) throws -> Value
    ) throws -> [Value] {
        let shape = try TableShape(of: table, in: database).columns(named: columns)
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT \(columns) FROM \(table)
                WHERE session = :id AND (:place IS NULL OR place IS NULL OR place = :place) ORDER BY line
                """, arguments: ["id": id, "place": only?.place])
        var values: [Value] = []
        while let row = try rows.next() {
            guard shape.fits(row) else { throw Stored.damaged(file, "a row of \(table) that means nothing") }
            values.append(try make(row))
        }
        return values
    }

    private func code(_ place: Int) throws -> Code { try Stored.code(info.group.text, place, in: file) }

    private func strap(_ number: Int) throws -> String {
        guard let label = straps[number] else { throw Stored.damaged(file, "a strap without a label") }
        return label
    }

    private func packets() throws -> [PacketRecord] {
        try lines("place, number, t, utc, strap, bytes", of: "packet") { row in
            PacketRecord(
                code: try code(row[0]), number: row[1], t: row[2] ?? .nan, utc: UTC(nanosecondsSince1970: row[3]),
                strap: try strap(row[4]), bytes: [UInt8](row[5] as Data))
        }.stablySorted { ($0.code, $0.number) < ($1.code, $1.number) }
    }

    private func beats() throws -> [BeatRecord] {
        let all = try lines("place, sequence, ticks, t, contact, flag, segment, packet, ms", of: "beat") { row in
            guard let ticks = UInt16(exactly: row[2] as Int) else { throw Stored.damaged(file, "a beat out of range") }
            return BeatRecord(
                code: try code(row[0]),
                beat: Beat(
                    sequence: row[1], ticks: ticks, end: row[3], contact: try Stored.contact(row[4], in: file),
                    flag: try Stored.flag(row[5], in: file), segment: row[6], packet: row[7],
                    importedMilliseconds: row[8]))
        }.stablySorted { ($0.code, $0.beat.sequence) < ($1.code, $1.beat.sequence) }
        return newest(of: all)
    }

    /// Where a beat stands more than once, the last one counts.
    private func newest(of sorted: [BeatRecord]) -> [BeatRecord] {
        var kept: [BeatRecord] = []
        kept.reserveCapacity(sorted.count)
        for record in sorted {
            if let last = kept.last, last.code == record.code, last.beat.sequence == record.beat.sequence {
                kept.removeLast()
            }
            kept.append(record)
        }
        return kept
    }

    private func coherence() throws -> [CoherenceRecord] {
        try lines(
            "place, t, score, pct, ratio, peak_hz, band, clean, reason, note, heart_rate", of: "coherence"
        ) { row in
            let band: Int? = row[6]
            return CoherenceRecord(
                code: try code(row[0]),
                reading: CoherenceReading(
                    t: row[1] ?? .nan, score: row[2], pct: row[3], ratio: row[4], peakHz: row[5],
                    band: try band.map { try Stored.band($0, in: file) }, clean: row[7] ?? .nan, reason: row[8],
                    note: row[9], heartRate: row[10]))
        }.stablySorted { ($0.code, $0.reading.t) < ($1.code, $1.reading.t) }
    }

    private func markers() throws -> [MarkerRecord] {
        try lines("t, place, kind, text", of: "marker") { row in
            let place: Int? = row[1]
            return MarkerRecord(t: row[0] ?? .nan, code: try place.map(code), kind: row[2], text: row[3])
        }.stablySorted { $0.t < $1.t }
    }

    private func links() throws -> [LinkRecord] {
        try lines("place, segment, strap, event, t, rssi, battery", of: "link") { row in
            LinkRecord(
                code: try code(row[0]), segment: row[1], strap: try strap(row[2]),
                event: try Stored.event(row[3], in: file), t: row[4] ?? .nan, rssi: row[5], battery: row[6])
        }.stablySorted { ($0.code, $0.t) < ($1.code, $1.t) }
    }
}

extension Store {
    /// The phases of a session that have begun.
    static func phases(of id: Int64, in database: Database, file: String) throws -> [PhaseSequence.Span] {
        try Stored.rows(
            "phase, start, stop", of: "session_phase", "WHERE session = ? ORDER BY number", [id], in: database,
            file: file
        ).map { row in
            PhaseSequence.Span(
                phase: try Stored.value(StoredPhase.self, json: row[0], in: file).phase(in: file),
                start: row[1] ?? .nan, end: row[2])
        }
    }

    /// The session as a whole.
    static func sessionInfo(of id: Int64, in database: Database, file: String) throws -> SessionInfo {
        let found = try Stored.rows(
            "name, group_name, started, zone_offset, seconds, script, tool_version, clock_rate, adapters",
            of: "session", "WHERE id = ?", [id], in: database, file: file)
        guard let row = found.first else { throw Stored.damaged(file, "a session without a row") }
        let group = try Stored.group(row[1], in: file)
        let codes = try Stored.rows(
            "place, consent", of: "session_code", "WHERE session = ?", [id], in: database, file: file
        ).map { (try Stored.code(group.text, $0[0], in: file), try Stored.consent($0[1], in: file)) }
        return SessionInfo(
            name: row[0], group: group, started: UTC(nanosecondsSince1970: row[2]), zoneOffsetSeconds: row[3],
            seconds: row[4], script: try Stored.value(StoredScript.self, json: row[5], in: file).script(in: file),
            codes: Dictionary(codes) { first, _ in first }, toolVersion: row[6], clockRate: row[7],
            adapters: try Stored.value([String].self, json: row[8], in: file))
    }
}

extension Array {
    /// Sorted, equal elements in the order they had: which the library does, but does not promise.
    fileprivate func stablySorted(_ isBefore: (Element, Element) -> Bool) -> [Element] {
        enumerated().sorted { left, right in
            if isBefore(left.element, right.element) { return true }
            if isBefore(right.element, left.element) { return false }
            return left.offset < right.offset
        }.map(\.element)
    }
}
