import Formats
import HRV
import HeartRate
import Practice
import Timekeeping

/// Where the beats of a file belong.
struct ImportPlan {
    let file: RRFile
    let digest: String
    let code: Code
    /// When it began by its own clock; from its name where its lines do not tell.
    private let began: RRMoment?
    private let zoneOffsetSeconds: Int
    private let now: UTC

    /// A recording with its place in a session.
    struct Placed {
        let beats: [Beat]
        let coherence: [CoherenceReading]
        let recording: ImportRecord
        /// How its place was found, in words.
        let remark: String
    }

    init(_ file: RRFile, path: String, digest: String, code: Code, zoneOffsetSeconds: Int, now: UTC) {
        self.file = file
        self.digest = digest
        self.code = code
        self.zoneOffsetSeconds = zoneOffsetSeconds
        self.now = now
        began = file.began ?? RRMoment(fileName: path)
    }

    /// What is said of the day of a new session.
    var dateRemark: String? {
        began == nil ? "The file tells no day: the session has today's." : nil
    }

    // MARK: - A session of its own

    /// The file as a session: one phase as long as it is, on the day it tells.
    func session(toolVersion: String) -> SessionRecord {
        let started = began.map { moment(of: $0, zone: zoneOffsetSeconds) } ?? now
        let beats = file.beats(at: 0)
        // A ms more than the last beat, which lies inside the phase then.
        let seconds = ((beats.compactMap(\.end).max() ?? 0) * 1000).rounded() / 1000 + 0.001
        let phase = Phase(
            key: "recording", title: "Recording", seconds: seconds, feedback: .hidden,
            prompt: "recorded elsewhere; what the person saw is not known")
        let info = SessionInfo(
            name: "\(started.compactDay(zoneOffsetSeconds: zoneOffsetSeconds))-\(code.group)", group: code.group,
            started: started, zoneOffsetSeconds: zoneOffsetSeconds, seconds: seconds,
            script: Script(name: "import", purpose: "recorded elsewhere", phases: [phase]), codes: [code: .study],
            toolVersion: toolVersion, clockRate: 1, adapters: [])
        var record = SessionRecord(
            info: info, phases: [PhaseSequence.Span(phase: phase, start: 0, end: seconds)], packets: [],
            beats: beats.map { BeatRecord(code: code, beat: $0) }, coherence: [], markers: [], links: [],
            imports: [recording(beats)])
        record.coherence = record.readings(of: [code])
        return record
    }

    // MARK: - Part of a session

    /// The file among what a session has.
    /// - Throws: `Failure` when its clock lies outside the session.
    func joining(_ record: SessionRecord, at: Double?) throws -> Placed {
        let (begin, remark) = try begin(in: record, at: at)
        let own = record.beats.filter { $0.code == code }.map(\.beat)
        let beats = file.beats(
            at: begin, after: own.map(\.sequence).max() ?? 0, segment: own.map(\.segment).max() ?? 0)
        var joined = record
        joined.beats += beats.map { BeatRecord(code: code, beat: $0) }
        joined.beats.sort { ($0.code, $0.beat.sequence) < ($1.code, $1.beat.sequence) }
        let known = Set(record.coherence.filter { $0.code == code }.map(\.reading.t))
        let readings = joined.readings(of: [code]).map(\.reading).filter { !known.contains($0.t) }
        let first = beats.first?.end ?? 0
        return Placed(
            beats: beats, coherence: readings.filter { $0.t >= first }, recording: recording(beats), remark: remark)
    }

    private func begin(in record: SessionRecord, at: Double?) throws -> (Double, String) {
        if let at {
            return (at - file.startSeconds, "It begins \(Self.text(at)) s after the session's start, as you said.")
        }
        if file.format == .ownBeats {
            return (0, "Times are those of its own session, from the start.")
        }
        guard let began else {
            return (0, "The file tells no time: it begins at the session's start. --at says otherwise.")
        }
        let zone = record.info.zoneOffsetSeconds
        let begin =
            Double(moment(of: began, zone: zone).nanosecondsSince1970 - record.info.started.nanosecondsSince1970) / 1e9
        let end = begin + (file.series.endTimes.last ?? 0)
        let length = record.info.seconds ?? record.lastMoment
        guard begin >= -1, begin < length, end > 0 else {
            throw Failure(
                .refused,
                """
                by its own clock the file begins \(Self.text(begin)) s after the start of \(record.info.name), which lasted \
                \(Self.text(length)) s.
                  Say where it belongs:        --at 0
                  Or make a session of it:     leave out --session
                """)
        }
        return (max(0, begin), "By its own clock it begins \(Self.text(max(0, begin))) s after the session's start.")
    }

    private func recording(_ beats: [Beat]) -> ImportRecord {
        // No heading and no name of the file: a person's may stand in them.
        var remarks = file.leftOut.map(\.description)
        if !file.gaps.isEmpty { remarks.append("gaps: \(file.gaps.count)") }
        let first = beats.first.map { ($0.end ?? 0) - $0.milliseconds / 1000 } ?? 0
        return ImportRecord(
            code: code, digest: digest, format: file.format.name, start: first, beats: beats.count, remarks: remarks,
            made: now)
    }

    /// The moment as UTC; a clock without a zone is taken for the local time there.
    private func moment(of moment: RRMoment, zone: Int) -> UTC {
        let seconds = moment.secondsSince1970 - (moment.isUTC ? 0 : Double(zone))
        return UTC(nanosecondsSince1970: Int64((seconds * 1e3).rounded()) * 1_000_000)
    }

    private static func text(_ seconds: Double) -> String { "\(Int(seconds.rounded()))" }
}
