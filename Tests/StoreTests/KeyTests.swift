import FoundationEssentials
import GRDB
import Practice
import Testing

@testable import Store

@Suite("Facilitators' keys") struct KeyTests {
    @Test("a key's file reads back as the same key, whatever its line ends")
    func files() throws {
        let key = try FacilitatorPrivateKey()
        let again = try FacilitatorPrivateKey(text: key.text.replacing("\n", with: "\r\n"))
        #expect(again.publicKey == key.publicKey)
        let other = try FacilitatorPrivateKey().publicKey
        let both = key.publicKey.text + "\n" + other.text + key.publicKey.text
        #expect(try FacilitatorKey.all(in: both) == [key.publicKey, other])
        #expect(key.publicKey.fingerprint.count == 19 && key.publicKey.fingerprint != other.fingerprint)
    }

    @Test("a private key is no public one, and the other way round; anything else is none")
    func wrong() throws {
        let key = try FacilitatorPrivateKey()
        #expect(throws: KeyFault.isPrivate) { try FacilitatorKey.all(in: key.text) }
        #expect(throws: KeyFault.isPublic) { try FacilitatorPrivateKey(text: key.publicKey.text) }
        let zeros = Data(repeating: 0, count: 32).base64EncodedString()
        for text in [
            "", "hello", "entrain public key 1", "entrain public key 1\nAAAA", "entrain public key 1\n\(zeros)",
        ] {
            #expect(throws: KeyFault.noKey, "\(text)") { try FacilitatorKey.all(in: text) }
        }
        #expect(throws: KeyFault.noKey) { try FacilitatorPrivateKey(text: "entrain private key 1\n!") }
    }

    @Test("a sealed file opens for each of its keys and for no other, and tells where it was changed")
    func sealedFiles() throws {
        let keys = try (0..<3).map { _ in try FacilitatorPrivateKey() }
        let entries = [
            SealedFile.Entry(path: "a/beats.csv", bytes: Array("G1-03,812".utf8)),
            SealedFile.Entry(path: "README.txt", bytes: []),
        ]
        let sealed = try SealedFile.seal(entries, for: keys.prefix(2).map(\.publicKey))
        #expect(Data(sealed).firstRange(of: Data("G1-03".utf8)) == nil)
        #expect(Data(sealed).firstRange(of: Data("beats".utf8)) == nil)
        for key in keys.prefix(2) { #expect(try SealedFile.open(sealed, with: key) == entries) }
        let known = keys.prefix(2).map(\.publicKey.fingerprint)
        #expect(try SealedFile.recipients(of: sealed) == known)
        #expect(throws: KeyFault.otherKey(known)) { try SealedFile.open(sealed, with: keys[2]) }
        for place in [sealed.count - 1, sealed.count - 40] {
            var changed = sealed
            changed[place] ^= 1
            #expect(throws: KeyFault.changed) { try SealedFile.open(changed, with: keys[0]) }
        }
        for length in [0, 5, 20, 60] {
            #expect(throws: KeyFault.notSealed) { try SealedFile.open(Array(sealed.prefix(length)), with: keys[0]) }
        }
    }

    @Test("a path that leads out of the folder is not opened", arguments: ["../x", "/etc/x", "a//b", "a/../../b", "."])
    func paths(_ path: String) throws {
        let key = try FacilitatorPrivateKey()
        let sealed = try SealedFile.seal([.init(path: path, bytes: [1])], for: [key.publicKey])
        #expect(throws: KeyFault.changed) { try SealedFile.open(sealed, with: key) }
    }

    @Test("rows that are cut short or of other tables are refused")
    func archives() throws {
        var archive = RowArchive()
        archive.tables = [
            .init(
                name: "packet", columns: ["a", "b", "c", "d", "e"],
                rows: [
                    [
                        1.databaseValue, (0.1 + 0.2).databaseValue, "é".databaseValue,
                        Data([0, 255]).databaseValue, .null,
                    ]
                ])
        ]
        let bytes = archive.bytes()
        #expect(try RowArchive(bytes: bytes, allowed: ["packet"]) == archive)
        #expect(throws: (any Error).self) { try RowArchive(bytes: bytes, allowed: ["beat"]) }
        for length in 0..<bytes.count {
            #expect(throws: (any Error).self) {
                try RowArchive(bytes: Array(bytes.prefix(length)), allowed: ["packet"])
            }
        }
    }
}
