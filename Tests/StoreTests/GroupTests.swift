import Dispatch
import Foundation
import Practice
import Store
import TestSupport
import Testing

@Suite("Groups") struct GroupTests {
    let folder: TemporaryFolder
    let store: Store
    let group: GroupName

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(folder: folder.path)
        group = try GroupName("G1")
    }

    @Test("a group comes back as it was kept, also in another process")
    func roundTrip() async throws {
        var roster = try Roster(group: group, size: 3)
        roster.members[0].strap = StrapIdentity(address: "A0:9E:1A:B2:C3:D4", name: "Polar H10 A1B2C3D4")
        roster.members[1].strap = StrapIdentity(address: "A0:9E:1A:B2:C3:D5", name: "")
        roster.members[1].consent = .study
        roster.members[2].consent = .withdrawn
        try await store.createGroup(roster)
        let other = try Store(folder: folder.path)
        #expect(try await other.roster(group) == roster)
        #expect(try await other.rosters() == [roster])
    }

    @Test("groups are listed by name")
    func listing() async throws {
        for name in ["demo", "G2", "G1"] { try await store.createGroup(try Roster(group: GroupName(name), size: 1)) }
        #expect(try await store.rosters().map(\.group.text) == ["G1", "G2", "demo"])
    }

    @Test("a group that is there already is refused and stays as it was")
    func existing() async throws {
        try await store.createGroup(try Roster(group: group, size: 3))
        await #expect(throws: StoreError(.groupExists, "G1")) {
            try await store.createGroup(try Roster(group: group, size: 8))
        }
        #expect(try await store.roster(group).members.count == 3)
    }

    @Test("an unknown group or code is named")
    func unknown() async throws {
        try await store.createGroup(try Roster(group: group, size: 2))
        let stranger = try GroupName("G9")
        let missing = try Code("G1-03")
        await #expect(throws: StoreError(.unknownGroup, "G9")) { try await store.roster(stranger) }
        await #expect(throws: StoreError(.unknownCode, "G1-03")) { try await store.setStrap(missing, nil) }
        await #expect(throws: StoreError(.unknownCode, "G1-03")) { try await store.setConsent(missing, .study) }
    }

    @Test("a new file may be made by several at the same moment")
    func madeTogether() async throws {
        for _ in 0..<5 {
            let folder = try TemporaryFolder()
            try await withThrowingTaskGroup(of: Store.self) { tasks in
                for _ in 0..<3 {
                    tasks.addTask {
                        // Opening waits for the others: not on a thread that other tests need.
                        try await withCheckedThrowingContinuation { opened in
                            DispatchQueue.global().async {
                                opened.resume(with: Result { try Store(folder: folder.path) })
                            }
                        }
                    }
                }
                for try await store in tasks { #expect(try await store.rosters().isEmpty) }
            }
        }
    }

    @Test("straps that were lent are taken away, in that group only; those that were given stay")
    func lent() async throws {
        let other = try GroupName("G2")
        try await store.createGroup(try Roster(group: group, size: 3))
        try await store.createGroup(try Roster(group: other, size: 1))
        func strap(_ number: Int) -> StrapIdentity { StrapIdentity(address: "A0:9E:1A:00:00:0\(number)", name: "") }
        try await store.setStrap(try Code("G1-01"), strap(1), isLent: true)
        try await store.setStrap(try Code("G1-02"), strap(2))
        try await store.setStrap(try Code("G1-03"), strap(3), isLent: true)
        try await store.setStrap(try Code("G1-03"), strap(4))
        try await store.setStrap(try Code("G2-01"), strap(5), isLent: true)
        #expect(try await store.returnStraps(of: group) == 1)
        #expect(try await store.roster(group).members.map(\.strap) == [nil, strap(2), strap(4)])
        #expect(try await store.roster(other).members.map(\.strap) == [strap(5)])
        #expect(try await store.returnStraps(of: group) == 0)
    }

    @Test("a strap is given, found by its address in any case, and taken away")
    func straps() async throws {
        try await store.createGroup(try Roster(group: group, size: 2))
        let code = try Code("G1-02")
        let strap = StrapIdentity(address: "A0:9E:1A:B2:C3:D4", name: "Polar H10 A1B2C3D4")
        try await store.setStrap(code, strap)
        try await store.setStrap(code, strap)
        #expect(try await store.owner(ofStrap: "a0:9e:1a:b2:c3:d4") == code)
        #expect(try await store.owner(ofStrap: "A0:9E:1A:B2:C3:D5") == nil)
        try await store.setStrap(code, nil)
        #expect(try await store.owner(ofStrap: strap.address) == nil)
        #expect(try await store.roster(group).members[1].strap == nil)
    }

    @Test("a strap of another code is refused, also of another group, and its owner is named")
    func takenStrap() async throws {
        try await store.createGroup(try Roster(group: group, size: 2))
        try await store.createGroup(try Roster(group: GroupName("G2"), size: 1))
        let strap = StrapIdentity(address: "A0:9E:1A:B2:C3:D4", name: "")
        try await store.setStrap(try Code("G1-02"), strap)
        let taker = try Code("G2-01")
        await #expect(throws: StoreError(.strapTaken, strap.address, detail: "G1-02")) {
            try await store.setStrap(taker, strap)
        }
        #expect(try await store.owner(ofStrap: strap.address) == Code("G1-02"))
    }

    @Test("consent is put on record", arguments: Consent.allCases)
    func consent(_ consent: Consent) async throws {
        try await store.createGroup(try Roster(group: group, size: 2))
        try await store.setConsent(try Code("G1-01"), consent)
        #expect(try await store.roster(group).members.map(\.consent) == [consent, .none])
    }

    @Test("one who comes late gets a place after the last one, with what was agreed to")
    func addPlace() async throws {
        let store = try Store(folder: folder.path)
        let group = try GroupName("G1")
        try await store.createGroup(try Roster(group: group, size: 2))
        let code = try await store.addPlace(to: group, consent: .session)
        #expect(code == (try Code("G1-03")))
        #expect(try await store.roster(group).members.last == Member(code: code, consent: .session))
        await #expect(throws: StoreError(.unknownGroup, "G9")) {
            _ = try await store.addPlace(to: GroupName("G9"), consent: .study)
        }
        let full = try Roster(group: try GroupName("G2"), size: 99)
        try await store.createGroup(full)
        await #expect(throws: StoreError(.groupFull, "G2")) {
            _ = try await store.addPlace(to: full.group, consent: .study)
        }
    }

    @Test("who leads a group stays with it, also under another name")
    func coach() async throws {
        let store = try Store(folder: folder.path)
        let roster = try Roster(group: try GroupName("G1"), size: 1, coach: try CoachCode("c2"))
        try await store.createGroup(roster)
        #expect(try await store.roster(roster.group) == roster)
        let other = try GroupName("A1")
        try await store.renameGroup(roster.group, to: other)
        #expect(try await store.roster(other).coach?.text == "C2")
    }

    @Test("links that a killed process left behind are known to the next, those of a living one are not")
    func holds() async throws {
        let store = try Store(folder: folder.path)
        // A process that died: its file is there, and nobody holds it.
        try "A0:9E:1A:00:00:01\nA0:9E:1A:00:00:02\n".write(
            toFile: folder.path + "/straps-1.lock", atomically: true, encoding: .utf8)
        let first = try store.holdStraps()
        first.set(["A0:9E:1A:00:00:03"])
        #expect(first.settle("A0:9E:1A:00:00:01"))
        #expect(!first.settle("A0:9E:1A:00:00:01"), "once")
        #expect(!first.settle("A0:9E:1A:00:00:03"), "that one is its own")
        first.end()
        let second = try store.holdStraps()
        #expect(second.settle("A0:9E:1A:00:00:02"), "nobody cared for it yet")
        #expect(!second.settle("A0:9E:1A:00:00:03"), "the process that held it ended in good order")
        second.end()
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(!files.contains { $0.hasPrefix("straps-") }, "\(files)")
    }
}
