/// One cell of a CSV file.
package enum CSVCell: Sendable, Hashable {
    /// Not available.
    case empty
    /// Text; guarded against being taken for a formula (OWASP ASVS 5.0, 1.2.10).
    case text(String)
    /// A whole number.
    case integer(Int)
    /// A number with so many decimals, rounded to even as `printf` does.
    case fixed(Double, places: Int)
    /// A number in the shortest form that reads back as the same bits.
    case number(Double)

    /// Text, or empty where there is none.
    static func optional(_ text: String?) -> CSVCell { text.map(CSVCell.text) ?? .empty }

    /// A whole number, or empty where there is none.
    static func optional(_ number: Int?) -> CSVCell { number.map(CSVCell.integer) ?? .empty }

    /// A number, or empty where there is none.
    static func optional(_ number: Double?) -> CSVCell { number.map(CSVCell.number) ?? .empty }

    /// A number of seconds or milliseconds with three decimals, or empty where there is none.
    static func thousandths(_ number: Double?) -> CSVCell { number.map { .fixed($0, places: 3) } ?? .empty }

    /// Appends the cell as RFC 4180 wants it.
    package func write(into bytes: inout [UInt8]) {
        switch self {
        case .empty: break
        case .text(let text): Self.write(text, into: &bytes)
        case .integer(let value): bytes += value.description.utf8
        case .fixed(let value, let places): Self.write(value, places: places, into: &bytes)
        case .number(let value): if value.isFinite { bytes += value.description.utf8 }
        }
    }

    // MARK: - Text

    private static func write(_ text: String, into bytes: inout [UInt8]) {
        guard let first = text.utf8.first else { return }
        let isFormula = formulaStarts.contains(first)
        guard text.utf8.contains(where: needsQuotes) else {
            if isFormula { bytes.append(UInt8(ascii: "'")) }
            bytes += text.utf8
            return
        }
        bytes.append(UInt8(ascii: "\""))
        if isFormula { bytes.append(UInt8(ascii: "'")) }
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// `=`, `+`, `-`, `@`, TAB and CR.
    private static let formulaStarts: [UInt8] = [0x3d, 0x2b, 0x2d, 0x40, 0x09, 0x0d]

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0a || byte == 0x0d
    }

    // MARK: - Numbers

    private static func write(_ value: Double, places: Int, into bytes: inout [UInt8]) {
        guard value.isFinite else { return }
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        guard let scaled = roundedToEven(value.magnitude, times: Double(scale)) else {
            bytes += value.description.utf8
            return
        }
        if value < 0, scaled != 0 { bytes.append(UInt8(ascii: "-")) }
        bytes += (scaled / scale).description.utf8
        guard places > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        let decimals = (scaled % scale).description
        bytes += repeatElement(UInt8(ascii: "0"), count: places - decimals.utf8.count)
        bytes += decimals.utf8
    }

    /// `value * scale` rounded from its exact, not its rounded, product; nil when it is too large to be told apart.
    private static func roundedToEven(_ value: Double, times scale: Double) -> Int? {
        let product = value * scale
        guard product < 0x1p52 else { return nil }
        let missing = (-product).addingProduct(value, scale)
        let floor = product.rounded(.down)
        let rest = product - floor
        let whole = Int(floor)
        if rest == 0.5 { return missing > 0 || (missing == 0 && whole % 2 == 1) ? whole + 1 : whole }
        return rest > 0.5 ? whole + 1 : whole
    }
}
