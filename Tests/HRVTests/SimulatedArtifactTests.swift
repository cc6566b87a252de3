import Testing

@testable import HRV

/// Artefacts put into a clean series, and how many of them are found: the figures that the reference reaches.
@Suite("Simulated artefacts") struct SimulatedArtifactTests {
    /// Where an artefact was put, and the series with all of them.
    struct Spoilt {
        var rr: [Double] = []
        var places: [Int] = []

        /// The share of artefacts that labels find within one interval, and of other beats that they flag all the same.
        func found(by labels: [BeatLabel]) -> (hits: Double, flagged: Double) {
            let hits = places.count { place in
                labels[max(0, place - 1)...min(labels.count - 1, place + 1)].contains { $0 != .normal }
            }
            let near = Set(places.flatMap { ($0 - 2)...($0 + 3) })
            let clean = labels.indices.filter { !near.contains($0) }
            let flagged = clean.count { labels[$0] != .normal }
            return (Double(hits) / Double(places.count), Double(flagged) / Double(clean.count))
        }
    }

    enum Kind: String, CaseIterable, CustomTestStringConvertible {
        case missed, extra, ectopic
        var testDescription: String { rawValue }

        /// What the reference reaches: the share of artefacts found within one interval.
        var least: Double { self == .ectopic ? 0.956 : 1 }
    }

    /// Seventy minutes of breathing at changing depth with a slow wave and beat noise.
    static let clean: [Double] = {
        let noise = Series.noise(count: 5000, mean: 0, spread: 18, seed: 11)
        return noise.indices.map { index in
            let beat = Double(index)
            let depth = 35 + 20 * Numerics.sine(beat * 0.004)
            return 860 + depth * Numerics.sine(beat * 0.9) + 25 * Numerics.sine(beat * 0.07) + noise[index]
        }
    }()

    /// One artefact every so many beats.
    static func spoil(_ kind: Kind, in clean: [Double] = clean, every step: Int = 25) -> Spoilt {
        let draws = Series.noise(count: clean.count, mean: 0.5, spread: 0.5, seed: 5)
        var spoilt = Spoilt()
        var index = 0
        while index < clean.count {
            let interval = clean[index]
            guard index % step == step - 5, index + 1 < clean.count else {
                spoilt.rr.append(interval)
                index += 1
                continue
            }
            spoilt.places.append(spoilt.rr.count)
            switch kind {
            case .missed: spoilt.rr.append(interval + clean[index + 1])
            case .extra:
                let part = 0.3 + 0.4 * draws[index]
                spoilt.rr += [interval * part, interval * (1 - part), clean[index + 1]]
            case .ectopic:
                let early = (0.2 + 0.2 * draws[index]) * interval
                spoilt.rr += [interval - early, clean[index + 1] + early]
            }
            index += 2
        }
        return spoilt
    }

    /// The labels of both forms.
    static func forms(_ rr: [Double]) -> [[BeatLabel]] {
        var classifier = CausalClassifier()
        var causal = rr.compactMap { classifier.add($0) }
        while let label = classifier.finishNext() { causal.append(label) }
        return [CentredClassifier.labels(of: BeatSeries(rr: rr)), causal]
    }

    @Test("are found as often as by the reference, and clean beats flagged as seldom", arguments: Kind.allCases)
    func found(_ kind: Kind) {
        let spoilt = Self.spoil(kind)
        #expect(spoilt.places.count > 190)
        for labels in Self.forms(spoilt.rr) {
            let (hits, flagged) = spoilt.found(by: labels)
            #expect(hits >= kind.least && flagged <= 0.015, "\(hits), \(flagged)")
        }
    }

    @Test("a clean series keeps its labels normal") func nothing() {
        for labels in Self.forms(Self.clean) {
            #expect(Double(labels.count { $0 != .normal }) <= 0.015 * Double(labels.count))
        }
    }

    @Test("what missed and extra beats did to RMSSD and SDNN is mended", arguments: [Kind.missed, .extra])
    func mended(_ kind: Kind) throws {
        let wanted = MetricsTests.keep(Self.clean).time
        let spoilt = MetricsTests.keep(Self.spoil(kind).rr).time
        let found = Analysis(BeatSeries(rr: Self.spoil(kind).rr), options: .init(parts: [.time])).time
        for name in [TimeMetric.rmssd, .sdnn] {
            let value = try #require(wanted[name])
            let (left, made) = (abs(try #require(found[name]) - value), abs(try #require(spoilt[name]) - value))
            #expect(left < 0.15 * value && left < 0.05 * made, "\(left) of \(made)")
        }
    }
}
