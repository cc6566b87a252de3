import HeartRate
import Testing

@testable import Practice

@Suite("Trying a strap") struct StrapTrialTests {
    /// A packet of one interval of 800 ms, with contact.
    private static let packet: [UInt8] = [0x16, 75, 0x33, 0x03]

    /// Twenty seconds of packets, one for each beat; what happens to packet `n` is up to `change`.
    private func trial(
        beats: Int = 25, change: (Int, inout [UInt8], inout Double) -> Bool = { _, _, _ in true }
    ) -> StrapTrial.Result {
        var trial = StrapTrial()
        trial.beginLink(at: 0)
        trial.note {
            $0.secondsToConnect = 1.04
            $0.adapter = "hci0"
            $0.rssi = -48
            $0.battery = 82
        }
        for number in 1...beats {
            var bytes = Self.packet
            var t = Double(number) * 0.8
            if change(number, &bytes, &t) { trial.add(bytes, at: t) }
        }
        return trial.finish(after: 20)
    }

    private func statuses(_ result: StrapTrial.Result) -> [String: Finding.Status] {
        Dictionary(result.findings.map { ($0.subject, $0.status) }) { first, _ in first }
    }

    @Test("a good strap is ok in every line")
    func good() {
        let result = trial()
        #expect(result.packets == 25 && result.beats == 25 && result.clean == 1 && result.contact == .yes)
        let findings = result.findings
        #expect(findings.allSatisfy { $0.status == .ok && $0.advice == nil }, "\(findings)")
        #expect(
            findings.map(\.text) == [
                "first packet after 1.0 s, hci0", "-48 dBm", "25 packets in 20 s, heart rate 75", "25 intervals",
                "yes, it says", "none", "takes 180 s to tell: --seconds 200", "82 %", "100 % of beats are sound",
            ])
    }

    @Test("heart rate without intervals is not enough")
    func noIntervals() {
        let result = trial { _, bytes, _ in
            bytes = [0x06, 75]
            return true
        }
        #expect(result.beats == 0)
        #expect(statuses(result)["Beats (RR)"] == .failure)
        #expect(!result.findings.contains { $0.subject == "Clean" || $0.subject == "Unit" })
    }

    @Test("silence leaves one failure, with what the radio said last")
    func silence() {
        var trial = StrapTrial()
        trial.note { $0.trouble = "waits for a free place" }
        let findings = trial.finish(after: 0).findings
        #expect(findings.map(\.status) == [.failure, .ok])
        #expect(findings.first?.text == "waits for a free place")
    }

    @Test("packets that cannot be read are counted, and alone are no connection")
    func unreadable() {
        let some = trial { number, bytes, _ in
            if number == 3 { bytes = [0x16] }
            return true
        }
        #expect(some.unreadable == 1)
        #expect(statuses(some)["Packets"] == .warning)
        #expect(!some.findings.hasFailure)
        let all = trial { _, bytes, _ in
            bytes = []
            return true
        }
        #expect(all.unreadable == 25)
        #expect(
            all.findings.first
                == Finding(
                    .failure, "Connection", "no packet could be read",
                    advice: "close phone apps that use it, wet the pads, then try again"))
    }

    @Test("beats that jump about are not clean")
    func restless() {
        let result = trial { number, bytes, _ in
            if number % 3 == 0 { bytes = [0x16, 75, 0x99, 0x01] }
            return true
        }
        let clean = result.clean ?? 1
        #expect(clean < 0.9)
        #expect(statuses(result)["Clean"] == .failure)
    }

    @Test("too few beats are not enough, however clean")
    func tooFew() {
        #expect(statuses(trial(beats: 7))["Clean"] == .failure)
        #expect(statuses(trial(beats: 2))["Clean"] == .failure)
        #expect(statuses(trial(beats: 14))["Clean"] == .ok)
    }

    @Test("a pause between packets is told")
    func pause() {
        let result = trial(beats: 20) { number, _, t in
            if number > 10 { t += 3.2 }
            return true
        }
        #expect(result.longestSilence > 3.9 && result.longestSilence < 4.1)
        #expect(statuses(result)["Gaps"] == .warning)
    }

    /// A change of a good result, and the line it spoils.
    struct Spoiled: Sendable {
        var subject: String
        var status: Finding.Status
        var change: @Sendable (inout StrapTrial.Result) -> Void
    }

    @Test(
        "each limit is kept on both sides",
        arguments: [
            Spoiled(subject: "Signal", status: .ok) { $0.rssi = -80 },
            Spoiled(subject: "Signal", status: .warning) { $0.rssi = -81 },
            Spoiled(subject: "Signal", status: .ok) { $0.rssi = nil },
            Spoiled(subject: "Battery", status: .ok) { $0.battery = 21 },
            Spoiled(subject: "Battery", status: .warning) { $0.battery = 20 },
            Spoiled(subject: "Battery", status: .ok) { $0.battery = nil },
            Spoiled(subject: "Skin contact", status: .warning) { $0.contact = .no },
            Spoiled(subject: "Skin contact", status: .ok) { $0.contact = .unknown },
            Spoiled(subject: "Gaps", status: .ok) { $0.longestSilence = 3 },
            Spoiled(subject: "Gaps", status: .warning) { $0.gaps = 1 },
            Spoiled(subject: "Unit", status: .warning) { $0.isUnitSuspect = true },
            Spoiled(subject: "Connection", status: .warning) { $0.losses = 1 },
            Spoiled(subject: "Packets", status: .warning) { $0.heartRate = nil },
            Spoiled(subject: "Clean", status: .ok) { $0.clean = 0.95 },
            Spoiled(subject: "Clean", status: .warning) { $0.clean = 0.9499 },
            Spoiled(subject: "Clean", status: .warning) { $0.clean = 0.90 },
            Spoiled(subject: "Clean", status: .failure) { $0.clean = 0.8999 },
            Spoiled(subject: "Clean", status: .failure) { $0.clean = nil },
        ])
    func limits(_ spoiled: Spoiled) throws {
        var result = trial()
        spoiled.change(&result)
        let finding = try #require(result.findings.first { $0.subject == spoiled.subject })
        #expect(finding.status == spoiled.status, "\(finding)")
        #expect((finding.advice == nil) == (finding.status == .ok))
    }

    @Test("from three minutes on the unit is told")
    func unit() {
        var result = trial()
        result.seconds = 180
        result.beats = 225
        #expect(result.findings.first { $0.subject == "Unit" }?.text == "1/1024 s")
    }
}
