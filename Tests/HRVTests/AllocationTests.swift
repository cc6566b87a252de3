import CAllocations
@testable import HRV
import Testing

@Suite("Memory of live analysis") struct AllocationTests {
    @Test("once warm, an hour of beats asks for no memory, labels, updates and odd beats included")
    func warm() throws {
        let rr = Series.tachogram(count: 6000) { 850 + 70 * Numerics.sine(2 * .pi * 0.1 * $0) }
        let ends = Series.ends(rr)
        var live = LiveAnalysis()
        live.pacerHz = 0.1
        var events: [LiveEvent] = []
        events.reserveCapacity(64)
        var updates = 0
        func add(_ range: Range<Int>) -> Int {
            let before = allocations_of_this_thread()
            for index in range {
                live.add(
                    rrMilliseconds: index % 300 == 0 ? rr[index] - 280 : rr[index], endsAt: ends[index], into: &events)
                for event in events { if case .coherence = event { updates += 1 } }
                events.removeAll(keepingCapacity: true)
            }
            return allocations_of_this_thread() - before
        }
        #expect(add(0..<2500) > 0, "what is counted must be seen")
        updates = 0
        #expect(add(2500..<6000) == 0)
        #expect(updates > 500)
    }
}
