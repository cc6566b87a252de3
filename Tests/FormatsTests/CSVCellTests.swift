import Testing

@testable import Formats

@Suite("Cells of a CSV file") struct CSVCellTests {
    private func text(of cell: CSVCell) -> String {
        var bytes: [UInt8] = []
        cell.write(into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "text is quoted where RFC 4180 wants it and never begins a formula",
        arguments: [
            ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("two\nlines", "\"two\nlines\""), ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"),
            ("\tx", "'\tx"), ("\rx", "\"'\rx\""), ("=a,b", "\"'=a,b\""), ("a=b", "a=b"), ("é°", "é°"),
        ])
    func strings(_ value: String, _ written: String) { #expect(text(of: .text(value)) == written) }

    @Test(
        "decimals are rounded as printf rounds them",
        arguments: [
            (811.5234375, "811.523"), (804.6875, "804.688"), (789.0625, "789.062"), (0, "0.000"), (-0.0001, "0.000"),
            (-1.5, "-1.500"), (0.0005, "0.001"), (0.0015, "0.002"), (2.0005, "2.001"), (1.0625, "1.062"),
            (86_399.9996, "86400.000"), (1e12, "1000000000000.000"), (9.9995, "9.999"), (0.1 + 0.2, "0.300"),
        ])
    func decimals(_ value: Double, _ written: String) { #expect(text(of: .fixed(value, places: 3)) == written) }

    @Test("numbers keep every digit, and what is no number is empty")
    func numbers() {
        #expect(text(of: .number(0.1 + 0.2)) == "0.30000000000000004")
        #expect(text(of: .integer(-61)) == "-61")
        for value in [Double.nan, .infinity, -.infinity] {
            #expect(text(of: .number(value)) == "")
            #expect(text(of: .fixed(value, places: 3)) == "")
        }
        #expect(text(of: .optional(nil as Int?)) == "")
    }
}
