/// How the text of a file is encoded.
public enum RREncoding: String, Sendable, Hashable {
    /// Nothing beyond ASCII.
    case ascii = "ASCII"
    /// UTF-8.
    case utf8 = "UTF-8"
    /// UTF-8 after a byte order mark.
    case utf8WithMark = "UTF-8 with a byte order mark"
    /// Windows code page 1252, which holds Latin-1.
    case windows1252 = "Windows-1252"

    /// Bytes of one line as text: UTF-8 where they are that, else Windows-1252; control characters become `?`.
    static func text(_ bytes: some Collection<UInt8>) -> (text: String, encoding: RREncoding) {
        if bytes.allSatisfy({ $0 < 0x80 }) { return (printable(String(decoding: bytes, as: UTF8.self)), .ascii) }
        if let text = String(validating: bytes, as: UTF8.self) { return (printable(text), .utf8) }
        var scalars = "".unicodeScalars
        for byte in bytes {
            let code = (0x80...0x9f).contains(byte) ? upper[Int(byte) - 0x80] : UInt32(byte)
            scalars.append(Unicode.Scalar(code) ?? "?")
        }
        return (printable(String(scalars)), .windows1252)
    }

    private static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0.value) ? "?" : $0 }))
    }

    /// Whether a terminal may take it for a command: the first 32, delete, and the 32 from 0x80 on.
    private static func isControl(_ code: UInt32) -> Bool { code < 0x20 || (0x7f...0x9f).contains(code) }

    /// What Windows-1252 has from 0x80 to 0x9f; the five places without a character stand for themselves.
    private static let upper: [UInt32] = [
        0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,
        0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
        0x0153, 0x9d, 0x017e, 0x0178,
    ]
}
