import HRV
import Testing

@testable import Formats

@Suite("An analysis as a document and as a table") struct AnalysisDocumentTests {
    private static let file: RRFile = {
        var file = RRFile()
        file.intervals = [812, 790, 805, 830]
        file.gaps = [RRGap(before: 2, line: 3, seconds: 1.5)]
        return file
    }()
    private static let analysis = Analysis(file.series)

    @Test("the document of a whole file has its members in order, and null with a reason where there is no value")
    func document() throws {
        let value = AnalysisDocument.value(of: Self.analysis, file: "x.txt")
        guard case .object(let members) = value else {
            Issue.record("no object")
            return
        }
        #expect(
            members.map(\.name) == [
                "schema", "file", "beats", "duration_s", "artifacts", "detrend", "time", "frequency", "lomb",
                "nonlinear", "breathing", "stretch_s", "coherence", "reasons",
            ])
        let line = value.line
        #expect(line.hasPrefix(#"{"schema":"entrain.analysis/1","file":"x.txt","beats":4,"duration_s":3.237,"#))
        #expect(line.contains(#""time":{"mean_nn":809.25,"median_nn":808.5,"sdnn":null,"#))
        #expect(line.contains(#""sdnn":"needs 120 s of beats, has 3 s""#))
        #expect(line.contains(#""coherence":{"definition":"open-coherence-1","mean":null,"updates":[]}"#))
    }

    @Test("the names of the metrics are those that are promised")
    func names() {
        func names(_ ordered: [(name: String, value: Double?)]) -> String {
            ordered.map(\.name).joined(separator: " ")
        }
        let analysis = Self.analysis
        #expect(
            names(analysis.time.ordered)
                == "mean_nn median_nn sdnn mean_hr min_hr max_hr rmssd ln_rmssd sdsd nn50 pnn50 nn20 pnn20 cvnn range_nn "
                + "hrv_ti tinn stress_index sdann sdnn_index")
        #expect(names(analysis.frequency.ordered) == "vlf lf hf total lf_peak hf_peak lf_nu hf_nu lf_hf")
        #expect(names(analysis.lomb.ordered) == names(analysis.frequency.ordered))
        #expect(names(analysis.nonlinear.ordered) == "sd1 sd2 sd2_sd1 area sampen apen dfa_a1 dfa_a2")
        #expect(names(analysis.breathing.ordered) == "rate_per_min swing_bpm")
    }

    @Test("a window says where it is and counts only its own beats")
    func window() {
        let analysis = Analysis(PreparedSeries(Self.file.series), window: 0...2)
        let line = AnalysisDocument.value(of: analysis, file: "x.txt", window: 0...2).line
        #expect(line.hasPrefix(#"{"schema":"entrain.analysis/1","file":"x.txt","from_s":0.0,"to_s":2.0,"beats":2,"#))
        #expect(line.contains(#""duration_s":1.602"#))
    }

    @Test("how the file was read stands in the document where it is wanted")
    func input() throws {
        let read = try RRFile.read(bytes: Array("0.812\n0\n0.790\n0.805\n".utf8), name: "x.txt")
        let line = AnalysisDocument.value(of: Analysis(read.series), file: "x.txt", input: read).line
        #expect(
            line.contains(
                #""input":{"format":"plain","encoding":"ASCII","unit":"s","time":"intervals","code":null,"#
                    + #""gaps":[{"before_beat":2,"line":3,"seconds":0.0}],"#
                    + #""left_out":[{"reason":"zero","count":1,"first_lines":[2]}],"notes":["#))
    }

    @Test("the table has a line a metric: value and unit, or the reason for none")
    func table() {
        #expect(String(decoding: AnalysisTable.header, as: UTF8.self) == "file,from_s,to_s,metric,value,unit,reason\n")
        let text = String(
            decoding: AnalysisTable.lines(of: Self.analysis, file: "=x,y.txt", window: 0...4.737), as: UTF8.self)
        let lines = text.split(separator: "\n")
        #expect(lines.count == AnalysisTable.entries(of: Self.analysis).count)
        #expect(lines.contains("\"'=x,y.txt\",0.0,4.737,mean_nn,809.25,ms,"))
        #expect(lines.contains("\"'=x,y.txt\",0.0,4.737,sdnn,,,\"needs 120 s of beats, has 3 s\""))
        #expect(lines.contains("\"'=x,y.txt\",0.0,4.737,lomb_hf,,,needs 4 beats without a gap"))
        #expect(lines.allSatisfy { $0.hasPrefix("\"'=x,y.txt\",0.0,4.737,") })
        let names = AnalysisTable.entries(of: Self.analysis).map(\.metric)
        #expect(Set(names).count == names.count)
        let withReason = AnalysisTable.entries(of: Self.analysis).filter { $0.value == nil }
        #expect(withReason.allSatisfy { $0.reason?.isEmpty == false })
    }
}
