import Testing

@testable import Practice

/// Who gets which strap.
@Suite struct StrapGiverTests {
    private func strap(_ name: String) -> StrapIdentity { StrapIdentity(address: "AA:\(name)", name: name) }

    private func giver(_ places: [Int], taken: Set<String> = []) throws -> StrapGiver {
        let group = try GroupName("G1")
        return StrapGiver(codes: try places.map { try Code(group: group, place: $0) }, taken: taken)
    }

    /// Gifts as `1 far`.
    private func words(_ gifts: [StrapGiver.Gift]) -> [String] { gifts.map { "\($0.code.place) \($0.strap.name)" } }

    @Test func itListensFourSecondsAndThenGivesTheNearestFirst() throws {
        var giver = try giver([2, 1, 3])
        #expect(giver.heard(strap("far"), rssi: -80, at: 10).isEmpty)
        #expect(giver.heard(strap("near"), rssi: -45, at: 11).isEmpty)
        #expect(giver.heard(strap("middle"), rssi: -60, at: 13.9).isEmpty)
        #expect(giver.give(at: 13.99).isEmpty)
        #expect(words(giver.give(at: 14)) == ["1 near", "2 middle", "3 far"])
        #expect(giver.isDone)
    }

    @Test func theNewestSignalCounts() throws {
        var giver = try giver([1])
        _ = giver.heard(strap("a"), rssi: -50, at: 0)
        _ = giver.heard(strap("b"), rssi: -60, at: 1)
        _ = giver.heard(strap("a"), rssi: -70, at: 2)
        #expect(words(giver.give(at: 4)) == ["1 b"])
    }

    @Test func oneThatBelongsToSomebodyElseIsNeverGiven() throws {
        var giver = try giver([1, 2], taken: ["AA:theirs"])
        _ = giver.heard(strap("theirs"), rssi: -30, at: 0)
        #expect(giver.give(at: 100).isEmpty)
        _ = giver.heard(strap("ours"), rssi: -70, at: 100)
        #expect(words(giver.give(at: 104)) == ["1 ours"])
        #expect(giver.heard(strap("theirs"), rssi: -30, at: 105).isEmpty)
        #expect(!giver.isDone)
    }

    @Test func aStrapIsGivenOnce() throws {
        var giver = try giver([1, 2])
        _ = giver.heard(strap("a"), rssi: -50, at: 0)
        #expect(words(giver.give(at: 4)) == ["1 a"])
        #expect(giver.heard(strap("a"), rssi: -40, at: 5).isEmpty)
        #expect(giver.give(at: 50).isEmpty)
    }

    @Test func whoComesLateIsServedAtOnce() throws {
        var giver = try giver([1, 2])
        _ = giver.heard(strap("a"), rssi: -50, at: 0)
        _ = giver.give(at: 4)
        #expect(words(giver.heard(strap("late"), rssi: -90, at: 60)) == ["2 late"])
    }

    @Test func moreStrapsThanCodesStayWhereTheyAre() throws {
        var giver = try giver([7])
        for (name, rssi) in [("a", -70), ("b", -50), ("c", -60)] { _ = giver.heard(strap(name), rssi: rssi, at: 0) }
        #expect(words(giver.give(at: 4)) == ["7 b"])
        #expect(giver.heard(strap("d"), rssi: -20, at: 5).isEmpty)
    }

    @Test func equallyNearStrapsAreGivenInTheOrderOfTheirAddresses() throws {
        var giver = try giver([1, 2, 3])
        for name in ["c", "a", "b"] { _ = giver.heard(strap(name), rssi: -50, at: 0) }
        #expect(words(giver.give(at: 4)) == ["1 a", "2 b", "3 c"])
    }

    @Test func withoutCodesThereIsNothingToDo() throws {
        var giver = try giver([])
        #expect(giver.isDone)
        #expect(giver.heard(strap("a"), rssi: -50, at: 0).isEmpty)
        #expect(giver.give(at: 100).isEmpty)
    }
}
