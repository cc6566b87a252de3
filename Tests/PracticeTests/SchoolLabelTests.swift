import Practice
import Testing

@Suite("Labels of straps") struct SchoolLabelTests {
    @Test("letters, digits and hyphens make a label", arguments: ["S3", "s", "12", "red-4", "ABCDEFGHIJKL"])
    func good(text: String) throws {
        #expect(try SchoolLabel(text).text == text)
    }

    @Test(
        "everything else is refused with a sentence",
        arguments: ["", "-", "-3", "a b", "S3!", "Ü1", "ABCDEFGHIJKLM"])
    func bad(text: String) {
        let error = #expect(throws: PracticeError.badLabel(text)) { try SchoolLabel(text) }
        #expect(error?.description.contains("such as S3") == true)
    }

    @Test(
        "a known strap answers to its label, whatever the case, and to its identity",
        arguments: [
            ("S3", true), ("s3", true), ("A1B2C3D4", true), ("a0:9e:1a:b2:c3:d4", true), ("S", false), ("S33", false),
        ])
    func matching(text: String, expected: Bool) throws {
        let strap = KnownStrap(
            identity: StrapIdentity(address: "A0:9E:1A:B2:C3:D4", name: "Polar H10 A1B2C3D4"),
            label: try SchoolLabel("S3"))
        #expect(strap.matches(text) == expected)
        #expect(!KnownStrap(identity: StrapIdentity(address: "", name: "")).matches(""))
    }
}
