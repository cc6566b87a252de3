import Crypto
import CryptoExtras
import FoundationEssentials
import Practice

/// How a reading is locked: a key of its own, which is itself locked with what scrypt makes of the receipt.
///
/// Sources: RFC 7914 (scrypt), RFC 8439 (ChaCha20-Poly1305).
struct ReadingSeal: Sendable {
    /// Where a reading is found; it tells the receipt to nobody who has not run scrypt on it.
    let lookup: Data
    private let key: SymmetricKey

    /// What makes guessing dear: 2^17 rounds of 8 blocks take 128 MB and about a third of a second.
    static let rounds = 1 << 17
    private static let blocks = 8

    /// Whether scrypt can run so many rounds in the memory that is meant for it; a damaged file may ask for any number.
    private static func isPayable(_ rounds: Int) -> Bool {
        (2...Self.rounds).contains(rounds) && rounds.nonzeroBitCount == 1
    }

    private static let lookupBytes = 16
    static let saltBytes = 32

    /// Computes where a receipt's reading is, and its key; takes a moment on purpose.
    /// - Parameters:
    ///   - receipt: the receipt.
    ///   - salt: random bytes of this data folder.
    ///   - rounds: scrypt's N; the one that the reading was kept with.
    /// - Throws: what the cryptographic library says.
    init(_ receipt: PersonalReceipt, salt: Data, rounds: Int) throws {
        guard Self.isPayable(rounds) else {
            throw StoreError(.damaged, "the lock of kept readings", detail: "it asks for \(rounds) rounds")
        }
        let derived = try KDF.Scrypt.deriveKey(
            from: Data(receipt.text.utf8), salt: salt, outputByteCount: Self.lookupBytes + 32, rounds: rounds,
            blockSize: Self.blocks, parallelism: 1)
        let bytes = derived.withUnsafeBytes { Data($0) }
        lookup = Data(bytes.prefix(Self.lookupBytes))
        key = SymmetricKey(data: bytes.dropFirst(Self.lookupBytes))
    }

    /// A reading under lock and key.
    struct Sealed: Sendable {
        /// Its key, locked with the receipt's.
        var wrappedKey: Data
        /// It, locked with its key.
        var reading: Data
    }

    func seal(_ record: PersonalRecord) throws -> Sealed {
        let own = SymmetricKey(size: .bits256)
        let sealed = try ChaChaPoly.seal(StoredReading(record).bytes(), using: own, authenticating: lookup)
        return Sealed(wrappedKey: try wrap(own), reading: sealed.combined)
    }

    /// Locks another key with the receipt's.
    func wrap(_ own: SymmetricKey) throws -> Data {
        try ChaChaPoly.seal(own.withUnsafeBytes { Data($0) }, using: key, authenticating: lookup).combined
    }

    /// - Throws: when bytes were changed since.
    func unwrap(_ wrapped: Data) throws -> SymmetricKey {
        SymmetricKey(
            data: try ChaChaPoly.open(ChaChaPoly.SealedBox(combined: wrapped), using: key, authenticating: lookup))
    }

    /// - Throws: when bytes were changed since.
    func open(_ sealed: Sealed, in file: String) throws -> PersonalRecord {
        let bytes = try ChaChaPoly.open(
            ChaChaPoly.SealedBox(combined: sealed.reading), using: try unwrap(sealed.wrappedKey),
            authenticating: lookup)
        return try StoredReading(bytes: bytes).record(in: file)
    }
}
