import Foundation
import HRV
import HeartRate
import Practice
import Testing
import Timekeeping

@testable import Formats

@Suite("JSON") struct JSONTests {
    @Test("objects keep their order, on one line and on many")
    func order() {
        let value: JSONValue = ["b": 1, "a": [1.5, nil, true, "x"], "empty": [:], "none": []]
        #expect(value.line == #"{"b":1,"a":[1.5,null,true,"x"],"empty":{},"none":[]}"#)
        #expect(
            value.text == """
                {
                  "b": 1,
                  "a": [
                    1.5,
                    null,
                    true,
                    "x"
                  ],
                  "empty": {},
                  "none": []
                }

                """)
    }

    @Test(
        "numbers read back as the same bits; those that do not exist are null",
        arguments: [
            (241.0, "241.0"), (0.1 + 0.2, "0.30000000000000004"), (1e-7, "1e-07"), (1e300, "1e+300"), (-0.5, "-0.5"),
            (.nan, "null"), (.infinity, "null"), (-.infinity, "null"),
        ])
    func numbers(_ number: Double, _ written: String) {
        #expect(JSONValue.number(number).line == written)
        if number.isFinite { #expect(Double(written)?.bitPattern == number.bitPattern) }
    }

    @Test("text survives, whatever is in it")
    func text() throws {
        let wild = "quote \" back \\ line \n tab \t return \r bell \u{7} del \u{7f} é 🫀 \u{2028}"
        let line = JSONValue.array([.string(wild)]).line
        #expect(!line.utf8.contains(10))
        #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String] == [wild])
    }

    @Test(
        "numbers are rounded to decimals",
        arguments: [(811.5234375, 3, "811.523"), (0.91, 4, "0.91"), (58.2049, 2, "58.2"), (1e300, 3, "1e+300")])
    func rounding(_ number: Double, _ places: Int, _ written: String) {
        #expect(JSONValue(number, places: places).line == written)
    }

    static let t = Samples.started

    static func events() throws -> [(SessionEvent.Kind, String)] {
        let code = try Code("G1-01")
        let practice = Script.pal30.phases[4]
        let reading = CoherenceReading(
            t: 311, score: 0.91, pct: 58.2, ratio: 1.4, peakHz: 0.0996, band: .medium, clean: 0.99, reason: nil,
            note: nil, heartRate: 68)
        let none = CoherenceReading(
            t: 311, score: nil, pct: nil, ratio: nil, peakHz: nil, band: nil, clean: 0.5, reason: "too many odd beats",
            note: nil, heartRate: nil)
        return [
            (
                .started(session: "20260804-G1", group: "G1", codes: 8, script: "demo"),
                #"{"v":1,"type":"session","t":241.812,"utc":"2026-08-04T20:02:41.852Z","event":"start","#
                    + #""session":"20260804-G1","group":"G1","codes":8,"script":"demo"}"#
            ),
            (
                .phaseBegan(practice),
                #"{"v":1,"type":"phase","t":241.812,"utc":"2026-08-04T20:02:41.852Z","phase":"practice-1","event":"start"}"#
            ),
            (
                .phaseEnded(practice),
                #"{"v":1,"type":"phase","t":241.812,"utc":"2026-08-04T20:02:41.852Z","phase":"practice-1","event":"end"}"#
            ),
            (
                .beat(code, rrMilliseconds: 811.5234375, flag: .ok, phase: "practice-1"),
                #"{"v":1,"type":"beat","code":"G1-01","t":241.812,"rr_ms":811.523,"flag":"ok","phase":"practice-1"}"#
            ),
            (
                .coherence(code, reading),
                #"{"v":1,"type":"coherence","code":"G1-01","t":311.0,"score":0.91,"pct":58.2,"peak_hz":0.0996,"#
                    + #""band":"medium","clean":0.99}"#
            ),
            (
                .coherence(code, none),
                #"{"v":1,"type":"coherence","code":"G1-01","t":311.0,"score":null,"pct":null,"peak_hz":null,"#
                    + #""band":null,"clean":0.5,"reason":"too many odd beats"}"#
            ),
            (
                .strap(code, .connected(label: "A0:9E:1A:B2:C3:D4")),
                #"{"v":1,"type":"strap","code":"G1-01","t":241.812,"event":"connected","strap":"strap C3D4"}"#
            ),
            (.strap(code, .lost), #"{"v":1,"type":"strap","code":"G1-01","t":241.812,"event":"lost"}"#),
            (
                .strap(code, .back(gapSeconds: 12.25)),
                #"{"v":1,"type":"strap","code":"G1-01","t":241.812,"event":"back","gap_s":12.25}"#
            ),
            (
                .marker(nil, text: "a \"door\""),
                #"{"v":1,"type":"marker","scope":"group","code":null,"t":241.812,"utc":"2026-08-04T20:02:41.852Z","#
                    + #""text":"a \"door\""}"#
            ),
            (
                .notice(code, text: "sends no beats"),
                #"{"v":1,"type":"notice","scope":"code","code":"G1-01","t":241.812,"#
                    + #""utc":"2026-08-04T20:02:41.852Z","text":"sends no beats"}"#
            ),
            (
                .ended(stoppedByUser: true),
                #"{"v":1,"type":"session","t":241.812,"utc":"2026-08-04T20:02:41.852Z","event":"end","stopped_by_user":true}"#
            ),
        ]
    }

    @Test("every event is one line of JSON in its shape")
    func events() throws {
        for (kind, line) in try Self.events() {
            let event = SessionEvent(t: 241.812, utc: Self.t, kind: kind)
            #expect(EventJSON.line(for: event) == line)
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
        }
    }
}
