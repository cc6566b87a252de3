import GRDB
public import Practice
import Timekeeping

extension Store {
    /// Opens the store to read only: nothing is made, changed or brought up to date.
    /// - Throws: `StoreError` when there is none, or it cannot be read.
    public convenience init(reading folder: String) throws(StoreError) {
        let place = DataFolder(at: folder)
        do {
            let pool = try StoreFile(place: place).openForReading()
            switch try pool.read({ try StoreFile.standing(in: $0, file: place.database) }) {
            case .newer: throw StoreError(.newerSchema, place.database)
            case .older: throw StoreError(.olderSchema, place.database)
            case .new, .current: break
            }
            try pool.read { try StoredTypes.checkShortTables(in: $0, file: place.database) }
            self.init(place: place, pool: pool)
        } catch {
            throw StoreError(error, at: place.database)
        }
    }

    /// What a wall may know of a session; a few rows, however long the session runs.
    /// - Parameters:
    ///   - session: the session; nil for the newest that runs.
    ///   - followsAll: whether a later session of any group takes its place when it is over, not only one of its group.
    /// - Returns: the session, or the one that runs after it; nil when none was named and none runs.
    /// - Throws: `StoreError.Kind.unknownSession`.
    public func wallReading(_ session: String?, followsAll: Bool) async throws(StoreError) -> WallReading? {
        let folder = place
        return try await read { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT id, name, group_name, seconds FROM session ORDER BY started DESC, id DESC")
            var candidates = rows[...]
            if let session {
                guard let index = rows.firstIndex(where: { $0[1] == session }) else {
                    throw StoreError(.unknownSession, session)
                }
                let group: String = rows[index][2]
                candidates = rows[...index].filter { followsAll || $0[2] == group }[...]
            }
            let isRunning = { (row: Row) in row[3] as Double? == nil && SessionLock.isHeld(folder.lock(of: row[1])) }
            let running = candidates.first(where: isRunning)
            guard let chosen = running ?? (session == nil ? nil : candidates.last) else { return nil }
            let isOver = chosen[3] as Double? != nil
            return try Self.wallReading(
                of: chosen[0], state: running != nil ? .running : isOver ? .ended : .interrupted, in: database,
                file: folder.database)
        }
    }

    private static func wallReading(
        of id: Int64, state: WallReading.State, in database: Database, file: String
    ) throws -> WallReading {
        let info = try sessionInfo(of: id, in: database, file: file)
        let recorded = Set(info.codes.filter { $0.value.allowsRecording }.keys.map(\.place))
        var places: [Int: WallReading.Place] = [:]
        // The newest row of each is among the last ten of as many straps as there are.
        let most = 10 * max(1, recorded.count)
        let packets = try Row.fetchAll(
            database, sql: "SELECT place, t FROM packet WHERE session = ? ORDER BY line DESC LIMIT ?",
            arguments: [id, most])
        for row in packets {
            let place = try row.decode(Int.self, atIndex: 0)
            guard recorded.contains(place), places[place] == nil else { continue }
            places[place] = WallReading.Place(packet: try row.decode(Double?.self, atIndex: 1) ?? 0)
        }
        let beats = try Row.fetchAll(
            database, sql: "SELECT place, t FROM beat WHERE session = ? ORDER BY line DESC LIMIT ?",
            arguments: [id, most])
        for row in beats {
            let place = try row.decode(Int.self, atIndex: 0)
            if places[place]?.beat == nil { places[place]?.beat = try row.decode(Double?.self, atIndex: 1) }
        }
        let updates = try Row.fetchAll(
            database, sql: "SELECT place, t, score, clean FROM coherence WHERE session = ? ORDER BY line DESC LIMIT ?",
            arguments: [id, most])
        for row in updates {
            let place = try row.decode(Int.self, atIndex: 0)
            guard let known = places[place], known.update == nil else { continue }
            places[place]?.update = try row.decode(Double?.self, atIndex: 1)
            places[place]?.score = try row.decode(Double?.self, atIndex: 2)
            places[place]?.clean = try row.decode(Double?.self, atIndex: 3)
        }
        var reading = WallReading(
            info: info, state: state, spans: try phases(of: id, in: database, file: file), places: Array(places.values))
        let rhythm = try Row.fetchOne(
            database, sql: "SELECT t, phase, locking, codes FROM session_rhythm WHERE session = ?", arguments: [id])
        if let rhythm, let locking = rhythm[2] as Double? {
            reading.rhythm = WallReading.Rhythm(t: rhythm[0], phase: rhythm[1], locking: locking, codes: rhythm[3])
        }
        return reading
    }
}
