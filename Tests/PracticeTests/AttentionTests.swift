import Testing

@testable import Practice

/// Whom to help next.
@Suite struct AttentionTests {
    private func readout(_ place: Int, _ strap: StrapReadout = .on, battery: Int? = nil) throws -> Readout {
        var readout = Readout(code: try Code("G1-\(place)"))
        readout.strap = strap
        readout.battery = battery
        return readout
    }

    @Test func nobodyNeedsHelpWhenEverythingIsOn() throws {
        #expect(Attention.line(for: [], at: 99).isEmpty)
        let fine = [
            try readout(1), try readout(3, .waiting), try readout(4, .connecting), try readout(5, battery: 21),
        ]
        #expect(Attention.line(for: fine, at: 29).isEmpty)
    }

    @Test func oneThingIsNamedTheMostPressingFirst() throws {
        let low = try readout(1, battery: 20)
        let loose = try readout(2, .loose)
        let help = try readout(3, .needsPerson("Wet the pads."))
        #expect(Attention.line(for: [low], at: 60) == "G1-01 has a low battery (20 %).")
        #expect(Attention.line(for: [low, loose], at: 60) == "Look at G1-02: ask them to re-wet the pads.")
        #expect(Attention.line(for: [low, loose, help], at: 60) == "Look at G1-03: Wet the pads.")
        #expect(
            Attention.line(for: [loose, try readout(4, .loose)], at: 60)
                == "Look at G1-02: ask them to re-wet the pads.")
    }

    @Test func lostStrapsAreToldBesideIt() throws {
        let lost = try (1...4).map { try readout($0, .lost(seconds: 3)) }
        #expect(Attention.line(for: [lost[0]], at: 60) == "G1-01 is being reconnected.")
        #expect(Attention.line(for: Array(lost[..<2]), at: 60) == "G1-01, G1-02 are being reconnected.")
        #expect(
            Attention.line(for: [lost[0], try readout(5, .loose)], at: 60)
                == "Look at G1-05: ask them to re-wet the pads.  G1-01 is being reconnected.")
    }

    @Test func manyLostStrapsAreCountedNotNamed() throws {
        let lost = try (1...4).map { try readout($0, .lost(seconds: 3)) }
        #expect(Attention.line(for: lost, at: 60) == "4 straps are being reconnected.")
    }

    @Test func aStrapThatDoesNotComeIsToldAfterHalfAMinute() throws {
        let waiting = try [readout(2, .waiting), readout(3, .waiting)]
        #expect(Attention.line(for: [waiting[0]], at: 29.9).isEmpty)
        #expect(Attention.line(for: [waiting[0]], at: 30) == "G1-02 has no strap yet: s gives one.")
        let low = try readout(1, battery: 20)
        #expect(Attention.line(for: [low] + waiting, at: 30) == "2 have no strap yet, first G1-02: s gives one.")
        #expect(
            Attention.line(for: waiting + [try readout(4, .loose)], at: 30)
                == "Look at G1-04: ask them to re-wet the pads.")
    }

    @Test func aStrapWithoutBeatsIsTold() throws {
        let silent = try readout(1, .noBeats)
        #expect(Attention.line(for: [silent], at: 5) == "G1-01's strap sends no beats: s gives another.")
    }
}
