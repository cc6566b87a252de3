import HeartRate
import Practice

/// The files of programs that keep the intervals of one person in one text.
///
/// Intervals stand as raw as the format holds them: those in seconds with six decimals, those in ms as whole ms.
enum IntervalFiles {
    /// The files of a format for one code; empty for a format that is not of this kind.
    static func files(_ format: ExportFormat, _ recording: CodeRecording, of record: SessionRecord) -> [ExportFile] {
        switch format {
        case .kubios: kubios(recording)
        case .elite: elite(recording, LocalTime(record.info))
        case .hrvas: hrvas(recording)
        case .hrvlogger: hrvLogger(recording, record)
        case .polar: polar(recording, record)
        case .openhrv: openHRV(recording, record)
        case .csv, .bids, .redcap, .measures: []
        }
    }

    private static func kubios(_ recording: CodeRecording) -> [ExportFile] {
        [
            lines("kubios/\(recording.code)_rr.txt", recording.beats) { seconds($0.milliseconds / 1000) },
            lines("kubios/\(recording.code)_time_rr.txt", recording.beats) {
                "\(seconds($0.end ?? 0)) \(seconds($0.milliseconds / 1000))"
            },
        ]
    }

    private static func elite(_ recording: CodeRecording, _ time: LocalTime) -> [ExportFile] {
        let first = recording.beats.first?.begin ?? 0
        let clock = time.time(first).replacing(":", with: "-")
        return [
            lines("elite/\(recording.code)/\(time.day(first)) \(clock).txt", recording.beats) {
                "\($0.wholeMilliseconds)"
            }
        ]
    }

    private static func hrvas(_ recording: CodeRecording) -> [ExportFile] {
        let starts = segmentStarts(recording.beats)
        return [
            lines("hrvas/\(recording.code).ibi", recording.beats) {
                "\(seconds($0.end ?? 0)),\(seconds($0.milliseconds / 1000))"
            },
            lines("hrvas/\(recording.code)_beats.txt", Array(recording.beats.enumerated())) { index, beat in
                (starts.contains(index) ? "\(seconds(beat.begin))\n" : "") + seconds(beat.end ?? 0)
            },
        ]
    }

    private static func hrvLogger(_ recording: CodeRecording, _ record: SessionRecord) -> [ExportFile] {
        let time = LocalTime(record.info)
        let day = time.day(recording.beats.first?.begin ?? 0)
        return [
            lines("hrvlogger/\(day)_RR_\(recording.label).csv", recording.beats, heading: "date,rr,since start") {
                "\(time.spaced($0.begin)),\($0.wholeMilliseconds),\(milliseconds($0.begin))"
            },
            lines(
                "hrvlogger/\(day)_Events_\(recording.label).csv", phaseEvents(record),
                heading: "date,timestamp,annotation,manual"
            ) { "\(time.spaced($0.t).prefix(19)),\(milliseconds($0.t)),\($0.text),false" },
        ]
    }

    private static func polar(_ recording: CodeRecording, _ record: SessionRecord) -> [ExportFile] {
        let time = LocalTime(record.info)
        let first = recording.beats.first?.begin ?? 0
        let moment = time.day(first).replacing("-", with: "") + "_" + time.time(first).replacing(":", with: "")
        let strap = recording.strap.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == " ") }
            .replacing(" ", with: "_")
        let stem = "polar/\(strap.isEmpty ? "strap" : strap)_\(recording.label)_\(moment)"
        return [
            lines("\(stem)_RR.txt", recording.beats, heading: "Phone timestamp;RR-interval [ms]") {
                "\(time.stamp(recording.arrival(of: $0)));\($0.wholeMilliseconds)"
            },
            lines(
                "\(stem)_HR.txt", recording.heartRates,
                heading: "Phone timestamp;HR [bpm];HRV [ms];Breathing interval [rpm];"
            ) { "\(time.stamp($0.t));\($0.rate);;;" },
            lines(
                "polar/MARKER_\(recording.label)_\(moment).txt", phaseEvents(record),
                heading: "Phone timestamp;Marker start/stop"
            ) { "\(time.stamp($0.t));\($0.isStart ? "MARKER_START" : "MARKER_STOP") \($0.key)" },
        ]
    }

    private static func openHRV(_ recording: CodeRecording, _ record: SessionRecord) -> [ExportFile] {
        let time = LocalTime(record.info)
        var events = recording.beats.map { (t: $0.end ?? 0, text: "InterBeatInterval,\($0.wholeMilliseconds)") }
        for span in record.phases {
            if let pacer = span.phase.pacer { events.append((span.start, "PacerRate,\(pacer.rate)")) }
            events.append((span.start, "Annotation,\(span.phase.key)"))
        }
        let ordered = events.enumerated().sorted { ($0.element.t, $0.offset) < ($1.element.t, $1.offset) }
        return [
            lines("openhrv/\(recording.code).csv", ordered.map(\.element), heading: "event,value,timestamp") {
                "\($0.text),\(time.stamp($0.t))000"
            }
        ]
    }

    // MARK: - Parts

    /// The begin or the end of a phase.
    struct PhaseEvent: Sendable {
        let t: Double
        let key: String
        let isStart: Bool

        var text: String { "\(key) \(isStart ? "start" : "end")" }
    }

    static func phaseEvents(_ record: SessionRecord) -> [PhaseEvent] {
        record.phases.flatMap { span in
            [PhaseEvent(t: span.start, key: span.phase.key, isStart: true)]
                + (span.end.map { [PhaseEvent(t: $0, key: span.phase.key, isStart: false)] } ?? [])
        }
    }

    /// Indices of the beats with which a gap-free segment begins.
    static func segmentStarts(_ beats: [Beat]) -> Set<Int> {
        Set(beats.indices.filter { $0 == 0 || beats[$0].segment != beats[$0 - 1].segment })
    }

    private static func lines<Element: Sendable>(
        _ path: String, _ elements: [Element], heading: String? = nil, _ line: @escaping @Sendable (Element) -> String
    ) -> ExportFile {
        ExportFile(path) { sink in
            var bytes: [UInt8] = []
            if let heading { bytes += Array("\(heading)\n".utf8) }
            for element in elements {
                bytes += line(element).utf8
                bytes.append(0x0a)
                if bytes.count >= SessionBundle.chunk {
                    try sink(bytes)
                    bytes.removeAll(keepingCapacity: true)
                }
            }
            try sink(bytes)
        }
    }

    private static func seconds(_ value: Double) -> String { Decimals.text(value, 6) }

    private static func milliseconds(_ t: Double) -> Int { Int((t * 1000).rounded()) }
}
