import Practice
import Testing

@Suite("A file of codes and straps")
struct StrapMapTests {
    static func entries(_ text: String) throws -> [String] {
        try StrapMap(text, of: GroupName("G1")).entries.map { "\($0.line) \($0.code) \($0.strap)" }
    }

    @Test(
        "is read with and without a header, with commas or semicolons, blanks, quotes and a byte-order mark",
        arguments: [
            ("G1-01,A1B2C3D4\nG1-02,TICKR 7\n", ["1 G1-01 A1B2C3D4", "2 G1-02 TICKR 7"]),
            (
                "\u{FEFF}code,strap\r\nG1-01 , \"A1B2C3D4\"\r\n\r\nG1-02;C0:DE:4E:00:00:02\r\n",
                ["2 G1-01 A1B2C3D4", "4 G1-02 C0:DE:4E:00:00:02"]
            ),
            // U+070F joins what follows it, and so would hide a comma or a quote.
            ("G1-01,\"3\u{070F}\"\nG1-02,A\n", ["1 G1-01 3\u{070F}", "2 G1-02 A"]),
        ])
    func reads(_ text: String, _ expected: [String]) throws {
        #expect(try Self.entries(text) == expected)
    }

    @Test(
        "says what is wrong, and on which line",
        arguments: [
            ("", 1, "no code and strap"), ("code,strap\n", 1, "no code and strap"),
            ("G1-01", 1, "not a code and a strap"),
            ("G1-01,", 1, "not a code and a strap"), ("G1-01,A,B", 1, "not a code and a strap"),
            ("\nanna,A1B2C3D4", 2, "not a code"), ("G1-01,A1\nG2-01,A2", 2, "not in G1"),
            ("G1-01,A1\nG1-01,A2", 2, "on line 1 already"), ("G1-01,a1\nG1-02,A1", 2, "given to G1-01"),
        ])
    func refuses(_ text: String, _ line: Int, _ words: String) throws {
        let error = #expect(throws: StrapMapError.self) { try Self.entries(text) }
        #expect(error?.line == line)
        #expect(error?.sentence.contains(words) == true, "\(String(describing: error))")
    }

    @Test("quotes only the beginning of a line that has no end")
    func long() {
        for line in [String(repeating: "x", count: 5000), String(repeating: "x", count: 5000) + ",A"] {
            let error = #expect(throws: StrapMapError.self) { try Self.entries(line) }
            #expect(error?.description.count ?? 999 < 150, "\(String(describing: error))")
        }
    }

    @Test("of all rooms names every group, read as each group's own is")
    func allRooms() throws {
        let map = try StrapMap("code,strap\nG1-01,A1B2C3D4\nG2-01;7F21E0AA\n\n\tG1-02 ,S3\n", of: nil)
        #expect(map.entries.map { "\($0.code) \($0.strap)" } == ["G1-01 A1B2C3D4", "G2-01 7F21E0AA", "G1-02 S3"])
        for (text, line) in [("", 1), ("G1-01,A\nG2-01,a\n", 2), ("\nG1-01\n", 2), ("G1-01,A\nG1-01,B\n", 2)] {
            let error = #expect(throws: StrapMapError.self, "\(text)") { try StrapMap(text, of: nil) }
            #expect(error?.line == line)
        }
    }

    @Test("of a thousand groups is read as well")
    func many() throws {
        let text = (0..<1000).map { group in (1...8).map { "G\(group)-0\($0),S\(group)-\($0)\n" }.joined() }.joined()
        #expect(try StrapMap(text, of: nil).entries.count == 8000)
    }
}
