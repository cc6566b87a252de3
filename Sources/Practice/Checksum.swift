import Crypto

/// The SHA-256 (FIPS 180-4) of bytes that come piece by piece, as `sha256sum` prints it.
public struct Checksum: Sendable {
    private var digest = SHA256()

    /// A checksum of nothing yet.
    public init() {}

    /// The checksum of some bytes, 64 hexadecimal digits.
    public static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
        var checksum = Checksum()
        checksum.add(Array(bytes))
        return checksum.hexadecimal
    }

    /// Takes the next piece.
    public mutating func add(_ piece: [UInt8]) { digest.update(data: piece) }

    /// The checksum of everything taken so far, 64 hexadecimal digits.
    public var hexadecimal: String {
        digest.finalize().map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
