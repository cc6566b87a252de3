import HRV
import Testing

@Suite("Coherence of a group")
struct GroupCoherenceTests {
    @Test("members that keep their distance are locked, and only members in step add up")
    func inStep() throws {
        let together = GroupCoherence(phases: (0..<8).map { [0.3 * Double($0), 0.3 * Double($0), 0.3 * Double($0)] })
        #expect(abs(try #require(together.locking) - 1) < 1e-12)
        #expect(abs(try #require(together.resultant) - 1) < 1e-12)
        let third = 2 * Double.pi / 3
        let apart = GroupCoherence(phases: (0..<8).map { [Double($0), Double($0) + third, Double($0) + 2 * third] })
        #expect(abs(try #require(apart.locking) - 1) < 1e-12)
        #expect(try #require(apart.resultant) < 1e-12)
    }

    @Test("members that drift apart are not locked")
    func drifting() throws {
        let step = 2 * Double.pi / 8
        let group = GroupCoherence(phases: (0..<8).map { [0, step * Double($0), 2 * step * Double($0)] })
        #expect(try #require(group.locking) < 1e-12)
    }

    @Test("too few members or updates give no figure")
    func tooFew() {
        let two = GroupCoherence(phases: [[Double?]](repeating: [0, 0], count: 10))
        #expect(two.locking == nil && two.resultant == nil)
        let brief = GroupCoherence(phases: [[Double?]](repeating: [0, 0, 0], count: 5))
        #expect(brief.locking == nil && brief.resultant == nil)
        let absent = GroupCoherence(phases: [[Double?]](repeating: [0, nil, 0], count: 10))
        #expect(absent.locking == nil && absent.resultant == nil)
        #expect(GroupCoherence(phases: []).locking == nil)
    }
}
