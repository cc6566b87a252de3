import HRV
import Practice

/// One line a phase in the columns of HRV4Training, for tools that take daily measures.
enum MeasuresFile {
    private static let header =
        "timestamp_measurement,HR,AVNN,SDNN,rMSSD,pNN50,LF,HF,HRV4T_Recovery_Points"

    /// A file of one code, each line dated by the end of its phase; phases that are not analysed have no line.
    static func file(_ code: Code, _ replay: CodeReplay, of record: SessionRecord) -> ExportFile {
        ExportFile("measures/\(code)_measures.csv") { sink in
            let time = LocalTime(record.info)
            var text = header + "\n"
            for span in record.phases where span.phase.isAnalysed {
                guard let end = span.end ?? record.info.seconds, end > span.start else { continue }
                let analysis = Analysis(
                    replay.series,
                    options: AnalysisOptions(window: span.start...end, parts: [.time, .frequency]))
                guard analysis.beats > 0 else { continue }
                let cells = [
                    number(analysis.time[.meanHR], 0), number(analysis.time[.meanNN], 1),
                    number(analysis.time[.sdnn], 1), number(analysis.time[.rmssd], 1),
                    number(analysis.time[.pnn50], 1), number(analysis.frequency[.lf], 1),
                    number(analysis.frequency[.hf], 1), "-",
                ]
                text += "\(time.stamp(end).prefix(19)),\(cells.joined(separator: ","))\n"
            }
            try sink(Array(text.utf8))
        }
    }

    /// A number, or the hyphen that these files have in place of one.
    private static func number(_ value: Double?, _ places: Int) -> String {
        value.map { Decimals.text($0, places) } ?? "-"
    }
}
