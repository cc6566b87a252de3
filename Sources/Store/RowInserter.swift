import FoundationEssentials
import GRDB
import HeartRate
import Practice
import Timekeeping

/// Puts rows of one session into the tables, with statements that are prepared once a connection.
struct RowInserter {
    /// What is written into which table; made once.
    private enum Insertion {
        static let code = sql("session_code", "session, place, consent")
        static let strap = sql("session_strap", "session, number, label")
        static let description = """
            UPDATE session_strap SET manufacturer = ?, model = ?, firmware = ?, location = ?
            WHERE session = ? AND number = ?
            """
        static let adapter = sql("adapter", "address, held, refused_at")
        static let phase = sql("session_phase", "session, number, phase, start, stop")
        static let packet = sql("packet", "session, line, place, number, t, utc, strap, bytes")
        static let beat = sql(
            "beat", "session, line, place, sequence, ticks, t, contact, flag, segment, packet, revises, ms")
        static let coherence = sql(
            "coherence",
            "session, line, place, t, score, pct, ratio, peak_hz, band, clean, reason, note, heart_rate")
        static let marker = sql("marker", "session, line, t, place, kind, text")
        static let link = sql("link", "session, line, place, segment, strap, event, t, rssi, battery")
        static let rhythm = sql("session_rhythm", "session, t, phase, locking, resultant, codes")

        private static func sql(_ table: String, _ columns: String) -> String {
            let marks = columns.split(separator: ",").map { _ in "?" }.joined(separator: ", ")
            return "INSERT OR REPLACE INTO \(table) (\(columns)) VALUES (\(marks))"
        }
    }

    let database: Database
    let session: Int64

    func insert(_ rows: [NumberedRow]) throws {
        for row in rows { try insert(row.row, line: row.number) }
    }

    private func insert(_ row: SessionRow, line: Int) throws {
        switch row {
        case .code(let place, let consent):
            try put(Insertion.code, [session, place, consent.rawValue])
        case .strap(let number, let label):
            try put(Insertion.strap, [session, number, label])
        case .description(let strap, let description):
            try put(
                Insertion.description,
                [
                    description.manufacturer, description.model, description.firmware,
                    description.location.map { Int($0.rawValue) }, session, strap,
                ])
        case .phase(let number, let span):
            try put(
                Insertion.phase,
                [session, number, try Stored.json(StoredPhase(span.phase)), span.start, span.end])
        case .adapter(let adapter):
            try put(Insertion.adapter, [adapter.address, adapter.held, adapter.refusedAt])
        case .packet(let place, let strap, let packet):
            try put(
                Insertion.packet,
                [
                    session, line, place, packet.number, packet.t, packet.utc.nanosecondsSince1970, strap,
                    Data(packet.bytes),
                ])
        case .beat(let place, let beat, let revises): try insert(beat, of: place, revises: revises, line: line)
        case .coherence(let place, let reading): try insert(reading, of: place, line: line)
        case .marker(let place, let marker):
            try put(
                Insertion.marker,
                [session, line, marker.t, place, marker.kind, marker.text])
        case .link(let place, let strap, let link):
            try put(
                Insertion.link,
                [
                    session, line, place, link.segment, strap, link.event.rawValue, link.t, link.rssi, link.battery,
                ])
        case .rhythm(let rhythm, let t):
            try put(
                Insertion.rhythm, [session, t, rhythm.phase, rhythm.locking, rhythm.resultant, rhythm.codes])
        }
    }

    private func insert(_ beat: Beat, of place: Int, revises: Bool, line: Int) throws {
        try put(
            Insertion.beat,
            [
                session, line, place, beat.sequence, Int(beat.ticks), beat.end, Stored.number(of: beat.contact),
                Stored.number(of: beat.flag), beat.segment, beat.packet, revises,
                beat.importedMilliseconds,
            ])
    }

    private func insert(_ reading: CoherenceReading, of place: Int, line: Int) throws {
        try put(
            Insertion.coherence,
            [
                session, line, place, reading.t, reading.score, reading.pct, reading.ratio, reading.peakHz,
                reading.band.map(Stored.number(of:)), reading.clean, reading.reason, reading.note, reading.heartRate,
            ])
    }

    private func put(_ sql: String, _ values: [(any DatabaseValueConvertible)?]) throws {
        try database.cachedStatement(sql: sql).execute(arguments: StatementArguments(values))
    }
}
