/// Deadlines of calls, soonest first: a binary heap.
///
/// Calls that were answered stay in it until their time comes or until they outnumber the others.
struct DeadlineQueue {
    private struct Entry {
        let time: UInt64
        let serial: UInt32
    }

    private var heap: [Entry] = []

    /// Takes in the deadline of a call.
    mutating func insert(_ time: UInt64, serial: UInt32) {
        heap.append(Entry(time: time, serial: serial))
        var child = heap.count - 1
        while child > 0, heap[child].time < heap[(child - 1) / 2].time {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// The soonest deadline of a call that still waits.
    mutating func next(waiting: (UInt32) -> Bool) -> UInt64? {
        while let first = heap.first {
            if waiting(first.serial) { return first.time }
            removeFirst()
        }
        return nil
    }

    /// Takes out one call that still waits and whose deadline has come.
    mutating func popExpired(at now: UInt64, waiting: (UInt32) -> Bool) -> UInt32? {
        guard let soonest = next(waiting: waiting), soonest <= now, let first = heap.first else { return nil }
        removeFirst()
        return first.serial
    }

    /// Throws out calls that wait no more once they are the greater part.
    mutating func compact(waitingCount: Int, waiting: (UInt32) -> Bool) {
        guard heap.count > 2 * waitingCount + 256 else { return }
        let kept = heap.filter { waiting($0.serial) }
        heap = kept.sorted { $0.time < $1.time }
    }

    private mutating func removeFirst() {
        let last = heap.removeLast()
        guard !heap.isEmpty else { return }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].time < heap[least].time { least = child }
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
