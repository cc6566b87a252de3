import Testing

@testable import VirtualStraps

@Suite struct AgendaTests {
    @Test func eventsComeByTimeAndEqualOnesInTheirOrder() {
        var random = SplitMix64(seed: 1)
        var agenda = Agenda<Int>()
        let times = (0..<2000).map { _ in Double(random.next() % 200) }
        for (number, time) in times.enumerated() { agenda.insert(number, at: time) }
        var found: [Int] = []
        while let next = agenda.next(by: 1000) { found.append(next.event) }
        #expect(found == times.indices.sorted { (times[$0], $0) < (times[$1], $1) })
    }

    @Test func nothingComesBeforeItsTime() {
        var agenda = Agenda<String>()
        agenda.insert("later", at: 5)
        agenda.insert("never", at: .infinity)
        #expect(agenda.next(by: 4.9) == nil)
        #expect(agenda.nextDue == 5)
        #expect(agenda.next(by: 5)?.event == "later")
        #expect(agenda.nextDue == nil)
    }
}
