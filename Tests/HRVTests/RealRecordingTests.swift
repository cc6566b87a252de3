import FoundationEssentials
import Glibc
import HRV
import Testing

/// Real recordings, which are other people's and not part of this repository: ENTRAIN_RECORDINGS=DIR swift test.
///
/// Each is a file of one interval in ms a line. The figures are those of an independent implementation.
enum Recordings {
    static let folder = ProcessInfo.processInfo.environment["ENTRAIN_RECORDINGS"]

    static func lines(_ file: String) throws -> [Substring] {
        let folder = try #require(folder)
        let bytes = try #require(FileManager.default.contents(atPath: "\(folder)/\(file)"), "no \(file) in \(folder)")
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    }

    static func intervals(_ name: String) throws -> [Double] { try lines("\(name).rr.txt").compactMap { Double($0) } }

    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var updates: Int
        var meanScore: Double
        var metrics: [String: Double]
        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(
            name: "exercise_bike_42min", updates: 499, meanScore: 0.546029022,
            metrics: [
                "mean_nn": 622.2470245, "median_nn": 586.0, "sdnn": 86.244626, "mean_hr": 96.42472786,
                "min_hr": 37.75959723, "max_hr": 114.5038168, "rmssd": 36.45665851, "sdsd": 36.46022566, "nn50": 67,
                "pnn50": 1.627793975, "pnn20": 13.04664723, "cvnn": 13.86019099, "range_nn": 1065.0,
                "hrv_ti": 8.402040816, "vlf": 43.49816384, "lf": 455.6530136, "hf": 325.8815589,
                "total": 825.0327364, "lf_peak": 0.08984375, "hf_peak": 0.166015625, "lf_nu": 58.30234895,
                "hf_nu": 41.69765105, "lf_hf": 1.398216626, "sd1": 25.78127281, "sd2": 119.2124029,
                "sd2_sd1": 4.623992142, "area": 9655.520027, "sampen": 0.3441595294, "dfa_a1": 1.010590788,
                "dfa_a2": 0.9007018705,
            ]),
        Row(
            name: "pyhrv_nni_short", updates: 47, meanScore: 0.5655927248,
            metrics: [
                "mean_nn": 888.9554896, "median_nn": 867.0, "sdnn": 95.69035399, "mean_hr": 67.49494289,
                "min_hr": 50.20920502, "max_hr": 83.44923505, "rmssd": 101.300634, "sdsd": 101.4517142, "nn50": 163,
                "pnn50": 48.51190476, "pnn20": 79.16666667, "cvnn": 10.7643583, "range_nn": 476.0,
                "hrv_ti": 12.03571429, "vlf": 111.255785, "lf": 1459.183042, "hf": 5422.670121,
                "total": 6993.108949, "lf_peak": 0.06640625, "hf_peak": 0.240234375, "lf_nu": 21.20334462,
                "hf_nu": 78.79665538, "lf_hf": 0.2690893987, "sd1": 71.73719506, "sd2": 114.7478215,
                "sd2_sd1": 1.59955824, "area": 25860.60695, "sampen": 1.712238764, "apen": 1.209131605,
                "dfa_a1": 0.6652155442, "dfa_a2": 0.9187344358,
            ]),
        Row(
            name: "rest_5min", updates: 47, meanScore: 0.2549447051,
            metrics: [
                "mean_nn": 1054.492958, "median_nn": 1061.0, "sdnn": 64.10726948, "mean_hr": 56.89938426,
                "min_hr": 49.58677686, "max_hr": 76.62835249, "rmssd": 65.30864477, "sdsd": 65.42400441,
                "nn50": 128, "pnn50": 45.22968198, "pnn20": 74.91166078, "cvnn": 6.079440266, "range_nn": 427.0,
                "hrv_ti": 12.90909091, "vlf": 96.17441144, "lf": 1475.942787, "hf": 904.4298052,
                "total": 2476.547003, "lf_peak": 0.08203125, "hf_peak": 0.322265625, "lf_nu": 62.00469589,
                "hf_nu": 37.99530411, "lf_hf": 1.631904188, "sd1": 46.26175717, "sd2": 77.97008287,
                "sd2_sd1": 1.685411183, "area": 11331.8285, "sampen": 1.791759469, "apen": 1.073437298,
                "dfa_a1": 0.9119558865, "dfa_a2": 0.8869399403,
            ]),
        Row(
            name: "rest_supine_15min", updates: 179, meanScore: 0.230712768,
            metrics: [
                "mean_nn": 1058.718681, "median_nn": 1066.0, "sdnn": 57.81817772, "mean_hr": 56.67227854,
                "min_hr": 49.58677686, "max_hr": 76.62835249, "rmssd": 55.13744203, "sdsd": 55.16770073,
                "nn50": 321, "pnn50": 35.31353135, "pnn20": 72.93729373, "cvnn": 5.461146454, "range_nn": 427.0,
                "hrv_ti": 12.46575342, "vlf": 54.86203437, "lf": 742.0326582, "hf": 892.8095544,
                "total": 1689.704247, "lf_peak": 0.08203125, "hf_peak": 0.275390625, "lf_nu": 45.38864072,
                "hf_nu": 54.61135928, "lf_hf": 0.8311208751, "sd1": 39.00945529, "sd2": 71.86199098,
                "sd2_sd1": 1.842168532, "area": 8806.817651, "sampen": 1.773820032, "apen": 1.499443505,
                "dfa_a1": 0.8805790781, "dfa_a2": 0.9499057953,
            ]),
    ]
}

@Suite("Fixed points of real recordings", .enabled(if: Recordings.folder != nil))
struct RealRecordingTests {
    @Test("metrics and mean coherence of four recordings", arguments: Recordings.rows)
    func values(_ row: Recordings.Row) throws {
        let analysis = Analysis(
            BeatSeries(rr: try Recordings.intervals(row.name)), options: AnalysisOptions(artifacts: .keep))
        let domains = FixedPointTests.metrics(of: analysis)
        for (name, wanted) in row.metrics {
            let values = ["time", "frequency", "nonlinear"].compactMap { domains[$0]?[name] }
            let found = try #require(values.first, "\(name)")
            #expect(abs(found - wanted) <= 1e-9 * abs(wanted), "\(name)")
        }
        #expect(analysis.coherence.count == row.updates)
        #expect(abs((analysis.coherenceSummary.mean ?? .nan) - row.meanScore) < 1e-6)
    }

    @Test("labelled ectopics of a day are found as often as the reference finds them") func labelled() throws {
        let rr = try Recordings.intervals("nsr001_24h")
        let truth = try Recordings.lines("nsr001_24h.labels.txt")
        try #require(rr.count == truth.count)
        let labels = CentredClassifier.labels(of: BeatSeries(rr: rr))
        let ectopic = truth.indices.filter { truth[$0] != "N" }
        let hits = ectopic.count { place in (place - 1...place + 1).contains { labels[$0] != .normal } }
        #expect(ectopic.count == 81 && hits == 77)
        let near = Set(ectopic.flatMap { [$0 - 1, $0, $0 + 1] })
        let clean = labels.indices.filter { !near.contains($0) }
        let flagged = Double(clean.count { labels[$0] != .normal }) / Double(clean.count)
        #expect(flagged <= 0.0396, "\(flagged)")
    }

    @Test(
        "artefacts put into an hour are found as often as by the reference, and clean beats flagged as seldom",
        arguments: SimulatedArtifactTests.Kind.allCases)
    func simulated(_ kind: SimulatedArtifactTests.Kind) throws {
        let spoilt = SimulatedArtifactTests.spoil(kind, in: try Recordings.intervals("pyhrv_nni_long"), every: 50)
        for labels in SimulatedArtifactTests.forms(spoilt.rr) {
            let (hits, flagged) = spoilt.found(by: labels)
            #expect(hits >= kind.least && flagged <= 0.015, "\(hits), \(flagged)")
        }
    }

    @Test("a heart in trigeminy gets no score, for two thirds of its beats are irregular") func trigeminy() throws {
        let analysis = Analysis(BeatSeries(rr: try Recordings.intervals("polar_h10_pvc_10min")))
        #expect(analysis.coherence.count == 107)
        #expect(analysis.coherence.allSatisfy { $0.result == nil && $0.reason == "too many odd beats" })
        let irregular = analysis.coherence.map(\.irregular).reduce(0, +) / Double(analysis.coherence.count)
        #expect(abs(irregular - 0.66) < 0.01)
        let causal = SimulatedArtifactTests.forms(analysis.raw.rr)[1]
        #expect(abs(Double(causal.count { $0 != .normal }) / Double(causal.count) - 0.016) < 0.0005)
    }
}
