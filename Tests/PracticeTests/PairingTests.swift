import Practice
import Testing

@Suite("Giving straps to a group") struct PairingTests {
    private func code(_ place: Int) throws -> Code { try Code(group: GroupName("G1"), place: place) }
    private func strap(_ id: String, _ last: String) -> StrapIdentity {
        StrapIdentity(address: "A0:9E:1A:00:00:\(last)", name: "Polar H10 \(id)")
    }
    private func round(_ size: Int) throws -> PairingRound {
        PairingRound(try Roster(group: GroupName("G1"), size: size).members)
    }

    @Test("places come in the order of their codes; those put off come again after all others")
    func order() throws {
        var round = try round(3)
        #expect(round.current == (try code(1)))
        round.putOff(try code(1))
        #expect(round.current == (try code(2)))
        round.give(strap("A1B2C3D4", "01"), to: try code(2))
        round.putOff(try code(3))
        #expect(round.current == (try code(1)))
        round.give(strap("7F21E0AA", "02"), to: try code(1))
        #expect(round.current == (try code(3)))
        round.setAbsent(try code(3))
        #expect(round.current == nil && round.openCodes.isEmpty)
        #expect((round.doneCount, round.size) == (2, 2))
    }

    @Test("a group that was begun goes on with the places that have no strap and take part")
    func resumed() throws {
        var members = try Roster(group: GroupName("G1"), size: 4).members
        members[0].strap = strap("A1B2C3D4", "01")
        members[1].consent = .no
        members[2].consent = .withdrawn
        #expect(PairingRound(members).openCodes == [try code(4)])
    }

    @Test("the last step can be taken back, and the one before it")
    func takenBack() throws {
        var round = try round(2)
        round.give(strap("A1B2C3D4", "01"), to: try code(1))
        round.setAbsent(try code(2))
        #expect(round.current == nil)
        #expect(round.takeBack()?.given == nil)
        #expect(round.current == (try code(2)))
        #expect(round.takeBack()?.given?.printedID == "A1B2C3D4")
        #expect(round.current == (try code(1)) && round.doneCount == 0)
        #expect(round.takeBack() == nil)
    }

    @Test("what another window changed is taken over")
    func followed() throws {
        var round = try round(2)
        var members = round.members
        members[0].strap = strap("A1B2C3D4", "01")
        round.follow(members)
        #expect(round.current == (try code(2)))
    }

    private func known() throws -> [KnownStrap] {
        [
            KnownStrap(identity: strap("A1B2C3D4", "01"), code: try Code("G2-03")),
            KnownStrap(identity: strap("A1B2C3D4", "01")),
            KnownStrap(identity: strap("7F21E0AA", "02"), label: try SchoolLabel("S3")),
            KnownStrap(identity: strap("0D4FE0AA", "03")),
            KnownStrap(identity: strap("2E88BB07", "04"), code: try code(1)),
        ]
    }

    @Test(
        "a strap is found by ID, its end, its spaced form, the label of the school and the address",
        arguments: ["7F21E0AA", "7f21 e0aa", "S3", "A0:9E:1A:00:00:02", "21E0AA", "Polar H10 7F21E0AA"])
    func found(text: String) throws {
        #expect(try PairingRefusal.find(text, among: known(), for: code(1)).printedID == "7F21E0AA")
    }

    @Test("a strap of another code, an unknown ID and one that means two are refused with the reason")
    func refused() throws {
        func refusal(_ text: String) throws -> PairingRefusal? {
            let known = try known()
            let code = try code(1)
            return #expect(throws: PairingRefusal.self) { try PairingRefusal.find(text, among: known, for: code) }
        }
        #expect(try refusal("A1B2C3D4") == .taken(strap: "Polar H10 A1B2C3D4", by: Code("G2-03")))
        #expect(try refusal("A1B2C3D4")?.description.contains("entrain assign G2-03 -") == true)
        #expect(try refusal("FFFF") == .unknown("FFFF"))
        #expect(try refusal("") == .unknown(""))
        #expect(try refusal("E0AA") == .ambiguous("E0AA", ["Polar H10 0D4FE0AA", "Polar H10 7F21E0AA"]))
        #expect(try PairingRefusal.find("2E88BB07", among: known(), for: code(1)).printedID == "2E88BB07")
    }
}
