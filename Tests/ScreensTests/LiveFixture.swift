import Glibc
import HRV
import Practice
import Screens
import Terminal

/// A session's moment for the screens to draw: eight students, each with a trouble or a rhythm of their own.
enum LiveFixture {
    static let now = 312.0

    /// Beats of a heart that swings by `swing` beats a minute around `rate`, once in ten seconds.
    static func beats(rate: Double, swing: Double, from: Double = now - 60, to: Double = now) -> [Readout.BeatPoint] {
        var beats: [Readout.BeatPoint] = []
        var t = from
        while true {
            let interval = 60_000 / (rate + swing / 2 * sin(2 * .pi * t / 10))
            t += interval / 1000
            guard t <= to else { return beats }
            beats.append(.init(t: t, rrMilliseconds: interval, followsGap: false))
        }
    }

    static func readout(_ code: String, rate: Double, swing: Double) throws -> Readout {
        var readout = Readout(code: try Code(code))
        readout.heartRate = Int(rate)
        readout.beats = beats(rate: rate, swing: swing)
        readout.strap = .on
        readout.clean = 0.99
        readout.battery = 82
        readout.rssi = -51
        readout.peakHz = 0.1
        return readout
    }

    static func scored(
        _ code: String, rate: Double, swing: Double, score: Double, clean: Double = 0.99, battery: Int = 82,
        note: String? = nil
    ) throws -> Readout {
        var readout = try readout(code, rate: rate, swing: swing)
        let band = CoherenceBands.standard.band(of: score)
        readout.score = .score(score, band, note: note)
        readout.scoreHistory = (0..<40).map { $0 < 4 ? nil : score * Double($0 + 1) / 40 }
        readout.bandCounts = [.low: 4, .medium: 11, .high: 21]
        readout.clean = clean
        readout.battery = battery
        return readout
    }

    static func readouts() throws -> [Readout] {
        var loose = try readout("G1-06", rate: 77, swing: 12)
        loose.beats = beats(rate: 77, swing: 12, to: now - 18) + beats(rate: 77, swing: 12, from: now - 12)
        loose.score = .none(reason: "too many odd beats")
        loose.clean = 0.71
        loose.battery = 88
        loose.strap = .loose
        var lost = try readout("G1-07", rate: 71, swing: 10)
        lost.heartRate = nil
        lost.beats = []
        lost.clean = 0.98
        lost.battery = 40
        lost.peakHz = nil
        lost.strap = .lost(seconds: 12)
        lost.score = .none(reason: "lost 12 s, trying again")
        var late = try readout("G1-08", rate: 88, swing: 9)
        late.score = .none(reason: "needs 23 s more")
        late.clean = 0.96
        late.battery = nil
        late.peakHz = nil
        return [
            try scored("G1-01", rate: 68, swing: 24, score: 3.92),
            try scored("G1-02", rate: 74, swing: 20, score: 1.31, clean: 0.97, battery: 90),
            try scored("G1-03", rate: 81, swing: 5, score: 0.44, clean: 0.934, battery: 75, note: "some odd beats"),
            try scored("G1-04", rate: 104, swing: 26, score: 5.6, clean: 1, battery: 100),
            try scored("G1-05", rate: 70, swing: 16, score: 0.74, clean: 0.949999, battery: 61, note: "some odd beats"),
            loose, lost, late,
        ]
    }

    static func view(readouts: [Readout]? = nil) throws -> LiveView {
        let pacer = Pacer(rate: 6)
        return LiveView(
            session: "20260804-G1", group: "G1", phaseTitle: "Practice 1", prompt: "breathe with attention on chest",
            elapsed: 252.9, length: 300,
            pacer: .init(pacer: pacer, position: .init(motion: .inhale, fill: 12.0 / 18)),
            next: .init(title: "Practice 2", prompt: "recall a good feeling", length: 300), isRecording: true,
            readouts: try readouts ?? self.readouts(),
            log: [
                .init(time: "15:58:02", scope: "group", text: "session started"),
                .init(time: "16:02:41", scope: "group", text: "started Practice 1"),
                .init(time: "16:05:10", scope: "G1-06", text: "coach: \"adjusted strap\""),
                .init(time: "16:06:29", scope: "G1-07", text: "strap D4019F77 lost, trying again"),
            ],
            attention: "Look at G1-06: ask them to re-wet the pads.  G1-07 is being reconnected.",
            adapters: "hci0 5 · hci1 3")
    }

    /// As many codes as asked for, all well.
    static func crowd(_ count: Int) throws -> [Readout] {
        try (1...count).map { place in
            let code = "G1-" + (place < 10 ? "0" : "") + String(place)
            return try scored(code, rate: 60 + Double(place), swing: 18, score: Double(place) / 3)
        }
    }

    static func text(
        _ columns: Int, _ rows: Int, readouts: [Readout]? = nil, controls: LiveControls = LiveControls(),
        isASCII: Bool = false
    ) throws -> String {
        let size = ScreenSize(columns: columns, rows: rows)
        return LiveScreen.draw(
            try view(readouts: readouts), controls: controls, size: size, options: .init(isASCII: isASCII)
        ).text
    }
}
