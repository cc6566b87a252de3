import Glibc
import HRV
import Testing

@Suite("The worked example of HRV") struct HRVExampleTests {
    @Test("gives the values that its article says") func values() throws {
        let article = try Article("Sources/HRV/HRV.docc/WorkedExample.md")
        try article.isRun(by: #filePath)

        var intervals: [Double] = []
        var time = 0.0
        while time < 300 {
            let rate = 66 + 6 * sin(2 * .pi * 0.1 * time)
            let interval = (60_000 / rate).rounded()
            intervals.append(interval)
            time += interval / 1000
        }
        intervals[200] -= 250
        intervals[201] += 250

        let series = BeatSeries(rr: intervals)
        let analysis = Analysis(series)

        try article.says("analysis.counts[.short]", analysis.counts[.short])
        try article.says("analysis.counts[.ectopic]", analysis.counts[.ectopic])
        try article.says("analysis.labels[200]", analysis.labels[200])
        try article.says("analysis.raw.rr[200]", analysis.raw.rr[200])
        try article.says("analysis.corrected.rr[200]", analysis.corrected.rr[200])
        try article.says("analysis.time[.rmssd]", analysis.time[.rmssd])
        try article.says("analysis.time.reason(for: .sdann)", analysis.time.reason(for: .sdann))
        try article.says("analysis.frequency[.lfPeak]", analysis.frequency[.lfPeak])
        try article.says("analysis.breathing[.rate]", analysis.breathing[.rate])

        var live = LiveAnalysis()
        var updates: [CoherenceUpdate] = []
        for (interval, end) in zip(series.rr, series.endTimes) {
            for case .coherence(let update) in live.add(rrMilliseconds: interval, endsAt: end) {
                updates.append(update)
            }
        }
        for case .coherence(let update) in live.finish() { updates.append(update) }

        try article.says("updates[0].t", updates[0].t)
        try article.says("updates[0].result?.score", updates[0].result?.score)
        try article.says("updates == analysis.coherence", updates == analysis.coherence)
        #expect(article.claims.count == 12)
    }
}
