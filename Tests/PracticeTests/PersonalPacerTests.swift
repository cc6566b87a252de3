import Practice
import Testing

/// A pacer for one.
@Suite struct PersonalPacerTests {
    @Test("half of each breath in and half out, from the moment it begins")
    func breath() {
        let pacer = PersonalPacer(rate: 6, at: 100)
        #expect(pacer.position(at: 100) == Pacer.Position(motion: .inhale, fill: 0))
        #expect(pacer.position(at: 102.5) == Pacer.Position(motion: .inhale, fill: 0.5))
        #expect(pacer.position(at: 105).motion == .exhale)
        #expect(pacer.position(at: 107.5).fill == 0.5)
        #expect(pacer.position(at: 110) == Pacer.Position(motion: .inhale, fill: 0))
    }

    @Test(
        "a change of rate makes no jump: the bar stays where it was and goes on at the new rate", arguments: [1, -1, 3])
    func noJump(steps: Int) {
        for moment in stride(from: 0.0, to: 20, by: 0.7) {
            var pacer = PersonalPacer(rate: 6, at: 0)
            let before = pacer.position(at: moment)
            pacer.change(by: steps, at: moment)
            let after = pacer.position(at: moment)
            #expect(before.motion == after.motion && abs(before.fill - after.fill) < 1e-9)
            #expect(pacer.pacer.rate == 6 + 0.5 * Double(steps))
            // A whole breath later at the new rate it is there again.
            let again = pacer.position(at: moment + 60 / pacer.pacer.rate)
            #expect(abs(again.fill - after.fill) < 1e-6)
        }
    }

    @Test("its rate stays between 4 and 12")
    func limits() {
        var pacer = PersonalPacer(rate: 6, at: 0)
        pacer.change(by: -100, at: 1)
        #expect(pacer.pacer.rate == 4)
        pacer.change(by: 100, at: 2)
        #expect(pacer.pacer.rate == 12)
        #expect(PersonalPacer(rate: 60, at: 0).pacer.rate == 12)
    }

    @Test("it stands still and goes on where it stood")
    func still() {
        var pacer = PersonalPacer(rate: 6, at: 0)
        pacer.setStill(true, at: 2)
        #expect(pacer.position(at: 2) == pacer.position(at: 50))
        pacer.setStill(false, at: 50)
        #expect(abs(pacer.position(at: 51).fill - 0.6) < 1e-9)
    }
}
