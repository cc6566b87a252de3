import Formats
import Practice

/// The kit of a room, as it is and with the checksum that would be right.
enum RoomEntry {
    static func take(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        try check(text)
        let body = text.firstRange(of: "\nsha256: ").map { String(text[..<$0.lowerBound]) + "\n" } ?? text
        try check(body + "sha256: \(Checksum.hexadecimal(of: body.utf8))\n")
    }

    private static func check(_ text: String) throws {
        switch Result(catching: { () throws(RoomKitError) in try RoomKit(text: text) }) {
        case .success(let kit):
            try claim(Set(kit.straps.keys).isSubset(of: kit.codes), "a strap is of a code of the room")
            try claimPrintable(kit.name)
            try claim(try RoomKit(text: kit.text) == kit, "a kit is written and read")
            _ = kit.strapsElsewhere.contains(StrapIdentity(address: "11:22:33:44:55:66", name: "Polar H10 A1B2C3D4"))
            try claim(kit.groups.allSatisfy { (1...99).contains($0.size) }, "a group has its places")
        case .failure(let error): try claim(!error.description.isEmpty, "an error has words")
        }
    }
}
