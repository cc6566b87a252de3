import Glibc
import HRV
import Testing

@Suite("Fixed points: metrics as an independent implementation gives them")
struct FixedPointTests {
    /// By the names in files; the spectrum of smoothness priors is worse conditioned below 0.04 Hz.
    static let rest: [(domain: String, values: [String: Double])] = [
        (
            "time",
            [
                "mean_nn": 898.6109283999999, "median_nn": 898.453991, "sdnn": 35.94429670576313,
                "mean_hr": 66.76971991296784, "min_hr": 61.26376630906935, "max_hr": 73.13466561453512,
                "rmssd": 39.554749373784205, "ln_rmssd": 3.677685772308278, "sdsd": 39.61057593876465, "nn50": 81.0,
                "pnn50": 22.88135593220339, "nn20": 258.0, "pnn20": 72.88135593220339, "cvnn": 3.999984372520695,
                "range_nn": 158.96733700000004, "hrv_ti": 8.875, "tinn": 156.25, "stress_index": 11.744303226901993,
            ]
        ),
        (
            "frequency",
            [
                "vlf": 0.3311129019226168, "lf": 466.23330655627126, "hf": 817.4844629212508,
                "total": 1284.0488823794446, "lf_peak": 0.099609375, "hf_peak": 0.25, "lf_nu": 36.318988304261765,
                "hf_nu": 63.681011695738235, "lf_hf": 0.5703268107264126,
            ]
        ),
        (
            "lomb",
            [
                "vlf": 4.1584543930701425, "lf": 460.41624814295716, "hf": 817.4639553621812,
                "total": 1282.0386578982084, "lf_peak": 0.09996666666666668, "hf_peak": 0.24996666666666667,
                "lf_nu": 36.02968782833217, "hf_nu": 63.97031217166783, "lf_hf": 0.5632251368673101,
            ]
        ),
        (
            "nonlinear",
            [
                "sd1": 28.008906853005175, "sd2": 42.42034969497008, "sd2_sd1": 1.5145307140188746,
                "area": 3732.6758446713543, "sampen": 1.406617834091805, "apen": 0.9579336946572399,
                "dfa_a1": 0.694092808942994, "dfa_a2": 0.04448931281233885,
            ]
        ),
        (
            "breathing",
            [
                "rate_per_min": 15.00280296379669
            ]
        ),
    ]

    /// Every metric by domain and name.
    static func metrics(of analysis: Analysis) -> [String: [String: Double]] {
        func named(_ ordered: [(name: String, value: Double?)]) -> [String: Double] {
            Dictionary(uniqueKeysWithValues: ordered.compactMap { pair in pair.value.map { (pair.name, $0) } })
        }
        return [
            "time": named(analysis.time.ordered), "frequency": named(analysis.frequency.ordered),
            "lomb": named(analysis.lomb.ordered), "nonlinear": named(analysis.nonlinear.ordered),
            "breathing": named(analysis.breathing.ordered),
        ]
    }

    @Test("of five minutes at rest, every metric") func rest() throws {
        let found = Self.metrics(of: MetricsTests.keep(MetricsTests.rest))
        for (domain, values) in Self.rest {
            for (name, wanted) in values {
                let value = try #require(found[domain]?[name], "\(domain) \(name)")
                #expect(abs(value - wanted) <= (name == "vlf" ? 1e-8 : 1e-9) * abs(wanted), "\(domain) \(name)")
            }
        }
        #expect(Self.rest.map(\.values.count) == [18, 9, 9, 8, 1])
    }
}
