import ArgumentParser
import Formats
import HeartRate

/// `entrain decode`: one notification of 0x2A37 in words.
struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode", abstract: "Decode one Heart Rate Measurement (0x2A37).",
        discussion: """
            Example:
              entrain decode 16 48 3c 03 3f 03
              entrain decode 16483c033f03 --json
            """)

    @Argument(help: "The bytes in hexadecimal, with or without spaces, colons or 0x.")
    var hex: [String]

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let bytes = try HexBytes.parse(hex)
        let measurement: Measurement
        do { measurement = try Measurement(bytes: bytes) } catch { throw Failure(.failed, "\(error)") }
        StandardOutput.line(global.json ? json(measurement) : words(measurement))
    }

    private func json(_ measurement: Measurement) -> String {
        let object: JSONValue = [
            "heart_rate": .integer(measurement.heartRate), "contact": .string(measurement.contact.rawValue),
            "energy_kj": JSONValue(measurement.energyKilojoules),
            "rr_1024": .array(measurement.rrTicks.map { .integer(Int($0)) }),
            "rr_ms": .array(measurement.rrTicks.map { .number(Self.milliseconds($0)) }),
            "warnings": .array(measurement.warnings.map { .string($0.description) }),
        ]
        return object.line
    }

    /// Milliseconds to three decimals, as in `beats.csv`.
    private static func milliseconds(_ ticks: UInt16) -> Double {
        (Measurement.milliseconds(ticks: ticks) * 1000).rounded() / 1000
    }

    private func words(_ measurement: Measurement) -> String {
        var lines = [
            "Heart rate   \(measurement.heartRate == 0 ? "0 (no signal)" : "\(measurement.heartRate) a minute")",
            "Contact      \(contact(measurement.contact))",
        ]
        if let energy = measurement.energyKilojoules {
            lines.append("Energy       \(energy) kJ\(energy == 65535 ? " or more" : "")")
        }
        let intervals = measurement.rrTicks.map { "\(Self.milliseconds($0)) ms (\($0)/1024 s)" }
        lines.append("RR           \(intervals.isEmpty ? "none" : intervals.joined(separator: ", "))")
        lines += measurement.warnings.map { "Note         \($0)" }
        return lines.joined(separator: "\n")
    }

    private func contact(_ contact: Contact) -> String {
        switch contact {
        case .yes: "yes"
        case .no: "no"
        case .unknown: "unknown (the strap cannot tell)"
        }
    }
}

/// Bytes as people write them.
enum HexBytes {
    /// - Throws: `Failure` with status 64 that names the character that is no hexadecimal digit.
    static func parse(_ words: [String]) throws -> [UInt8] {
        let text = words.map { $0.lowercased().hasPrefix("0x") ? String($0.dropFirst(2)) : $0 }.joined()
        let digits = text.filter { !": -,_".contains($0) }
        if let wrong = digits.first(where: { !$0.isHexDigit || !$0.isASCII }) {
            throw Failure(
                .usage, "'\(wrong)' is no hexadecimal digit. Write the bytes as pairs of 0-9 and a-f, such as 16483c03."
            )
        }
        guard digits.count % 2 == 0 else {
            throw Failure(
                .usage, "\(digits.count) hexadecimal digits are no whole bytes. Write two digits for each byte.")
        }
        var bytes: [UInt8] = []
        var rest = digits[...]
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { break }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }
}
