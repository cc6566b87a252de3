import HRV
import HeartRate
import Practice

/// Sessions as a dataset of the Brain Imaging Data Structure: beats in `_physioevents`, the tachogram at 4 Hz in `_physio`,
/// phases in `_events`.
///
/// `_physio` must be sampled regularly, so intervals as they come stand in `_physioevents` (specification 1.11, Physiological
/// recordings). gzip files have neither name nor time in their header.
public enum BIDSDataset {
    static let version = "1.11.0"
    private static let task = "task-coherence"
    private static let recording = "recording-rr4hz"
    private static let rate = 4.0

    /// The files of a dataset, below `bids/`.
    public static func files(of sessions: [SessionExport]) -> [ExportFile] {
        let codes = Dictionary(grouping: sessions.flatMap { $0.recordings.map(\.code) }) { $0 }
        guard !codes.isEmpty else { return [] }
        let isRepeated = codes.values.contains { $0.count > 1 }
        var files = [
            json("dataset_description.json", description(sessions)), ExportFile("bids/README.md") { readme },
            json("participants.json", participantColumns),
            participants(Set(codes.keys).union(BIDSPhenotype.codes(of: sessions)).sorted()),
            json("\(task)_events.json", eventColumns),
        ]
        files += BIDSPhenotype.files(of: sessions)
        for session in sessions {
            let name = CodeRecording.plain(session.record.info.name)
            for recording in session.recordings {
                let subject = "sub-\(recording.label)"
                let folder = isRepeated ? "\(subject)/ses-\(name)/beh" : "\(subject)/beh"
                let stem = isRepeated ? "\(folder)/\(subject)_ses-\(name)_\(task)" : "\(folder)/\(subject)_\(task)"
                files += person(recording, session, stem)
            }
        }
        return files
    }

    // MARK: - One person

    private static func person(_ recording: CodeRecording, _ session: SessionExport, _ stem: String) -> [ExportFile] {
        let tachogram = Tachogram(recording.beats, rate: rate)
        let labels = session.replays[recording.code]?.labelsBySequence ?? [:]
        let stem4 = "\(stem)_\(Self.recording)"
        return [
            json(
                "\(stem4)_physio.json",
                .object(
                    [
                        .init("SamplingFrequency", .number(rate)), .init("StartTime", .number(tachogram.start)),
                        .init("Columns", ["timestamp", "rr_interp"]),
                        .init(
                            "timestamp",
                            ["Description": "time from the session's start", "Units": "s"]),
                        .init(
                            "rr_interp",
                            [
                                "Description":
                                    "RR intervals as the strap sent them, interpolated linearly; n/a in gaps",
                                "Units": "ms",
                            ]),
                    ] + device(recording, session))),
            gzip("\(stem4)_physio.tsv.gz", tachogram.count) { index in
                "\(Decimals.text(tachogram.time(index), 2))\t\(tachogram.value(index).map { Decimals.text($0, 3) } ?? "n/a")"
            },
            json("\(stem4)_physioevents.json", beatColumns),
            gzip("\(stem4)_physioevents.tsv.gz", recording.beats.count) { index in
                let beat = recording.beats[index]
                let label = labels[beat.sequence].map(word) ?? "n/a"
                return "\(Decimals.text(beat.end ?? 0, 6))\t0\t\(label)\t\(beat.flag.rawValue)\t"
                    + Decimals.text(beat.milliseconds, 6)
            },
            text("\(stem)_events.tsv", phases(session.record)),
        ]
    }

    /// The strap, without anything that tells whose it is.
    private static func device(_ recording: CodeRecording, _ session: SessionExport) -> [JSONValue.Member] {
        let make = StrapLabel.make(of: recording.strap)
        return make == "strap" ? [] : [.init("ManufacturersModelName", .string(make))]
    }

    private static func word(_ label: BeatLabel) -> String {
        switch label {
        case .normal: "normal"
        case .ectopic: "ectopic"
        case .short: "short"
        case .long: "long"
        case .missed: "missed"
        case .extra: "extra"
        }
    }

    private static func phases(_ record: SessionRecord) -> String {
        var lines = ["onset\tduration\ttrial_type\tregulation\tfeedback\tpacer_rate"]
        for span in record.phases {
            let duration = span.end.map { Decimals.text($0 - span.start, 3) } ?? "n/a"
            let family = span.phase.regulation.isEmpty ? "n/a" : span.phase.regulation
            let pacer = span.phase.pacer.map { "\($0.rate)" } ?? "n/a"
            lines.append(
                "\(Decimals.text(span.start, 3))\t\(duration)\t\(span.phase.key)\t\(family)\t"
                    + "\(span.phase.feedback.rawValue)\t\(pacer)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: - The dataset

    private static func description(_ sessions: [SessionExport]) -> JSONValue {
        [
            "Name": "Heart-rate variability during a guided breathing session", "BIDSVersion": .string(version),
            "DatasetType": "raw", "License": "n/a", "Authors": ["n/a"],
            "GeneratedBy": [
                ["Name": "entrain", "Version": .string(sessions.first?.record.info.toolVersion ?? "")]
            ],
        ]
    }

    private static let readme = """
        # Heart-rate variability during a guided breathing session

        RR intervals of chest straps, recorded by entrain. Times are seconds from the session's start.

        * `_physioevents.tsv.gz`: every beat. `onset` is the R peak that ENDS the interval, `rr_ms` the interval itself.
        * `_physio.tsv.gz`: the same intervals on an even grid of 4 Hz, `n/a` in gaps.
        * `_events.tsv`: the phases of the session.
        * `phenotype/`: what people answered to surveys, one table a survey and time it was asked; `n/a` for no answer.

        Ages, sexes and other facts about people were never recorded. For learning and well-being practice; not from a
        medical device.

        """

    private static func participants(_ codes: [Code]) -> ExportFile {
        text(
            "participants.tsv",
            "participant_id\n" + codes.map { "sub-\(CodeRecording.label(of: $0))\n" }.joined())
    }

    private static let participantColumns: JSONValue = [
        "participant_id": [
            "Description": "the code of a place in a group, or a random study ID; no list of names exists"
        ]
    ]

    private static let eventColumns: JSONValue = [
        "onset": ["Description": "begin of the phase, from the session's start", "Units": "s"],
        "duration": ["Description": "its length; n/a when the session broke off in it", "Units": "s"],
        "trial_type": ["LongName": "Phase", "Description": "key of the phase in the session's script"],
        "regulation": ["Description": "family of emotion regulation (Gross 1998) that the phase trains"],
        "feedback": ["Description": "what the person was shown: signal, hidden, own or off"],
        "pacer_rate": ["Description": "rate of the breathing pacer; n/a without one", "Units": "1/min"],
    ]

    private static let beatColumns: JSONValue = [
        "Columns": ["onset", "duration", "trial_type", "flag", "rr_ms"],
        "OnsetSource": "timestamp",
        "onset": ["Description": "the R peak that ends the interval, from the session's start", "Units": "s"],
        "duration": ["Description": "0: a beat is a moment", "Units": "s"],
        "trial_type": [
            "LongName": "Artefact label",
            "Description": "what Lipponen & Tarvainen 2019 (doi 10.1080/03091902.2019.1640306) think of the interval",
            "Levels": [
                "normal": "kept", "ectopic": "a beat out of turn", "short": "too short", "long": "too long",
                "missed": "a beat was missed inside", "extra": "ends on a beat that was none",
            ],
        ],
        "flag": [
            "Description": "whether beats are missing before it",
            "Levels": ["ok": "follows the beat before", "gap-before": "beats are missing before it"],
        ],
        "rr_ms": ["Description": "the RR interval as the strap sent it", "Units": "ms"],
    ]

    // MARK: - Files

    static func json(_ path: String, _ value: JSONValue) -> ExportFile {
        ExportFile("bids/\(path)") { sink in try sink(value.bytes) }
    }

    static func text(_ path: String, _ text: String) -> ExportFile { ExportFile("bids/\(path)") { text } }

    /// A packed table without a heading.
    private static func gzip(
        _ path: String, _ count: Int, _ line: @escaping @Sendable (Int) -> String
    ) -> ExportFile {
        ExportFile("bids/\(path)") { sink in
            var stream = GzipStream()
            var bytes: [UInt8] = []
            for index in 0..<count {
                bytes += line(index).utf8
                bytes.append(0x0a)
                if bytes.count >= SessionBundle.chunk {
                    try sink(stream.packed(bytes))
                    bytes.removeAll(keepingCapacity: true)
                }
            }
            try sink(stream.packed(bytes) + stream.finished())
        }
    }
}

extension CodeRecording {
    /// A name with letters and digits only, as labels of BIDS must be.
    static func plain(_ name: String) -> String { name.filter { $0.isASCII && ($0.isLetter || $0.isNumber) } }
}

/// Intervals on an even grid of time, linear between beats, empty in gaps.
struct Tachogram: Sendable {
    /// The first moment of the grid, seconds from the session's start.
    let start: Double
    private let rate: Double
    private let values: [Double?]

    init(_ beats: [Beat], rate: Double) {
        self.rate = rate
        guard let first = beats.first?.end, let last = beats.last?.end, last >= first else {
            (start, values) = (0, [])
            return
        }
        let begin = (first * rate).rounded(.up) / rate
        start = begin
        var next = 0
        values = (0...max(0, Int((last - begin) * rate))).map { index in
            let t = begin + Double(index) / rate
            while next + 1 < beats.count, (beats[next + 1].end ?? 0) < t { next += 1 }
            let before = beats[next]
            guard let from = before.end else { return nil }
            if t <= from { return next == 0 || t == from ? before.milliseconds : nil }
            guard next + 1 < beats.count, beats[next + 1].segment == before.segment, let to = beats[next + 1].end
            else { return nil }
            let share = to > from ? (t - from) / (to - from) : 0
            return before.milliseconds + (beats[next + 1].milliseconds - before.milliseconds) * share
        }
    }

    var count: Int { values.count }

    func time(_ index: Int) -> Double { start + Double(index) / rate }

    func value(_ index: Int) -> Double? { values[index] }
}
