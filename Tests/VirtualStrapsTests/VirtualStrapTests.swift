import HeartRate
import Testing

@testable import VirtualStraps

@Suite struct VirtualStrapTests {
    private func packets(of plan: StrapPlan, seconds: Int) -> [StrapPacket] {
        var random = SplitMix64(seed: 1)
        var strap = VirtualStrap(plan: plan, schedule: .standard, random: &random)
        return (1...seconds).map { strap.packet(at: Double($0)) }
    }

    @Test(arguments: Scenario.standard(straps: 8).straps)
    func whatEveryStrapSendsIsDecodedAsMeant(plan: StrapPlan) throws {
        var beats = 0
        var energies: [Int] = []
        for packet in packets(of: plan, seconds: 120) {
            let measurement = try Measurement(bytes: packet.bytes)
            #expect(measurement.warnings.isEmpty)
            #expect(measurement.heartRate == packet.heartRate)
            #expect(measurement.contact == (plan.contact == .none ? .unknown : .yes))
            #expect(measurement.rrTicks == packet.rrTicks ?? [])
            #expect((packet.bytes[0] & 1 == 1) == plan.sendsWideHeartRate)
            #expect(packet.bytes.count <= 20)
            beats += measurement.rrTicks.count
            if let energy = measurement.energyKilojoules { energies.append(energy) }
        }
        #expect(plan.sendsRR ? beats > 90 : beats == 0)
        #expect(energies.count == (plan.sendsEnergy ? 12 : 0))
        #expect(energies == energies.sorted())
    }

    @Test func packetsHoldAllBeatsOfTheHeartInOrder() {
        var (one, other) = (SplitMix64(seed: 4), SplitMix64(seed: 4))
        let plan = StrapPlan(name: "a", address: "b")
        var strap = VirtualStrap(plan: plan, schedule: .standard, random: &one)
        _ = other.uniform()
        var heart = Heart(parameters: plan.heart, schedule: .standard, seed: other.next())
        let sent = (1...200).flatMap { strap.packet(at: Double($0)).rrTicks ?? [] }
        #expect(sent == heart.intervals(until: 200))
    }

    @Test func beatsThatFitIntoNoPacketWaitForTheNext() throws {
        var random = SplitMix64(seed: 4)
        var strap = VirtualStrap(plan: StrapPlan(name: "a", address: "b"), schedule: .standard, random: &random)
        let first = strap.packet(at: 12)
        #expect(first.rrTicks?.count == 9)
        #expect(first.bytes.count == 20)
        #expect(try #require(strap.packet(at: 12.5).rrTicks).count >= 3)
    }

    @Test func theShownRateFollowsTheBeats() {
        var plan = StrapPlan(name: "a", address: "b")
        plan.heart.meanRate = 90
        let shown = packets(of: plan, seconds: 300).map(\.heartRate)
        #expect(abs(Double(shown.reduce(0, +)) / 300 - 90) < 4)
        #expect(Set(shown).count > 4)
    }

    @Test func aHighHeartRateTakesTwoBytes() throws {
        let packet = StrapPacket(heartRate: 300, isWide: true, contact: .no, energy: 70_000, rrTicks: [205])
        let measurement = try Measurement(bytes: packet.bytes)
        #expect(measurement.heartRate == 300)
        #expect(measurement.contact == .no)
        #expect(measurement.energyKilojoules == 65535)
        #expect(measurement.rrTicks == [205])
    }

    @Test func badBytesAreNotedWithWhatTheyHold() {
        var random = SplitMix64(seed: 4)
        var strap = VirtualStrap(plan: StrapPlan(name: "a", address: "b"), schedule: .standard, random: &random)
        let empty = strap.record(of: [], at: 1)
        let half = strap.record(of: [0x10, 60, 0x00, 0x04, 0x07], at: 2)
        #expect((empty.heartRate, empty.rrTicks, empty.raw) == (nil, [], []))
        #expect((half.heartRate, half.rrTicks) == (60, [1024]))
        #expect([empty.sequence, half.sequence] == [1, 2])
    }
}
