import Foundation
import HRV
import HeartRate
import Practice
import Testing

@testable import Formats

@Suite("The bundle of a session") struct BundleTests {
    let files: [String: String]
    let record: SessionRecord

    init() throws {
        record = try Samples.record()
        let written = SessionBundle.files(
            of: record, labels: try Samples.labels(), summaries: try Samples.summaries())
        files = Dictionary(uniqueKeysWithValues: written.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) })
    }

    @Test("the files are the twelve of the format, in order")
    func names() {
        #expect(
            SessionBundle.fileNames == [
                "session.json", "packets.csv", "beats.csv", "coherence.csv", "phases.csv", "markers.csv", "links.csv",
                "summary.csv", "change.csv", "group.csv", "group_coherence.csv", "codebook.csv",
            ])
        #expect(files.count == 12)
    }

    @Test("packets.csv says again what the bytes say, and why where they say nothing")
    func packets() {
        #expect(
            files["packets.csv"] == """
                session,code,packet,t_s,utc,strap,raw_hex,heart_rate,contact,energy_kj,rr_count,warning
                20260804-G1,G1-01,1,2.400,2026-08-04T20:02:44.252Z,Polar H10 A1B2C3D4,164a3f032903,74,yes,,2,
                20260804-G1,G1-01,2,3.400,2026-08-04T20:02:45.252Z,Polar H10 A1B2C3D4,19480007003c,72,unknown,7,0,\
                half an RR interval at byte 5 was left out
                20260804-G1,G1-02,1,2.500,2026-08-04T20:02:44.352Z,strap C3D4,01,,,,,"The packet ends too early: \
                its flags promise the heart rate, but 2 bytes are missing at byte 1."

                """)
    }

    @Test("beats.csv has every beat, raw, with an empty time where nobody knows it")
    func beats() {
        #expect(
            files["beats.csv"] == """
                schema,session,code,seq,t_s,rr_1024,rr_ms,contact,flag,label,phase,segment,packet
                entrain.beats/1,20260804-G1,G1-01,1,,900,878.906,unknown,flushed,,,1,1
                entrain.beats/1,20260804-G1,G1-01,2,0.812,831,811.523,yes,ok,N,baseline,1,1
                entrain.beats/1,20260804-G1,G1-01,3,4.000,824,804.688,unknown,ok,E,practice-1,1,2
                entrain.beats/1,20260804-G1,G1-02,1,30.000,8,7.812,unknown,gap-before,,practice-1,2,1

                """)
    }

    @Test("coherence.csv leaves out what does not exist and says why")
    func coherence() {
        #expect(
            files["coherence.csv"] == """
                session,code,t_s,score,pct,ratio,peak_hz,band,clean,reason
                20260804-G1,G1-01,69.000,0.91,58.25,1.395,0.099609375,medium,0.93,some odd beats
                20260804-G1,G1-02,69.000,,,,,,0.5,too many odd beats

                """)
    }

    @Test("phases.csv has the pacer, and no end where there was none")
    func phases() {
        #expect(
            files["phases.csv"] == """
                session,phase,er,start_s,end_s,feedback,pacer_rate,in_s,out_s,hold_s
                20260804-G1,baseline,,0.000,4.000,hidden,,,,
                20260804-G1,practice-1,response modulation,4.000,,own,6.4,4.6875,4.6875,0.0

                """)
    }

    @Test("markers.csv has the phases with their families, and text that no table program runs")
    func markers() {
        #expect(
            files["markers.csv"] == """
                session,t_s,scope,code,kind,text
                20260804-G1,0.000,group,,phase,baseline start er=none
                20260804-G1,2.000,group,,mark,"'=cmd, ""door""
                again"
                20260804-G1,4.000,group,,phase,baseline end
                20260804-G1,4.000,group,,phase,practice-1 start er=response modulation
                20260804-G1,4.000,code,G1-02,notice,'-3 °C

                """)
    }

    @Test("links.csv has negative numbers as numbers and no address")
    func links() {
        #expect(
            files["links.csv"] == """
                session,code,segment,strap,event,t_s,rssi,battery
                20260804-G1,G1-01,1,Polar H10 A1B2C3D4,connect,0.062,-61,
                20260804-G1,G1-02,1,strap C3D4,lost,9.500,,80

                """)
    }

    @Test("summary.csv has a line a code and phase and names the reasons in the order of the columns")
    func summary() {
        #expect(
            files["summary.csv"] == """
                session,code,phase,seconds,beats,gaps,clean,mean_hr,mean_nn,sdnn,rmssd,ln_rmssd,coherence_mean,\
                coherence_median,pct_mean,low,medium,high,peak_hz,follows_pacer,reason
                20260804-G1,G1-01,baseline,4.000,1,0,0.5,,,,,,,,,,,,,,rmssd: needs 56 s more; \
                coherence_mean: too short; extra: told last
                20260804-G1,G1-01,practice-1,300.000,330,1,0.99,66.62965019433648,900.5,50.25,40.0,3.75,1.5,1.25,61.0,\
                0.25,0.5,0.25,0.1,yes,

                """)
    }

    @Test("change.csv has a line a code and measure, with the reason why it does not count; group.csv one a measure")
    func change() {
        #expect(
            files["change.csv"] == """
                code,from,to,measure,before,after,delta,used,reason
                G1-01,baseline,practice-1,coherence_mean,,,,no,too few clean beats in Baseline (limit 80 %)
                G1-01,baseline,practice-1,ln_rmssd,,,,no,too few clean beats in Baseline (limit 80 %)
                G1-01,baseline,practice-1,mean_hr,,,,no,too few clean beats in Baseline (limit 80 %)

                """)
        #expect(
            files["group.csv"] == """
                measure,n,median_delta,up,down,dz,g,ci_lo,ci_hi,rbc,reason
                coherence_mean,0,,0,0,,,,,,no code has both baseline and practice
                ln_rmssd,0,,0,0,,,,,,no code has both baseline and practice
                mean_hr,0,,0,0,,,,,,no code has both baseline and practice

                """)
    }

    @Test("group.csv has the size of the change with its exact interval")
    func group() throws {
        var summaries: [PhaseSummary] = []
        for (place, score) in [(1, 2.0), (2, 0.5), (3, 1.25), (4, 3.0)] {
            for (key, value) in [("baseline", 1.0), ("practice-1", score)] {
                var summary = PhaseSummary(
                    code: try Code("G1-0\(place)"), phase: key, seconds: 300, beats: 300, gaps: 0)
                summary.clean = 1
                summary.coherenceMean = value
                summary.meanHeartRate = 60
                summary.bandCounts = [.medium: 40]
                summaries.append(summary)
            }
        }
        let written = SessionBundle.files(of: record, labels: [:], summaries: summaries)
        let table = try #require(written.first { $0.name == "group.csv" })
        let lines = String(decoding: table.bytes, as: UTF8.self).split(separator: "\n")
        let cells = lines[1].split(separator: ",")
        #expect(cells.prefix(5) == ["coherence_mean", "4", "0.625", "3", "1"])
        // dz, g and the interval of dz by scipy.stats.nct of SciPy 1.17.1; ranks of 0.25, 0.5, 1 and 2 are 1 to 4.
        for (cell, value) in zip(
            cells.dropFirst(5), [0.643_726_310, 0.465_801_165, -0.491_224_014, 1.700_649_969, 0.6])
        {
            #expect(abs((Double(cell) ?? .nan) - value) < 1e-8, "\(cell)")
        }
        #expect(lines[2] == "ln_rmssd,0,,0,0,,,,,,no code has both baseline and practice")
        #expect(lines[3] == "mean_hr,4,0.0,0,0,,,,,,all changes are alike: no paired effect")
    }

    @Test("codebook.csv explains every column of every table, in order")
    func codebook() throws {
        let tables = SessionBundle.fileNames.filter { $0.hasSuffix(".csv") }
        let columns = try tables.flatMap { name in
            let header = try #require(files[name]?.split(separator: "\n").first)
            return header.split(separator: ",").map { "\(name),\($0)" }
        }
        #expect(SessionBundle.codebook.map { "\($0.file),\($0.column)" } == columns)
        #expect(SessionBundle.codebook.allSatisfy { !$0.meaning.isEmpty })
        #expect(
            files["codebook.csv"]?.hasPrefix("file,column,type,unit,range,meaning\npackets.csv,session,text,,,") == true
        )
    }

    @Test("session.json can be read and holds what is needed to repeat the numbers")
    func sessionJSON() throws {
        let text = try #require(files["session.json"])
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["schema"] as? String == "entrain.session/1")
        #expect((object["tool"] as? [String: Any])?["version"] as? String == "0.1.0")
        #expect((object["zone"] as? [String: Any])?["offset_s"] as? Int == -14_400)
        #expect((object["clock"] as? [String: Any])?["rate"] as? Double == 1)
        #expect(object["adapters"] as? [String] == ["hci0"])
        let script = try #require(object["script"] as? [String: Any])
        let phases = try #require(script["phases"] as? [[String: Any]])
        #expect(phases.map { $0["key"] as? String } == ["baseline", "practice-1"])
        #expect((phases[1]["pacer"] as? [String: Any])?["rate"] as? Double == 6.4)
        #expect(phases[0]["pacer"] is NSNull)
        let algorithms = try #require(object["algorithms"] as? [String: Any])
        let coherence = try #require(algorithms["coherence"] as? [String: Any])
        #expect(coherence["definition"] as? String == "open-coherence-1")
        #expect((coherence["bands"] as? [String: Any])?["high_from"] as? Double == 2.1)
        #expect((algorithms["artefacts"] as? [String: Any])?["alpha"] as? Double == 5.2)
    }

    @Test("no address leaves the machine")
    func addresses() throws {
        for (name, text) in files {
            #expect(!text.lowercased().contains("a0:9e:1a"), "\(name)")
        }
        #expect(files["session.json"]?.contains("strap C3D4") == true)
    }

    @Test("a long file comes in pieces that make up the whole")
    func pieces() throws {
        var long = record
        long.beats = try (1...3000).map { try Samples.beat("G1-01", $0, 831, Double($0) * 0.8) }
        var pieces: [[UInt8]] = []
        SessionBundle.write("beats.csv", of: long, labels: [:], summaries: []) { pieces.append($0) }
        #expect(pieces.count > 2)
        let whole = SessionBundle.files(of: long, labels: [:], summaries: []).first { $0.name == "beats.csv" }
        #expect(pieces.flatMap { $0 } == whole?.bytes)
        #expect(whole?.bytes.count { $0 == 10 } == 3001)
    }

    @Test("what the sink throws comes out")
    func failingSink() {
        struct Full: Error {}
        #expect(throws: Full.self) {
            try SessionBundle.write("beats.csv", of: record, labels: [:], summaries: []) { _ in throw Full() }
        }
    }

    @Test("an empty session still has its headers")
    func emptySession() throws {
        let empty = SessionRecord(
            info: try Samples.info(), phases: [], packets: [], beats: [], coherence: [], markers: [], links: [])
        for file in SessionBundle.files(of: empty, labels: [:], summaries: []) where file.name.hasSuffix(".csv") {
            let lines = file.bytes.count { $0 == 10 }
            #expect(file.name == "codebook.csv" ? lines > 60 : lines == 1, "\(file.name)")
        }
    }
}
