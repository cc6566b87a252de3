import HRV

/// Six minutes of somebody who breathes six times a minute from the second minute on; one beat is missed, and 20 s
/// are lost after four minutes.
///
/// By formula, so that everybody has the same.
enum AnalysisFixture {
    static let analysis = Analysis(series)

    static let series: BeatSeries = {
        var rr: [Double] = []
        var time = 0.0
        var gapBefore: Int?
        while time < 360 {
            let depth: Double = time < 60 ? 15 : 60
            let interval = (850 + depth * triangle(time * 0.1) + 12 * triangle(time * 0.27 + 0.3)).rounded()
            time += interval / 1000
            if time > 240, gapBefore == nil { gapBefore = rr.count }
            rr.append(interval)
        }
        rr[120] += rr.remove(at: 121)
        return BeatSeries(rr: rr, gapsBefore: gapBefore.map { [$0 - 1: 20] } ?? [:])
    }()

    /// A wave without the C library's sine, whose last bits may differ between machines.
    private static func triangle(_ cycles: Double) -> Double {
        let part = cycles - cycles.rounded(.down)
        return 4 * abs(part - 0.5) - 1
    }
}
