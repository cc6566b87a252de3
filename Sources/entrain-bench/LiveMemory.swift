import CAllocations
import HRV

/// Counts how often the live engine asks for memory; optimised code only, for debug builds ask at every turn.
enum LiveMemory {
    /// Whether an hour of beats, odd ones and coherence updates included, asks for no memory once the engine is warm.
    static func isSteady() -> Bool {
        let beats = Series.breathing(seconds: 5400)
        let warm = beats.rr.count / 3
        var live = LiveAnalysis()
        live.pacerHz = 0.1
        var events: [LiveEvent] = []
        events.reserveCapacity(64)
        var updates = 0
        func allocations(_ range: Range<Int>) -> Int {
            let before = allocations_of_this_thread()
            for index in range {
                let early = index.isMultiple(of: 300) ? 280.0 : 0
                live.add(rrMilliseconds: beats.rr[index] - early, endsAt: beats.endTimes[index], into: &events)
                for case .coherence in events { updates += 1 }
                events.removeAll(keepingCapacity: true)
            }
            return allocations_of_this_thread() - before
        }
        precondition(allocations(0..<warm) > 0, "what is counted must be seen")
        updates = 0
        let count = allocations(warm..<beats.rr.count)
        precondition(updates > 600)
        Bench.report("live, once warm", Double(count), "allocations in an hour", target: "none")
        return count == 0
    }
}
