import Testing

extension EndToEnd {
    @Suite("What programs read") struct StreamTests {
        let scratch: Scratch

        init() throws { scratch = try Scratch() }

        @Test("a session told as JSON is one object a line, and what is null has a reason")
        func stream() async throws {
            let ending = try await Program.entrain(
                "sim", "--straps", "3", "--speed", "20", "--", "entrain", "session", "start", "G1", "--size", "3",
                "--any", "--consent-on-paper", "--minutes", "1.5", "--json", "--data", scratch.path("data"))
            #expect(ending.status == 0, "\(ending)")
            #expect(!ending.output.contains("\u{1B}"))
            var seen: [String: JSON] = [:]
            for line in ending.lines {
                #expect(line.hasPrefix(#"{"v":1,"type":""#), "\(line)")
                let event = try JSON(line)
                let type = event["type"]?.string ?? ""
                if seen[type] == nil || event["score"]?.number != nil { seen[type] = event }
                #expect(event["t"]?.number != nil || type == "summary", "\(line)")
                if type == "coherence", event["score"] == .null { #expect(event["reason"]?.string != nil, "\(line)") }
            }
            #expect(Set(seen.keys).isSuperset(of: ["session", "phase", "strap", "beat", "coherence", "summary"]))
            #expect(seen["phase"]?.names == ["event", "phase", "t", "type", "utc", "v"])
            #expect(seen["beat"]?.names == ["code", "flag", "phase", "rr_ms", "t", "type", "v"])
            let names = ["band", "clean", "code", "pct", "peak_hz", "score", "t", "type", "v"]
            #expect(Set(seen["coherence"]?.names ?? []).subtracting(["note"]) == Set(names))
            #expect(seen["strap"]?.names == ["code", "event", "strap", "t", "type", "v"])
            #expect(seen["session"]?["session"]?.string?.hasSuffix("-G1") == true)
            #expect(ending.output.contains(#""event":"end""#))
        }

        @Test("plain lines begin with the time of day and hold no control characters", arguments: ["plain", "auto"])
        func plain(screen: String) async throws {
            let ending = try await Program.entrain(
                "sim", "--straps", "2", "--speed", "30", "--", "entrain", "session", "start", "G1", "--size", "2",
                "--any", "--consent-on-paper", "--minutes", "0.5", "--screen", screen, "--data", scratch.path("data"))
            #expect(ending.status == 0, "\(ending)")
            #expect(ending.output.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
            let told = ending.lines.prefix { !$0.hasPrefix(" ") }
            for line in told { #expect(line.prefixMatch(of: /\d\d:\d\d:\d\d \S/) != nil, "\(line)") }
            #expect(told.contains { $0.contains("phase practice started, 30 s, pacer 6.0 a minute") }, "\(ending)")
            #expect(told.contains { $0.contains("G1-02 strap ") }, "\(ending)")
            #expect(ending.errors.contains("entrain export "), "what to do next is told: \(ending)")
        }

        @Test(
            "a packet is decoded to JSON",
            arguments: [
                (
                    "16483c033f03",
                    #"{"heart_rate":72,"contact":"yes","energy_kj":null,"rr_1024":[828,831],"#
                        + #""rr_ms":[808.594,811.523],"warnings":[]}"#
                ),
                (
                    "0048",
                    #"{"heart_rate":72,"contact":"unknown","energy_kj":null,"rr_1024":[],"rr_ms":[],"warnings":[]}"#
                ),
                (
                    "0d2c010500",
                    #"{"heart_rate":300,"contact":"no","energy_kj":5,"rr_1024":[],"rr_ms":[],"warnings":[]}"#
                ),
            ])
        func decode(hex: String, json: String) async throws {
            let ending = try await Program.entrain("decode", hex, "--json")
            #expect(ending.status == 0 && ending.output == json + "\n", "\(ending)")
        }

        @Test("a packet may be written in many ways", arguments: ["16 48 3C 03", "16:48:3c:03", "0x16483c03"])
        func spelling(hex: String) async throws {
            let ending = try await Program.run([Program.binary, "decode"] + hex.split(separator: " ").map(String.init))
            #expect(ending.status == 0 && ending.output.contains("72 a minute"), "\(ending)")
            #expect(ending.output.contains("808.594 ms (828/1024 s)"), "\(ending)")
        }

        @Test(
            "an analysis has every number that was promised, and a reason for each that may not be given",
            arguments: [(400, "ms"), (400, "s"), (30, "ms")], ["correct", "keep"])
        func analyze(file: (beats: Int, unit: String), artifacts: String) async throws {
            let path = try scratch.write(hearts(file.beats, unit: file.unit), to: "rest.txt")
            let ending = try await Program.entrain("analyze", path, "--artifacts", artifacts, "--json")
            #expect(ending.status == 0 && ending.lines.count == 1, "\(ending)")
            let json = try JSON(ending.output)
            #expect(json["schema"]?.string == "entrain.analysis/1")
            let isLong = file.beats > 300
            #expect(json["beats"]?.number == Double(file.beats))
            #expect(abs((json["duration_s"]?.number ?? 0) - 0.85 * Double(file.beats)) < 3)
            for name in ["missed", "extra", "ectopic", "long", "short", "share"] {
                #expect(json["artifacts"]?[name]?.number != nil, "\(name)")
            }
            let promised = [
                "time": ["mean_nn", "sdnn", "rmssd", "pnn50"], "frequency": ["lf", "hf", "lf_hf"],
                "nonlinear": ["sd1", "sd2"],
            ]
            for (part, names) in promised {
                for name in names { try check(name, of: json[part], reasons: json["reasons"], isLong: isLong) }
            }
            #expect(json["coherence"]?["definition"]?.string == "open-coherence-1")
            try check("mean", of: json["coherence"], reasons: json["reasons"], isLong: isLong, as: "coherence")
            #expect(json["coherence"]?["updates"]?.elements.isEmpty == !isLong)
            let names = ["edge", "ep", "pct", "peak_hz", "ratio", "score", "t", "t_end"]
            for update in json["coherence"]?["updates"]?.elements ?? [] {
                #expect(Set(update.names).isSuperset(of: names), "\(update)")
                if update["score"] == .null { #expect(update["reason"]?.string != nil, "\(update)") }
            }
        }

        private func check(
            _ name: String, of part: JSON?, reasons: JSON?, isLong: Bool, as reason: String? = nil
        ) throws {
            let value = try #require(part?[name], "\(name)")
            if value == .null {
                #expect(!isLong && reasons?[reason ?? name]?.string?.isEmpty == false, "\(name)")
            } else {
                #expect(value.number != nil, "\(name)")
            }
        }

        /// Intervals around 850 ms that swing six times a minute and a little otherwise.
        private func hearts(_ count: Int, unit: String) -> String {
            var time = 0.0
            var text = ""
            for index in 0..<count {
                let phase = (time * 0.1).truncatingRemainder(dividingBy: 1)
                let swing = 80 * (4 * abs(phase - 0.5) - 1)
                let interval = 850 + swing + Double(index * 7 % 11) - 5
                time += interval / 1000
                text += unit == "ms" ? "\(interval)\n" : "\(interval / 1000)\n"
            }
            return text
        }
    }
}
