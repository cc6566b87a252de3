/// What is to happen when: a binary heap of events by time; events of the same time keep the order they were put in.
struct Agenda<Event: Sendable>: Sendable {
    private struct Entry: Sendable {
        let due: Double
        let order: Int
        let event: Event

        func comes(before other: Entry) -> Bool {
            due < other.due || (due == other.due && order < other.order)
        }
    }

    private var heap: [Entry] = []
    private var inserted = 0

    /// When the next event is due, seconds; nil when there is none.
    var nextDue: Double? { heap.first?.due }

    /// Puts in an event; one that is due at infinity never happens and is left out.
    mutating func insert(_ event: Event, at due: Double) {
        guard due.isFinite else { return }
        inserted += 1
        heap.append(Entry(due: due, order: inserted, event: event))
        var child = heap.count - 1
        while child > 0, heap[child].comes(before: heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes out the next event if it is due by `time`.
    mutating func next(by time: Double) -> (due: Double, event: Event)? {
        guard let first = heap.first, first.due <= time else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return (first.due, first.event)
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].comes(before: heap[least]) { least = child }
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
