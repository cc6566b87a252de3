import FoundationEssentials

/// The bytes of a file, to look for what should not be there.
struct Bytes {
    let bytes: [UInt8]

    static func read(_ path: String) throws -> Bytes {
        guard FileManager.default.fileExists(atPath: path) else { return Bytes(bytes: []) }
        return Bytes(bytes: [UInt8](try Data(contentsOf: URL(filePath: path))))
    }

    func contains(text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard bytes.count >= wanted.count else { return false }
        return (0...(bytes.count - wanted.count)).contains {
            bytes[$0] == wanted[0] && bytes[$0...].starts(with: wanted)
        }
    }
}
