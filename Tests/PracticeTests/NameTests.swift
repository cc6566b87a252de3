import Testing

@testable import Practice

/// Names of groups and places, and straps as people name them.
@Suite struct NameTests {
    @Test(arguments: ["G1", "demo", "a", "Z9", "123456789012"]) func aGroupNameIsLettersAndDigits(_ text: String) throws
    {
        #expect(try GroupName(text).text == text)
        #expect(try GroupName(text).description == text)
    }

    @Test(arguments: ["", "1234567890123", "G 1", "G-1", "Gä", "G1\n", "../G", "Ｇ１"])
    func anythingElseIsNoGroupName(_ text: String) {
        #expect(throws: PracticeError.badGroupName(text)) { try GroupName(text) }
    }

    @Test(arguments: [
        ("G1-03", "G1-03", 3), ("G1-3", "G1-03", 3), ("demo-99", "demo-99", 99), ("7-1", "7-01", 1),
        ("G1-10", "G1-10", 10),
    ])
    func aCodeIsAGroupAHyphenAndAPlace(_ text: String, _ shown: String, _ place: Int) throws {
        let code = try Code(text)
        #expect(code.description == shown)
        #expect(code.place == place)
        #expect(try Code(shown) == code)
    }

    @Test(arguments: [
        "", "G1", "G1-", "-03", "G1-0", "G1-00", "G1-100", "G1-003", "G1-+3", "G1--3", "G1-3-4", "G1-3 ", "G 1-3",
        "G1-x",
        "G1-٣", "G1_03",
    ])
    func anythingElseIsNoCode(_ text: String) {
        #expect(throws: PracticeError.badCode(text)) { try Code(text) }
    }

    @Test(arguments: [0, -1, 100]) func aPlaceIsFrom1To99(_ place: Int) throws {
        let group = try GroupName("G1")
        #expect(throws: PracticeError.badCode("G1-\(place)")) { try Code(group: group, place: place) }
    }

    @Test func codesStandInTheOrderOfGroupsThenPlaces() throws {
        let codes = try ["G2-01", "G1-10", "G1-02", "G10-01"].map { try Code($0) }
        #expect(codes.sorted().map(\.description) == ["G1-02", "G1-10", "G10-01", "G2-01"])
    }

    @Test func everyMistakeSaysWhatToTypeInstead() {
        let errors: [(PracticeError, String)] = [
            (.badGroupName("G 1"), "such as G1"), (.badCode("x"), "such as G1-03"), (.badGroupSize(0), "from 1 to 99"),
            (.unknownScript("x", known: ["pal-30", "demo"]), "pal-30, demo"), (.badLength(minutes: -1), "at most 600"),
        ]
        for (error, hint) in errors { #expect(error.description.contains(hint)) }
    }

    // MARK: - Straps

    @Test(arguments: [
        ("Polar H10 A1B2C3D4", "A1B2C3D4"), ("Polar H10 a1b2c3d4", "a1b2c3d4"), ("HR Belt 0412", "0412"),
        ("TICKR 12", "C3D4"), ("HRM-Dual:123456", "C3D4"), ("", "C3D4"), ("Polar H10", "C3D4"),
        ("Coach Beefcafe", "Beefcafe"),
    ])
    func thePrintedIDIsTheLastWordOfTheNameOrTheEndOfTheAddress(_ name: String, _ printed: String) {
        let strap = StrapIdentity(address: "A0:9E:1A:B2:C3:D4", name: name)
        #expect(strap.printedID == printed)
    }

    @Test(arguments: [
        ("A1B2C3D4", true), ("a1b2c3d4", true), ("C3D4", true), ("b2c3d4", true), ("Polar H10 A1B2C3D4", true),
        ("polar h10 a1b2c3d4", true), ("A0:9E:1A:55:66:77", true), ("a0:9e:1a:55:66:77", true), ("6677", true),
        ("556677", true), ("A09E1A556677", true), ("3D4", false), ("677", false), ("", false), ("Polar", false),
        ("A1B2", true), ("1B2C", false), ("H10", false), ("66:77", false), ("XA1B2C3D4", false),
    ])
    func aStrapIsFoundByWhatAPersonTypes(_ text: String, _ isMeant: Bool) {
        let strap = StrapIdentity(address: "A0:9E:1A:55:66:77", name: "Polar H10 A1B2C3D4")
        #expect(strap.matches(text) == isMeant)
    }

    @Test func aStrapWithoutANameIsShownByItsAddress() {
        #expect(StrapIdentity(address: "A0:9E:1A:55:66:77", name: "").label == "A0:9E:1A:55:66:77")
        #expect(StrapIdentity(address: "A0:9E:1A:55:66:77", name: "H10").label == "H10")
        #expect(!StrapIdentity(address: "A0:9E:1A:55:66:77", name: "").matches(""))
    }

    // MARK: - Roster

    @Test func aNewRosterHasEveryPlaceWithoutStrapAndConsent() throws {
        let roster = try Roster(group: try GroupName("G1"), size: 10)
        #expect(roster.members.map(\.code.description) == (1...9).map { "G1-0\($0)" } + ["G1-10"])
        #expect(roster.members.allSatisfy { $0.strap == nil && $0.consent == .none })
    }

    @Test(arguments: [0, -3, 100]) func aGroupHas1To99Places(_ size: Int) throws {
        let group = try GroupName("G1")
        #expect(throws: PracticeError.badGroupSize(size)) { try Roster(group: group, size: size) }
    }

    @Test func aStoredRosterStandsInTheOrderOfItsCodes() throws {
        let members = try ["G1-03", "G1-01", "G1-02"].map { Member(code: try Code($0)) }
        #expect(Roster(group: try GroupName("G1"), members: members).members.map(\.code.place) == [1, 2, 3])
    }

    @Test func onlySessionAndStudyConsentAllowRecording() {
        #expect(Consent.allCases.filter(\.allowsRecording) == [.session, .study])
    }

    @Test(arguments: [("C2", "C2"), ("c12", "C12"), ("ab123", "AB123")])
    func coachesAreCodes(text: String, code: String) throws {
        #expect(try CoachCode(text).text == code)
    }

    @Test(arguments: ["", "C", "2", "Anna", "Anna2", "C1234", "C 2", "C2b", "Ä1", "C٢"])
    func namesOfCoachesAreRefused(text: String) {
        #expect(throws: PracticeError.badCoach(text)) { try CoachCode(text) }
        #expect(PracticeError.badCoach(text).description.contains("such as C2"))
    }
}
