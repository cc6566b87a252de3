import HeartRate
import Testing

@Suite("The worked example of HeartRate") struct HeartRateExampleTests {
    @Test("gives the values that its article says") func values() throws {
        let article = try Article("Sources/HeartRate/HeartRate.docc/WorkedExample.md")
        try article.isRun(by: #filePath)

        let measurement = try Measurement(bytes: [0x16, 0x48, 0x3C, 0x03, 0x3F, 0x03])
        try article.says("measurement.heartRate", measurement.heartRate)
        try article.says("measurement.contact", measurement.contact)
        try article.says("measurement.rrTicks", measurement.rrTicks)
        try article.says(
            "Measurement.milliseconds(ticks: measurement.rrTicks[0])",
            Measurement.milliseconds(ticks: measurement.rrTicks[0]))

        do {
            _ = try Measurement(bytes: [0x18, 0x48, 0x05])
            Issue.record("half a field is no field")
        } catch {
            try article.says("error.description", error.description)
        }

        var ledger = BeatLedger()
        _ = ledger.beginSegment(at: 10)
        let update = ledger.add(measurement, at: 12, packet: 1)
        try article.says("update.recorded.map(\\.ticks)", update.recorded.map(\.ticks))
        try article.says("update.recorded[0].end", update.recorded[0].end)
        try article.says("update.recorded[1].end", update.recorded[1].end)
    }
}
