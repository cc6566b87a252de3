import Practice
import Testing

@testable import Formats

@Suite("The kit of a room") struct RoomKitTests {
    private func kit() throws -> RoomKit {
        try RoomKit(
            name: "B204", codes: CodeRange("G1-01..G1-03,G2-05").codes,
            straps: [try Code("G1-01"): "A1B2C3D4", try Code("G2-05"): "A0:9E:1A:B2:C3:D4"],
            script: "name: x\nphases:\n  - {key: baseline}\n", key: "line one\nline two\n", salt: "pepper",
            others: ["7F21E0AA", "S3", "A0:9E:1A:00:00:01"])
    }

    @Test("what was packed is read again")
    func again() throws {
        let kit = try kit()
        #expect(try RoomKit(text: kit.text) == kit)
        #expect(kit.text.hasPrefix("entrain-room 1\nroom: B204\ncodes: G1-01,G1-02,G1-03,G2-05\n"))
        #expect(kit.groups.map(\.group.text) == ["G1", "G2"] && kit.groups.map(\.size) == [3, 5])
    }

    @Test("it holds no strap of another room, but knows each by its ID, its address and its label")
    func elsewhere() throws {
        let kit = try kit()
        for word in ["7F21E0AA", "1A:00:00:01", "S3"] { #expect(!kit.text.contains(word)) }
        let straps = kit.strapsElsewhere
        #expect(straps.contains(StrapIdentity(address: "11:22:33:44:55:66", name: "Polar H10 7f21e0aa")))
        #expect(straps.contains(StrapIdentity(address: "a0:9e:1a:00:00:01", name: "")))
        #expect(straps.contains(StrapIdentity(address: "11:22:33:44:55:66", name: "TICKR"), label: "s3"))
        #expect(!straps.contains(StrapIdentity(address: "11:22:33:44:55:66", name: "Polar H10 A1B2C3D4")))
        #expect(!straps.contains(StrapIdentity(address: "11:22:33:44:55:66", name: "")))
    }

    @Test("any change of one byte is noticed")
    func damage() throws {
        let bytes = Array(try kit().text.utf8)
        for place in stride(from: 0, to: bytes.count, by: 7) {
            var changed = bytes
            changed[place] = changed[place] == 0x41 ? 0x42 : 0x41
            #expect(throws: RoomKitError.self, "byte \(place)") {
                try RoomKit(text: String(decoding: changed, as: UTF8.self))
            }
            #expect(throws: RoomKitError.self) { try RoomKit(text: String(decoding: bytes[..<place], as: UTF8.self)) }
        }
        #expect(throws: RoomKitError.noKit) { try RoomKit(text: "hello") }
        #expect(throws: RoomKitError.otherVersion) { try RoomKit(text: "entrain-room 2\n") }
    }

    /// A kit with a checksum that is right, whatever it holds: anybody can compute one.
    private func summed(_ body: String) -> String { "\(body)sha256: \(Checksum.hexadecimal(of: body.utf8))\n" }

    @Test(
        "a kit that somebody made up keeps the rules of one that was packed",
        arguments: [
            "room: ../up\ncodes: G1-01\nsalt: x\n", "room: a\ncodes: G1-01\nstrap: G9-01,A1B2C3D4\nsalt: x\n",
            "codes: G1-01\n",
        ])
    func madeUp(lines: String) {
        #expect(throws: RoomKitError.self) { try RoomKit(text: summed("entrain-room 1\n" + lines)) }
    }

    @Test("a kit without a script is read as it was")
    func noScript() throws {
        let kit = try RoomKit(text: summed("entrain-room 1\nroom: a\ncodes: G1-01\nsalt: x\nscript: |\n"))
        #expect(try RoomKit(text: kit.text) == kit)
    }

    @Test("marks that join what is before them are written and read")
    func joiningMarks() throws {
        let code = try Code("G1-01")
        let kit = try RoomKit(
            name: "B", codes: [code], straps: [code: "\u{0301}: 3\u{070F}"], script: "name: x\r\n\u{0301}y: z\n",
            salt: "x")
        #expect(try RoomKit(text: kit.text) == kit)
    }

    @Test("a strap is in one room only, a strap's code is of the room, a name is plain")
    func refusals() throws {
        let code = try Code("G1-01")
        #expect(throws: RoomKitError.strapElsewhere("a1b2c3d4", code)) {
            try RoomKit(
                name: "B", codes: [code], straps: [code: "a1b2c3d4"], script: "", salt: "x", others: ["A1B2C3D4"])
        }
        #expect(throws: RoomKitError.strangeCode(code)) {
            try RoomKit(name: "B", codes: [Code("G1-02")], straps: [code: "x"], script: "", salt: "x")
        }
        #expect(throws: RoomKitError.badName("a b")) {
            try RoomKit(name: "a b", codes: [code], straps: [:], script: "", salt: "x")
        }
        #expect(throws: RoomKitError.noCodes) { try RoomKit(name: "B", codes: [], straps: [:], script: "", salt: "x") }
    }

    @Test(
        "codes are listed and stretched, each once",
        arguments: [
            ("G1-01..G1-03", ["G1-01", "G1-02", "G1-03"]), ("G2-07, G1-1..G1-2", ["G2-07", "G1-01", "G1-02"]),
        ])
    func ranges(text: String, expected: [String]) throws {
        #expect(try CodeRange(text).codes.map(\.description) == expected)
    }

    @Test(
        "a list of codes with a mistake is told", arguments: ["", "G1-03..G1-01", "G1-01..G2-02", "G1-01,G1-01", "x"])
    func badRanges(text: String) { #expect(throws: CodeRangeError.self) { try CodeRange(text) } }
}
