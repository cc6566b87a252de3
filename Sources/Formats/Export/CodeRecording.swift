import HeartRate
import Practice

/// What one code gives to formats that know one person a file: its beats on the time line, and where it is from.
struct CodeRecording: Sendable {
    let code: Code
    /// Beats that count, in order; flushed ones are left out.
    let beats: [Beat]
    /// When the packet of a beat arrived, by the packet's number.
    private let arrivals: [Int: Double]
    /// What the strap was called that it had first; empty when that is not known.
    let strap: String
    /// Heart rate and arrival of every packet that has one.
    let heartRates: [(t: Double, rate: Int)]

    init(_ code: Code, of record: SessionRecord) {
        self.code = code
        beats = record.beats.filter { $0.code == code && $0.beat.flag != .flushed && $0.beat.end != nil }.map(\.beat)
        let packets = record.packets.filter { $0.code == code }
        arrivals = Dictionary(packets.map { ($0.number, $0.t) }) { first, _ in first }
        strap = packets.first.map { StrapLabel.withoutAddress($0.strap) } ?? ""
        heartRates = packets.compactMap { packet in
            // A packet that cannot be read has no heart rate.
            (try? Measurement(bytes: packet.bytes)).map { (packet.t, $0.heartRate) }
        }
    }

    /// Every code of a record that has beats.
    static func all(of record: SessionRecord) -> [CodeRecording] {
        record.info.presentCodes.map { CodeRecording($0, of: record) }.filter { !$0.beats.isEmpty }
    }

    /// The code with letters and digits only: `G1S03` of `G1-03`.
    var label: String { Self.label(of: code) }

    static func label(of code: Code) -> String {
        "\(code.group)S\(code.place < 10 ? "0" : "")\(code.place)"
    }

    /// When a beat arrived; the end of its interval where no packet is known.
    func arrival(of beat: Beat) -> Double { arrivals[beat.packet] ?? beat.end ?? 0 }
}

extension Beat {
    /// The interval to the nearest ms, for formats that know whole ms only.
    var wholeMilliseconds: Int { Int(milliseconds.rounded()) }

    /// When the interval began, seconds from the session's start.
    var begin: Double { (end ?? 0) - milliseconds / 1000 }
}

/// Numbers with a fixed count of decimals.
enum Decimals {
    static func text(_ value: Double, _ places: Int) -> String {
        var bytes: [UInt8] = []
        CSVCell.fixed(value, places: places).write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
