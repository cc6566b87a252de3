import Testing

@testable import DBus

@Suite("Deadlines come soonest first")
struct DeadlineQueueTests {
    @Test("calls expire in the order of their deadlines, and not before them")
    func order() {
        var queue = DeadlineQueue()
        let times: [UInt64] = (0..<500).map { ($0 * 7919) % 1009 }
        for (serial, time) in times.enumerated() { queue.insert(time, serial: UInt32(serial)) }
        var expired: [UInt64] = []
        for now in [UInt64(0), 100, 1008] {
            while let serial = queue.popExpired(at: now, waiting: { _ in true }) {
                #expect(times[Int(serial)] <= now)
                expired.append(times[Int(serial)])
            }
            #expect(expired == times.filter { $0 <= now }.sorted())
        }
        #expect(queue.next { _ in true } == nil)
    }

    @Test("calls that were answered neither expire nor count")
    func answered() {
        var queue = DeadlineQueue()
        for serial in UInt32(0)..<1000 { queue.insert(UInt64(serial), serial: serial) }
        #expect(queue.next { $0 >= 900 } == 900)
        #expect(queue.popExpired(at: 899) { $0 >= 900 } == nil)
        queue.compact(waitingCount: 1) { $0 == 999 }
        #expect(queue.next { _ in true } == 900)
        for serial in UInt32(1000)..<2000 { queue.insert(UInt64(serial), serial: serial) }
        queue.compact(waitingCount: 1) { $0 == 1500 }
        #expect(queue.popExpired(at: 1500) { _ in true } == 1500)
        #expect(queue.next { _ in true } == nil)
    }
}
