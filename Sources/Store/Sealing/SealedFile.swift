import Crypto
import FoundationEssentials

/// Files sealed into one, so that only the owners of some keys open it.
///
/// A heading, the locks of its key (one for each recipient), and the files, locked with that key: ChaCha20-Poly1305 with
/// everything before as authenticated data.
public enum SealedFile {
    private static let heading = Array("entrain sealed 1\n".utf8)
    private static let binding = Data("entrain sealed file 1".utf8)
    private static let mostRecipients = 64

    /// A file in it.
    public struct Entry: Sendable, Hashable {
        /// Its path, such as `20260804-G1/beats.csv`; never one that leads out of the folder it is put in.
        public var path: String
        /// What it holds.
        public var bytes: [UInt8]

        /// Makes an entry.
        public init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    /// Seals files.
    /// - Parameters:
    ///   - entries: the files.
    ///   - keys: who may open them; at least one.
    /// - Returns: the sealed file.
    /// - Throws: `KeyFault.noKey` without keys, or what the cryptographic library says.
    public static func seal(_ entries: [Entry], for keys: [FacilitatorKey]) throws -> [UInt8] {
        guard !keys.isEmpty, keys.count <= mostRecipients else { throw KeyFault.noKey }
        let own = SymmetricKey(size: .bits256)
        var bytes = heading
        bytes.put(count: keys.count)
        for key in keys {
            bytes.put(block: key.fingerprint.utf8)
            bytes.put(block: try key.wrap(own, binding: binding))
        }
        var content: [UInt8] = []
        content.put(count: entries.count)
        for entry in entries {
            content.put(block: entry.path.utf8)
            content.put(block: entry.bytes)
        }
        let sealed = try ChaChaPoly.seal(Data(content), using: own, authenticating: Data(bytes)).combined
        return bytes + sealed
    }

    /// Opens a sealed file.
    /// - Parameters:
    ///   - bytes: the sealed file.
    ///   - key: one of the keys it was sealed for.
    /// - Returns: its files.
    /// - Throws: `KeyFault`.
    public static func open(_ bytes: [UInt8], with key: FacilitatorPrivateKey) throws(KeyFault) -> [Entry] {
        let (locks, head) = try locks(of: bytes)
        guard let wrapped = locks.first(where: { $0.fingerprint == key.publicKey.fingerprint })?.wrapped else {
            throw .otherKey(locks.map(\.fingerprint))
        }
        do {
            let own = try key.unwrap(Data(wrapped), binding: binding)
            let content = try ChaChaPoly.open(
                ChaChaPoly.SealedBox(combined: Data(bytes[head...])), using: own,
                authenticating: Data(bytes[..<head]))
            return try entries(in: [UInt8](content))
        } catch {
            throw .changed
        }
    }

    /// Fingerprints of the keys that open a sealed file.
    /// - Throws: `KeyFault.notSealed`.
    public static func recipients(of bytes: [UInt8]) throws(KeyFault) -> [String] {
        try locks(of: bytes).0.map(\.fingerprint)
    }

    private static func locks(
        of bytes: [UInt8]
    ) throws(KeyFault) -> ([(fingerprint: String, wrapped: [UInt8])], head: Int) {
        do {
            var reader = ByteReader(bytes)
            guard try reader.bytes(heading.count) == heading else { throw KeyFault.notSealed }
            let count = try reader.count()
            guard (1...mostRecipients).contains(count) else { throw KeyFault.notSealed }
            var locks: [(fingerprint: String, wrapped: [UInt8])] = []
            for _ in 0..<count { locks.append((try reader.text(), try reader.block())) }
            return (locks, reader.offset)
        } catch {
            throw .notSealed
        }
    }

    private static func entries(in content: [UInt8]) throws -> [Entry] {
        var reader = ByteReader(content)
        var entries: [Entry] = []
        for _ in 0..<(try reader.count()) {
            let path = try reader.text()
            let parts = path.split(separator: "/", omittingEmptySubsequences: false)
            let isInside = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && !$0.contains("\0") }
            guard isInside else { throw ByteReader.Short() }
            entries.append(Entry(path: path, bytes: try reader.block()))
        }
        guard reader.isAtEnd else { throw ByteReader.Short() }
        return entries
    }
}
