import GRDB
public import HeartRate
public import Practice
import Timekeeping

extension Store {
    /// Adds a recording made elsewhere to a session that is over.
    /// - Parameters:
    ///   - beats: its beats, as `ImportRecord.start` places them; their numbers and segments go on from those the code has.
    ///   - coherence: its updates.
    ///   - recording: what it is.
    ///   - name: the session.
    /// - Throws: `StoreError.Kind.unknownSession`, `.sessionRunning`, or `.badImport` with the reason: imported before,
    ///   no consent, or beats of the same code at the same time.
    public func add(
        _ beats: [Beat], coherence: [CoherenceReading], as recording: ImportRecord, to name: String
    ) async throws(StoreError) {
        try refuseRunning(name)
        let file = place.database
        try await write { database in
            guard let id = try Self.id(of: name, in: database) else { throw StoreError(.unknownSession, name) }
            let info = try Self.sessionInfo(of: id, in: database, file: file)
            guard recording.code.group == info.group else { throw StoreError(.unknownCode, "\(recording.code)") }
            if try SealedPart.isAny(of: id, in: database) {
                throw StoreError(
                    .badImport, "The file",
                    detail: "\(name) is sealed. Leave out --session to make a session of the file.")
            }
            try Self.refuseKnown(recording, in: database)
            try Self.refuseOverlap(beats, recording.code, session: id, name, in: database)
            let rows = RowInserter(database: database, session: id)
            var line = try Self.newestLine(of: id, in: database)
            func insert(_ row: SessionRow) throws {
                line += 1
                try rows.insert([NumberedRow(number: line, row: row)])
            }
            if info.codes[recording.code] != .study { try insert(.code(place: recording.code.place, .study)) }
            for beat in beats { try insert(.beat(place: recording.code.place, beat, revises: false)) }
            for reading in coherence { try insert(.coherence(place: recording.code.place, reading)) }
            try insert(.marker(place: recording.code.place, Self.mark(of: recording)))
            try Self.insert(recording, session: id, into: database)
            let last = max(info.seconds ?? 0, beats.compactMap(\.end).max() ?? 0)
            try database.execute(
                sql: "UPDATE session SET seconds = ?, beats = ? WHERE id = ?",
                arguments: [last, try Self.beatCount(of: id, in: database), id])
        }
    }

    /// Keeps a whole session that was recorded elsewhere and is over.
    ///
    /// Codes that have withdrawn, or were never to be kept, leave nothing behind but their state.
    /// - Parameters:
    ///   - record: the session as it was recorded, with its corrections listed, not applied.
    ///   - isNamedAnew: whether it gets `-2`, `-3` ... when its name is taken.
    /// - Returns: its name here.
    /// - Throws: `StoreError.Kind.badSessionName`, or `.badImport` when its name or one of its files is known already.
    public func adopt(_ record: SessionRecord, isNamedAnew: Bool = false) async throws(StoreError) -> String {
        try Self.checkName(record.info.name)
        return try await write { database in
            var info = record.info
            if isNamedAnew { info.name = try Self.freeName(info.name, in: database) }
            guard try Self.id(of: info.name, in: database) == nil else {
                throw StoreError(.badImport, info.name, detail: "a session of that name is there already.")
            }
            for recording in record.imports { try Self.refuseKnown(recording, in: database) }
            let id = try Self.insert(info, into: database)
            var intake = SessionIntake(group: info.group, codes: info.codes)
            intake.set(record.phases)
            intake.add(record.packets)
            intake.add(record.beats)
            intake.add(record.coherence)
            intake.add(record.links)
            intake.add(record.markers)
            for (label, description) in record.straps { intake.describe(strap: label, description) }
            try RowInserter(database: database, session: id).insert(intake.take())
            for change in record.reassignments {
                try Self.insert(change, info.codes[change.to] ?? .study, session: info.name, into: database)
            }
            for recording in record.imports { try Self.insert(recording, session: id, into: database) }
            let newest = try Self.newestTime(of: id, in: database)
            try database.execute(
                sql: "UPDATE session SET seconds = ?, beats = ? WHERE id = ?",
                arguments: [info.seconds ?? newest, try Self.beatCount(of: id, in: database), id])
            return info.name
        }
    }

    /// The session and the code that a file was imported as; nil when it never was.
    /// - Parameter digest: its SHA-256.
    /// - Returns: where it is.
    /// - Throws: `StoreError` when the file cannot be read.
    public func imported(_ digest: String) async throws(StoreError) -> (session: String, code: Code)? {
        let file = place.database
        return try await read { database in
            try Self.place(ofImport: digest, in: database).map { ($0.0, try Stored.code($0.1, $0.2, in: file)) }
        }
    }

    // MARK: - Refusals

    private func refuseRunning(_ name: String) throws(StoreError) {
        if recorder(of: name) != nil { throw StoreError(.sessionRunning, name) }
    }

    private static func place(ofImport digest: String, in database: Database) throws -> (String, String, Int)? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT name, group_name, place FROM import JOIN session ON session.id = import.session
                WHERE digest = ? AND digest <> ''
                """, arguments: [digest]
        ).map { ($0[0], $0[1], $0[2]) }
    }

    private static func refuseKnown(_ recording: ImportRecord, in database: Database) throws {
        guard let (session, group, number) = try place(ofImport: recording.digest, in: database) else { return }
        throw StoreError(
            .badImport, "The file",
            detail: Self.sameFile(in: session, as: "\(group)-\(number < 10 ? "0" : "")\(number)"))
    }

    /// What is said of a file that is here already, and of how it comes to the right person.
    public static func sameFile(in session: String, as code: String) -> String {
        "it is in session \(session) already, as \(code). Was it somebody else's of that group?  "
            + "entrain session reassign \(session) --from \(code) --to CODE    In another group: import it with --again."
    }

    private static func refuseOverlap(
        _ beats: [Beat], _ code: Code, session: Int64, _ name: String, in database: Database
    ) throws {
        let ends = beats.compactMap(\.end)
        guard let first = ends.min(), let last = ends.max() else { return }
        let there = try Row.fetchOne(
            database,
            sql: "SELECT COUNT(*), MIN(t), MAX(t) FROM beat WHERE session = ? AND place = ? AND t BETWEEN ? AND ?",
            arguments: [session, code.place, first, last])
        guard let there, there[0] as Int > 0 else { return }
        throw StoreError(
            .badImport, "The file",
            detail: "\(code) has \(there[0] as Int) beats of its own from \(Int(there[1] as Double)) to "
                + "\(Int(there[2] as Double)) s of \(name). Choose another code, another moment with --at, or leave out "
                + "--session to make a session of it.")
    }

    // MARK: - Rows

    private static func newestLine(of id: Int64, in database: Database) throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT MAX(line) FROM (
                    SELECT MAX(line) AS line FROM packet WHERE session = :id
                    UNION ALL SELECT MAX(line) FROM beat WHERE session = :id
                    UNION ALL SELECT MAX(line) FROM coherence WHERE session = :id
                    UNION ALL SELECT MAX(line) FROM marker WHERE session = :id
                    UNION ALL SELECT MAX(line) FROM link WHERE session = :id)
                """, arguments: ["id": id]) ?? 0
    }

    private static func mark(of recording: ImportRecord) -> MarkerRecord {
        let remarks = recording.remarks.isEmpty ? "" : "; \(recording.remarks.joined(separator: "; "))"
        return MarkerRecord(
            t: recording.start, code: recording.code, kind: "import",
            text: "\(recording.beats) beats of a file of \(recording.format)\(remarks)")
    }

    static func insert(_ recording: ImportRecord, session: Int64, into database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO import (session, number, place, digest, format, start, beats, remarks, made)
                VALUES (:id, (SELECT COALESCE(MAX(number), 0) + 1 FROM import WHERE session = :id), :place, :digest,
                    :format, :start, :beats, :remarks, :made)
                """,
            arguments: [
                "id": session, "place": recording.code.place, "digest": recording.digest, "format": recording.format,
                "start": recording.start, "beats": recording.beats, "remarks": try Stored.json(recording.remarks),
                "made": recording.made.nanosecondsSince1970,
            ])
    }

    static func imports(
        of id: Int64, group: GroupName, in database: Database, file: String
    ) throws -> [ImportRecord] {
        try Row.fetchAll(
            database,
            sql:
                "SELECT place, digest, format, start, beats, remarks, made FROM import WHERE session = ? ORDER BY number",
            arguments: [id]
        ).map { row in
            ImportRecord(
                code: try Stored.code(group.text, row[0], in: file), digest: row[1], format: row[2], start: row[3],
                beats: row[4], remarks: try Stored.value([String].self, json: row[5], in: file),
                made: UTC(nanosecondsSince1970: row[6]))
        }
    }
}
