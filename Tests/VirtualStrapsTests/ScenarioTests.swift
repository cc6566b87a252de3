import Testing

@testable import VirtualStraps

@Suite struct ScenarioTests {
    @Test func ofEightStrapsTwoTellNoContactAndOneSendsNoIntervals() {
        for seed in UInt64(0)..<20 {
            let straps = Scenario.standard(straps: 16, seed: seed).straps
            #expect(straps.count { $0.contact == .none } == 4)
            #expect(straps.count { $0.contact == .yes } == 12)
            #expect(straps.count { !$0.sendsRR } == 2)
            #expect(straps.count { $0.heart.following == 0 } == 4)
            #expect(straps.count { $0.heart.following == 1 } == 10)
        }
    }

    @Test func theSameSeedGivesTheSameClassAndAnotherSeedAnother() {
        #expect(Scenario.standard(straps: 8, seed: 3) == Scenario.standard(straps: 8, seed: 3))
        let (one, other) = (Scenario.standard(straps: 8, seed: 3), Scenario.standard(straps: 8, seed: 4))
        #expect(Set(one.straps.map(\.name)).isDisjoint(with: other.straps.map(\.name)))
    }

    @Test func aLargerClassBeginsWithTheSmallerOne() {
        #expect(
            Array(Scenario.standard(straps: 60, seed: 3).straps.prefix(8))
                == Scenario.standard(straps: 8, seed: 3).straps)
    }

    @Test(arguments: [UInt64(0), 1, 42, .max])
    func noTwoStrapsShareNameOrAddress(seed: UInt64) {
        let straps = Scenario.standard(straps: 1000, seed: seed).straps
        #expect(Set(straps.map(\.name)).count == 1000)
        #expect(Set(straps.map(\.address)).count == 1000)
        #expect(straps.allSatisfy { $0.name.utf8.count <= 29 && $0.address.utf8.count == 17 })
    }

    @Test func namesAreAsPrintedOnPods() throws {
        let straps = Scenario.standard(straps: 8, seed: 1).straps
        #expect(try straps[0].name.wholeMatch(of: Regex("Polar H10 [0-9A-F]{8}")) != nil)
        #expect(try straps[2].name.wholeMatch(of: Regex("TICKR [0-9A-F]{4}")) != nil)
    }

    @Test func theStandardPacerBeginsAfterNinetySeconds() {
        let pacer = Scenario.standard(straps: 1).pacer
        #expect(pacer.stretch(at: 89.9) == nil)
        #expect(pacer.stretch(at: 90)?.rate == 6)
        #expect(pacer.stretch(at: 1e6)?.rate == 6)
    }
}
