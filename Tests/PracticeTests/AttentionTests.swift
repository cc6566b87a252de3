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
        #expect(Attention.line(for: []).isEmpty)
        let fine = [
            try readout(1), try readout(2, .noBeats), try readout(3, .waiting), try readout(4, .connecting),
            try readout(5, battery: 21),
        ]
        #expect(Attention.line(for: fine).isEmpty)
    }

    @Test func oneThingIsNamedTheMostPressingFirst() throws {
        let low = try readout(1, battery: 20)
        let loose = try readout(2, .loose)
        let help = try readout(3, .needsPerson("Wet the pads."))
        #expect(Attention.line(for: [low]) == "G1-01 has a low battery (20 %).")
        #expect(Attention.line(for: [low, loose]) == "Look at G1-02: ask them to re-wet the pads.")
        #expect(Attention.line(for: [low, loose, help]) == "Look at G1-03: Wet the pads.")
        #expect(Attention.line(for: [loose, try readout(4, .loose)]) == "Look at G1-02: ask them to re-wet the pads.")
    }

    @Test func lostStrapsAreToldBesideIt() throws {
        let lost = try (1...4).map { try readout($0, .lost(seconds: 3)) }
        #expect(Attention.line(for: [lost[0]]) == "G1-01 is being reconnected.")
        #expect(Attention.line(for: Array(lost[..<2])) == "G1-01, G1-02 are being reconnected.")
        #expect(
            Attention.line(for: [lost[0], try readout(5, .loose)])
                == "Look at G1-05: ask them to re-wet the pads.  G1-01 is being reconnected.")
    }

    @Test func manyLostStrapsAreCountedNotNamed() throws {
        let lost = try (1...4).map { try readout($0, .lost(seconds: 3)) }
        #expect(Attention.line(for: lost) == "4 straps are being reconnected.")
    }
}
