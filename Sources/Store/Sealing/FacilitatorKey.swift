import Crypto
import FoundationEssentials
import Practice

/// The public key of a facilitator: it seals, and opens nothing.
///
/// X25519 (RFC 7748), used by HPKE (RFC 9180) in base mode with HKDF-SHA256 and ChaCha20-Poly1305.
public struct FacilitatorKey: Sendable, Hashable {
    static let heading = "entrain public key 1"
    private static let length = 32
    static let suite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly

    /// Its 32 bytes.
    public let bytes: [UInt8]

    /// - Throws: `KeyFault.noKey` when the bytes can be no key.
    init(bytes: [UInt8]) throws(KeyFault) {
        guard bytes.count == Self.length else { throw .noKey }
        self.bytes = bytes
        guard Self.isUsable(bytes) else { throw .noKey }
    }

    /// Whether the shared secret with this key is a secret: with points of small order, such as zeros, it is all zeros
    /// (RFC 7748, 6.1).
    private static func isUsable(_ bytes: [UInt8]) -> Bool {
        do {
            let secret = try Curve25519.KeyAgreement.PrivateKey().sharedSecretFromKeyAgreement(
                with: Curve25519.KeyAgreement.PublicKey(rawRepresentation: bytes))
            return secret.withUnsafeBytes { $0.contains { $0 != 0 } }
        } catch {
            return false
        }
    }

    /// Reads a file of one public key or several.
    /// - Parameter text: the file.
    /// - Returns: the keys, in order.
    /// - Throws: `KeyFault`.
    public static func all(in text: String) throws(KeyFault) -> [FacilitatorKey] {
        if text.contains(FacilitatorPrivateKey.heading) { throw .isPrivate }
        let lines = KeyText.lines(text)
        var keys: [FacilitatorKey] = []
        var rest = lines[...]
        while let first = rest.popFirst() {
            guard first == heading, let code = rest.popFirst(), let data = Data(base64Encoded: code) else {
                throw .noKey
            }
            let key = try FacilitatorKey(bytes: [UInt8](data))
            if !keys.contains(key) { keys.append(key) }
        }
        guard !keys.isEmpty else { throw .noKey }
        return keys
    }

    /// The file that people hand on.
    public var text: String { "\(Self.heading)\n\(Data(bytes).base64EncodedString())\n" }

    /// What people compare by eye or voice: the first 8 bytes of SHA-256, in four groups.
    public var fingerprint: String {
        let digits = Array(Checksum.hexadecimal(of: bytes).prefix(16))
        return stride(from: 0, to: 16, by: 4).map { String(digits[$0..<$0 + 4]) }.joined(separator: "-")
    }

    /// Locks a key so that only the private key opens it.
    /// - Parameters:
    ///   - key: the key.
    ///   - binding: what it belongs to; it opens nothing else.
    /// - Returns: the encapsulated key (32 bytes) and the ciphertext.
    /// - Throws: what the cryptographic library says.
    func wrap(_ key: SymmetricKey, binding: Data) throws -> Data {
        let recipient = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: bytes)
        var sender = try HPKE.Sender(recipientKey: recipient, ciphersuite: Self.suite, info: binding)
        let sealed = try sender.seal(key.withUnsafeBytes { Data($0) })
        return sender.encapsulatedKey + sealed
    }
}

/// The private key of a facilitator: whoever has it reads everything that was sealed for it.
public struct FacilitatorPrivateKey: Sendable {
    static let heading = "entrain private key 1"
    private static let encapsulatedLength = 32

    private let key: Curve25519.KeyAgreement.PrivateKey
    /// The key to hand on.
    public let publicKey: FacilitatorKey

    /// Makes a new one.
    /// - Throws: never in practice; a key that cannot be used is refused.
    public init() throws(KeyFault) {
        key = Curve25519.KeyAgreement.PrivateKey()
        publicKey = try FacilitatorKey(bytes: [UInt8](key.publicKey.rawRepresentation))
    }

    /// Reads a private key's file.
    /// - Throws: `KeyFault`.
    public init(text: String) throws(KeyFault) {
        if text.contains(FacilitatorKey.heading) { throw .isPublic }
        let lines = KeyText.lines(text)
        guard lines.count == 2, lines[0] == Self.heading, let data = Data(base64Encoded: lines[1]) else { throw .noKey }
        do { key = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: data) } catch { throw .noKey }
        publicKey = try FacilitatorKey(bytes: [UInt8](key.publicKey.rawRepresentation))
    }

    /// The file that stays with its owner.
    public var text: String { "\(Self.heading)\n\(key.rawRepresentation.base64EncodedString())\n" }

    /// Opens what `FacilitatorKey.wrap` locked.
    /// - Throws: when it was locked for another key, belongs to something else, or was changed.
    func unwrap(_ wrapped: Data, binding: Data) throws -> SymmetricKey {
        let bytes = Data(wrapped)
        guard bytes.count > Self.encapsulatedLength else { throw KeyFault.changed }
        var recipient = try HPKE.Recipient(
            privateKey: key, ciphersuite: FacilitatorKey.suite, info: binding,
            encapsulatedKey: Data(bytes.prefix(Self.encapsulatedLength)))
        return SymmetricKey(data: try recipient.open(Data(bytes.dropFirst(Self.encapsulatedLength))))
    }
}

/// Key files as lines.
enum KeyText {
    /// Without blank lines and blanks at their ends.
    static func lines(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { line in
            String(line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        }.filter { !$0.isEmpty }
    }
}
