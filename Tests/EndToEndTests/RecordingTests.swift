import HRV
import Testing

extension EndToEnd {
    @Suite("A session of eight straps", .recording) struct RecordingTests {
        let recording: Recording

        init() throws { recording = try #require(RecordingTrait.recording) }

        @Test("every beat that was sent is in beats.csv once, in order")
        func everyBeat() throws {
            let sent = recording.truth.byStrap
            let kept = try recording.bundle.ticksByStrap()
            #expect(sent.count == 8)
            #expect(Set(kept.keys).isSubset(of: sent.keys))
            for (strap, notifications) in sent {
                #expect(kept[strap] ?? [] == notifications.flatMap(\.rr_1024), "\(strap)")
            }
            #expect(recording.bundle.beats.rows.count > 1200)
            #expect(kept.count == 7, "one strap in eight sends no RR")
        }

        @Test("every packet that was sent is in packets.csv with its raw bytes, and says what they say")
        func everyPacket() throws {
            let kept = try recording.bundle.intervalsByStrap()
            for (strap, notifications) in recording.truth.byStrap {
                #expect(kept[strap] == notifications.map(\.rr_1024), "\(strap)")
            }
            for (code, packets) in recording.bundle.packets.rows(by: "code") {
                #expect(packets.compactMap { Int($0["packet"] ?? "") } == Array(1...packets.count), "\(code)")
                let times = try packets.map { try #require(Double($0["t_s"] ?? "")) }
                #expect(zip(times, times.dropFirst()).allSatisfy(<=), "\(code)")
                for packet in packets {
                    let raw = try RawPacket(packet["raw_hex"] ?? "")
                    #expect(packet["heart_rate"] == "\(raw.heartRate)", "\(packet)")
                    #expect(packet["energy_kj"] == raw.energy.map { "\($0)" } ?? "", "\(packet)")
                    #expect(packet["rr_count"] == "\(raw.intervals.count)", "\(packet)")
                }
            }
            let contacts = recording.bundle.packets.rows(by: "code").values.map { Set($0.map { $0["contact"] ?? "" }) }
            #expect(contacts.count { $0 == ["unknown"] } == 2, "two straps in eight send no contact bits")
        }

        @Test("beats are numbered, stand in rising time, and give their interval in milliseconds as well")
        func beatTimes() throws {
            for (code, beats) in recording.bundle.beats.rows(by: "code") {
                #expect(beats.compactMap { Int($0["seq"] ?? "") } == Array(1...beats.count), "\(code)")
                var last: [String: Double] = [:]
                for beat in beats {
                    let ticks = try #require(Int(beat["rr_1024"] ?? ""))
                    let milliseconds = try #require(Double(beat["rr_ms"] ?? ""))
                    #expect(abs(milliseconds - Double(ticks * 1000) / 1024) <= 0.000_500_001, "\(beat)")
                    #expect(beat["rr_ms"]?.split(separator: ".").last?.count == 3, "\(beat)")
                    #expect(["yes", "no", "unknown"].contains(beat["contact"]), "\(beat)")
                    guard beat["flag"] != "flushed" else {
                        #expect(beat["t_s"] == "" && beat["label"] == "" && beat["phase"] == "", "\(beat)")
                        continue
                    }
                    #expect(["N", "E", "S", "L", "M", "X"].contains(beat["label"]), "\(beat)")
                    let time = try #require(Double(beat["t_s"] ?? ""))
                    #expect(beat["phase"] == (time < 180 ? "practice" : ""), "\(beat)")
                    #expect(time > last[beat["segment"] ?? ""] ?? 0, "\(beat)")
                    last[beat["segment"] ?? ""] = time
                }
            }
        }

        @Test("the scores of coherence.csv follow from beats.csv")
        func coherence() throws {
            let scores = recording.bundle.coherence.rows(by: "code")
            let beats = recording.bundle.beats.rows(by: "code")
            #expect(Set(scores.keys) == Set(beats.keys))
            for (code, rows) in scores {
                let updates = Analysis.updates(of: try series(beats[code] ?? []), options: AnalysisOptions())
                try #require(updates.count == rows.count, "\(code)")
                #expect(updates.count > 5, "\(code)")
                for (update, row) in zip(updates, rows) {
                    #expect(isNear(row["t_s"], update.t, 0.002), "\(code) \(row)")
                    #expect(isNear(row["score"], update.result?.score, 1e-6), "\(code) \(row)")
                    #expect(isNear(row["pct"], update.result?.pct, 1e-6), "\(code) \(row)")
                    #expect(isNear(row["ratio"], update.result?.ratio, 1e-6), "\(code) \(row)")
                    #expect(isNear(row["peak_hz"], update.result?.peakHz, 1e-9), "\(code) \(row)")
                    #expect(isNear(row["clean"], update.clean, 1e-9), "\(code) \(row)")
                    let band = update.result.map { CoherenceBands.standard.band(of: $0.score).rawValue }
                    #expect(row["band"] == band ?? "", "\(code) \(row)")
                    #expect(row["reason"] == update.reason ?? (update.result == nil ? nil : update.note) ?? "")
                }
            }
        }

        /// A code's beats as a series: inside a segment, times are the running sum of the intervals.
        private func series(_ rows: [[String: String]]) throws -> BeatSeries {
            var intervals: [Double] = []
            var ends: [Double] = []
            var starts: [Int] = []
            var segment = ""
            for row in rows where row["flag"] != "flushed" {
                let ticks = try #require(Double(row["rr_1024"] ?? ""))
                let time = try #require(Double(row["t_s"] ?? ""))
                if row["segment"] == segment, let last = ends.last {
                    ends.append(last + ticks / 1024)
                    #expect(abs(ends[ends.count - 1] - time) < 0.0011, "\(row)")
                } else {
                    starts.append(ends.count)
                    ends.append(time)
                    segment = row["segment"] ?? ""
                }
                intervals.append(ticks * 1000 / 1024)
            }
            return BeatSeries(rr: intervals, endTimes: ends, segmentStarts: starts)
        }

        private func isNear(_ cell: String?, _ value: Double?, _ tolerance: Double) -> Bool {
            guard let cell, let value else { return cell == "" && value == nil }
            return Double(cell).map { abs($0 - value) <= tolerance * max(1, abs(value)) } ?? false
        }
    }
}
