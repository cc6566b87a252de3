import Glibc
import Testing

extension EndToEnd {
    @Suite("analyze writes what was asked for") struct AnalyzeOutputTests {
        let scratch: Scratch

        init() throws { scratch = try Scratch() }

        /// Six minutes of intervals around 850 ms that swing six times a minute.
        private func rest() throws -> String {
            var time = 0.0
            var text = ""
            while time < 360 {
                let interval = (850 + 70 * sin(2 * .pi * 0.1 * time) + 15 * sin(91 * time)).rounded()
                time += interval / 1000
                text += "\(Int(interval))\n"
            }
            return try scratch.write(text, to: "rest.txt")
        }

        @Test("the table for people names domains, units and bands") func text() async throws {
            let ending = try await Program.entrain("analyze", try rest())
            #expect(ending.status == 0 && ending.errors.isEmpty, "\(ending)")
            for word in ["beats", "rmssd", "SDNN", "ms^2", "lf_hf", "Lomb", "sampen", "swing_bpm", "open-coherence-1"] {
                #expect(ending.output.contains(word), "\(word): \(ending)")
            }
            #expect(ending.lines.allSatisfy { $0.count <= 80 }, "\(ending)")
        }

        @Test("JSON has every name that was promised, in every part") func json() async throws {
            let json = try JSON(try await Program.entrain("analyze", try rest(), "--json").output)
            let promised = [
                "time": "mean_nn median_nn sdnn mean_hr min_hr max_hr rmssd ln_rmssd sdsd nn50 pnn50 nn20 pnn20 cvnn "
                    + "range_nn hrv_ti tinn stress_index sdann sdnn_index",
                "frequency": "vlf lf hf total lf_peak hf_peak lf_nu hf_nu lf_hf",
                "lomb": "vlf lf hf total lf_peak hf_peak lf_nu hf_nu lf_hf",
                "nonlinear": "sd1 sd2 sd2_sd1 area sampen apen dfa_a1 dfa_a2", "breathing": "rate_per_min swing_bpm",
            ]
            for (part, names) in promised {
                #expect(json[part]?.names == names.split(separator: " ").map(String.init).sorted(), "\(part)")
            }
            #expect(abs((json["breathing"]?["rate_per_min"]?.number ?? 0) - 6) < 0.1)
            #expect(json["time"]?["sdann"] == .null && json["reasons"]?["sdann"]?.string?.contains("64800") == true)
            #expect((json["coherence"]?["mean"]?.number ?? 0) > 4)
        }

        @Test("CSV is one table over several files, a line a metric, with a reason where a value is missing")
        func csv() async throws {
            let path = try rest()
            let short = try scratch.write("812\n790\n805\n", to: "short.txt")
            let table = try Table(try await Program.entrain("analyze", path, short, "--csv").output)
            #expect(table.columns == ["file", "from_s", "to_s", "metric", "value", "unit", "reason"])
            #expect(Set(table.cells("file")) == [path, short])
            let metrics = Dictionary(grouping: table.cells("metric")) { $0 }
            #expect(metrics.count == 58 && metrics.values.allSatisfy { $0.count == 2 }, "\(metrics.count)")
            for row in table.rows {
                #expect((row["value"] == "") == (row["reason"] != ""), "\(row)")
                #expect(row["value"] == "" || Double(row["value"] ?? "") != nil, "\(row)")
            }
            let rmssd = table.rows(by: "metric")["rmssd"] ?? []
            #expect(rmssd.map { $0["unit"] } == ["ms", ""])
            #expect(rmssd.last?["reason"] == "needs 60 s of beats, has 2 s")
        }

        @Test("windows come one a line, with their begin and end") func windows() async throws {
            let path = try rest()
            let ending = try await Program.entrain("analyze", path, "--window", "120", "--step", "60", "--json")
            let windows = try ending.lines.map { try JSON($0) }
            #expect(windows.map { $0["from_s"]?.number } == [0, 60, 120, 180, 240])
            #expect(windows.map { $0["to_s"]?.number } == [120, 180, 240, 300, 360])
            #expect(windows.allSatisfy { $0["time"]?["sdnn"]?.number != nil && $0["frequency"]?["lf"] == .null })
            let table = try Table(try await Program.entrain("analyze", path, "--window", "120", "--csv").output)
            #expect(Set(table.cells("from_s")) == ["0.0", "120.0", "240.0"])
            let text = try await Program.entrain("analyze", path, "--window", "120")
            #expect(text.status == 0 && text.lines.count >= 4, "\(text)")
        }

        @Test("how a file was read is told on demand: in the table, beside CSV, and inside JSON") func explain()
            async throws
        {
            let path = try rest()
            let text = try await Program.entrain("analyze", path, "--explain")
            #expect(text.output.contains("read as milliseconds") && text.errors.isEmpty, "\(text)")
            let csv = try await Program.entrain("analyze", path, "--explain", "--csv")
            #expect(csv.errors.contains("\(path): read as milliseconds") && csv.output.hasPrefix("file,"), "\(csv)")
            let json = try JSON(try await Program.entrain("analyze", path, "--explain", "--json").output)
            #expect(json["input"]?["unit"]?.string == "ms" && json["input"]?["gaps"]?.elements.isEmpty == true)
        }

        @Test("pictures fit a terminal, in blocks and in plain letters") func plot() async throws {
            let path = try rest()
            for flags in [["--plot"], ["--plot", "--ascii"]] {
                let ending = try await Program.run([Program.binary, "analyze", path] + flags)
                #expect(ending.status == 0 && ending.lines.count > 40, "\(ending)")
                #expect(ending.lines.allSatisfy { $0.count <= 80 }, "\(ending)")
                #expect(ending.output.unicodeScalars.allSatisfy(\.isASCII) == flags.contains("--ascii"), "\(ending)")
            }
        }

        @Test("without smoothness priors only the spectrum of the even series changes") func detrend() async throws {
            let path = try rest()
            let with = try JSON(try await Program.entrain("analyze", path, "--json").output)
            let without = try JSON(try await Program.entrain("analyze", path, "--json", "--detrend", "none").output)
            #expect(with["detrend"]?.string == "priors" && without["detrend"]?.string == "none")
            #expect(with["frequency"] != without["frequency"])
            for part in ["time", "lomb", "nonlinear", "coherence"] { #expect(with[part] == without[part], "\(part)") }
        }

        @Test("when nobody reads any more it ends at once, without a word") func brokenPipe() async throws {
            let path = try rest()
            let shell = #""$0" analyze "$1" --window 1 --csv | head -n 1"#
            let ending = try await Program.run(["sh", "-c", shell, Program.binary, path])
            #expect(ending.output.hasPrefix("file,from_s") && ending.errors.isEmpty, "\(ending)")
        }
    }
}
