import Testing

@testable import Practice

@Suite struct OtherRoomsTests {
    private static let list: StrapsElsewhere = {
        let empty = StrapsElsewhere(salt: "salt", digests: [])
        return StrapsElsewhere(salt: "salt", digests: ["A1B2C3D4", "A0:9E:1A:00:00:02"].map { empty.digest(of: $0) })
    }()

    @Test func aStrapIsKnownByItsAddressOrOnceItsNameIsHeard() {
        var rooms = OtherRooms([Self.list])
        let heard = [
            StrapIdentity(address: "F0:00:00:00:00:01", name: ""),
            StrapIdentity(address: "F0:00:00:00:00:01", name: "Polar H10 A1B2C3D4"),
            StrapIdentity(address: "F0:00:00:00:00:01", name: ""),
            StrapIdentity(address: "A0:9E:1A:00:00:02", name: ""),
            StrapIdentity(address: "A0:9E:1A:00:00:03", name: "Polar H10 A1B2C3D5"),
        ]
        let verdicts = heard.map { rooms.have($0) }
        #expect(verdicts == [false, true, true, true, false])
    }

    @Test func withoutAKitEveryStrapIsOfThisRoom() {
        var rooms = OtherRooms([])
        let verdict = rooms.have(StrapIdentity(address: "A0:9E:1A:00:00:02", name: "Polar H10 A1B2C3D4"))
        #expect(!verdict)
    }
}
