import FoundationEssentials
import Testing

@testable import VirtualStraps

@Suite struct ScenarioFileTests {
    private let example = """
        seed: 7
        speed: 2.5
        adapters:
          - {name: hci0, slots: 5}
          - {name: hci1, address: 00:1a:7d:da:71:99, powered: false}
        straps:
          - name: Polar H10 A1B2C3D4
            address: a0:9e:1a:b2:c3:d4
            adapter: hci1
            contact: none
            rr: false
            battery: 15
            rssi: -48
            near: [{from_s: 20, to_s: 35, rssi: -40}, {after: 2, rssi: -30}, {after: 3, for_s: 9, rssi: -90}]
            location: none
            heart: {rate: 64, breathing: 12, follows: 0, missed: 0.02}
          - count: 2
            contact: no
        pacer:
          - {from_s: 90, to_s: 200, rate: 6, depth: 2}
          - {from_s: 200, rate: 5.5}
        faults:
          - {strap: Polar H10 A1B2C3D4, at_s: 60, kind: drop, for_s: 12}
          - {strap: 2, on_call: Connect 2, kind: connect_fails, times: 3, error: org.bluez.Error.InProgress}
          - {strap: 3, on_call: 1, kind: never_resolves}
          - {strap: 3, at_s: 70, kind: bad_packet, hex: 10 48 3C}
          - {adapter: hci1, at_s: 80, kind: power_off, for_s: 5}
          - {at_s: 120, kind: daemon_restart, for_s: 2}
        """

    @Test func allOfAFileIsUnderstood() throws {
        let scenario = try Scenario(yaml: example, file: "class.yaml")
        #expect((scenario.seed, scenario.speed) == (7, 2.5))
        #expect(scenario.adapters.map(\.slots) == [5, nil])
        #expect(scenario.adapters[1].address == "00:1A:7D:DA:71:99")
        #expect(scenario.adapters.map(\.isPowered) == [true, false])
        #expect(scenario.straps.count == 3)
        let first = scenario.straps[0]
        #expect((first.name, first.address) == ("Polar H10 A1B2C3D4", "A0:9E:1A:B2:C3:D4"))
        #expect((first.adapter, first.contact, first.sendsRR) == ("hci1", .none, false))
        #expect((first.battery, first.rssi, first.location) == (15, -48, nil))
        #expect(
            first.approaches == [
                Approach(.at(seconds: 20), seconds: 15, rssi: -40), Approach(.afterStrap(1), rssi: -30),
                Approach(.afterStrap(2), seconds: 9, rssi: -90),
            ])
        #expect((first.heart.meanRate, first.heart.breathingRate) == (64, 12))
        #expect((first.heart.following, first.heart.missed) == (0, 0.02))
        #expect(scenario.straps[1...].allSatisfy { $0.contact == .no })
        #expect(
            scenario.pacer.stretches == [
                PacedStretch(from: 90, to: 200, rate: 6, depth: 2), PacedStretch(from: 200, to: .infinity, rate: 5.5),
            ])
    }

    @Test func allFaultsOfAFileAreUnderstood() throws {
        let faults = try Scenario(yaml: example, file: "class.yaml").faults
        #expect(
            faults == [
                Fault(.strap(0), .at(seconds: 60), .drop(seconds: 12)),
                Fault(
                    .strap(1), .onCall(method: "Connect", number: 2),
                    .connectFails(times: 3, name: "org.bluez.Error.InProgress", message: "")),
                Fault(.strap(2), .onCall(method: "Connect", number: 1), .neverResolves(times: 1)),
                Fault(.strap(2), .at(seconds: 70), .badPacket([0x10, 0x48, 0x3C])),
                Fault(.adapter(1), .at(seconds: 80), .powerOff(seconds: 5)),
                Fault(.daemon, .at(seconds: 120), .daemonRestart(seconds: 2)),
            ])
    }

    @Test func aNumberOfStrapsIsTheStandardClass() throws {
        let scenario = try Scenario(yaml: "straps: 8\nseed: 5", file: "class.yaml")
        #expect(scenario == .standard(straps: 8, seed: 5))
    }

    @Test func aSeedFromOutsideHoldsUnlessTheFileHasItsOwn() throws {
        #expect(try Scenario(yaml: "straps: 4", file: "class.yaml", seed: 5) == .standard(straps: 4, seed: 5))
        #expect(try Scenario(yaml: "straps: 4\nseed: 6", file: "class.yaml", seed: 5) == .standard(straps: 4, seed: 6))
    }

    @Test func anEmptyPacerNeverLeads() throws {
        #expect(try Scenario(yaml: "straps: 1\npacer: []", file: "class.yaml").pacer == PacerSchedule([]))
    }

    @Test(arguments: [
        ("straps: 8\nsped: 10", 2, "no key `sped`"),
        ("straps: 8\n? speed\n#", 3, "`speed` is empty"),
        ("straps: 8\nspeed: fast", 2, "`speed` is fast, no number from 0.1 to 30"),
        ("straps: 8\nspeed: .nan", 2, "no number"),
        ("straps: 8\nspeed: 31", 2, "`speed` is 31"),
        ("seed: -1\nstraps: 1", 1, "`seed` is -1"),
        ("straps: eight", 1, "`straps` is eight, no whole number"),
        ("straps: 1001", 1, "`straps` is 1001"),
        ("straps:\n  - name: A\n    hart: {}", 3, "no key `hart`"),
        ("straps:\n  - heart: {rate: 10}", 2, "`rate` is 10"),
        ("straps:\n  - name: A\n  - name: A", 3, "two straps are named A"),
        ("straps:\n  - name: A\n    count: 2", 2, "cannot share"),
        ("straps:\n  - name: \"A\\0\"", 2, "a control character"),
        ("straps:\n  - address: A0:9E:1A", 2, "no Bluetooth address"),
        ("straps:\n  - contact: maybe", 2, "`contact` is maybe"),
        ("straps:\n  - adapter: hci7", 2, "`adapter` is hci7"),
        ("straps:\n  - near: [{from_s: 3}]", 2, "has no `rssi`"),
        ("straps:\n  - near: [{rssi: -40}]", 2, "either `from_s` or `after`"),
        ("straps:\n  - near: [{rssi: -40, from_s: 9, to_s: 3}]", 2, "`to_s` is 3"),
        ("straps:\n  - rr: perhaps", 2, "Write true or false"),
        ("straps: 1\nadapters: 0", 2, "`adapters` is 0"),
        ("straps: 1\nadapters:\n  - name: eth0", 3, "no adapter's name"),
        ("straps: 1\nadapters:\n  - name: hci0\n  - name: hci0", 4, "share a name"),
        ("straps: 1\npacer:\n  - {from_s: 5, to_s: 4}", 3, "ends before it begins"),
        ("straps: 1\npacer:\n  - {from_s: 5}\n  - {from_s: 9}", 4, "before the one above it ends"),
        ("straps: 1\npacer: 6", 2, "must be a list"),
        ("straps: 1\nfaults:\n  - {strap: 2, at_s: 1, kind: drop}", 3, "there is no strap 2"),
        ("straps: 1\nfaults:\n  - {strap: 1, kind: drop}", 3, "either `at_s` or `on_call`"),
        ("straps: 1\nfaults:\n  - {strap: 1, at_s: 1, on_call: 1, kind: drop}", 3, "either `at_s` or `on_call`"),
        ("straps: 1\nfaults:\n  - {strap: 1, at_s: 1, kind: dorp}", 3, "Write drop, silent"),
        ("straps: 1\nfaults:\n  - {strap: 1, at_s: 1}", 3, "has no `kind`"),
        ("straps: 1\nfaults:\n  - {strap: 1, at_s: 1, kind: burst}", 3, "Give `for_s`"),
        ("straps: 1\nfaults:\n  - {strap: 1, at_s: 1, kind: bad_packet}", 3, "Give `hex`"),
        ("straps: 1\nfaults:\n  - {strap: 1, at_s: 1, kind: bad_packet, hex: 1 2 G}", 3, "no row of bytes"),
        ("straps: 1\nfaults:\n  - {strap: 1, on_call: Dance 1, kind: drop}", 3, "methods are Connect"),
        ("straps: 1\nfaults:\n  - {on_call: 1, kind: daemon_restart, for_s: 1}", 3, "Give `at_s` instead"),
        ("straps: 1\nfaults:\n  - {strap: 1, adapter: hci0, at_s: 1, kind: drop}", 3, "a strap and an adapter"),
        ("straps: 1\nfaults:\n  - {strap: 1, at_s: 1, kind: connect_fails, error: Oh no}", 3, "no D-Bus error name"),
        ("straps: 1\nstraps: 2", 1, "stands there twice"),
        ("straps: [1, 2\nseed: 1", 2, "this is no YAML"),
        ("seed: 1", 1, "has no straps"),
        ("- 1", 1, "a scenario must be a list of `key: value`"),
    ])
    func aMistakeIsNamedWithItsLineAndWhatToDo(yaml: String, line: Int, part: String) {
        let error = #expect(throws: ScenarioError.self) { try Scenario(yaml: yaml, file: "class.yaml") }
        #expect(error?.line == line)
        #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
        #expect(error?.description.hasPrefix("class.yaml:\(line): ") == true)
        #expect(error?.description.hasSuffix(".") == true)
    }

    @Test func anEmptyFileIsNoScenario() {
        let error = #expect(throws: ScenarioError.self) { try Scenario(yaml: "# nothing\n", file: "class.yaml") }
        #expect(error?.description == "class.yaml: the scenario file is empty. Write at least `straps: 8`.")
    }

    @Test func aFileThatIsNotThereIsNamed() {
        let error = #expect(throws: ScenarioError.self) { try Scenario(path: "/nowhere/class.yaml") }
        #expect(error?.description.hasPrefix("/nowhere/class.yaml: the scenario file cannot be read") == true)
    }

    @Test func aFileIsRead() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "scenario-\(UUID()).yaml").path
        // A file left behind in the temporary folder does no harm.
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(FileManager.default.createFile(atPath: path, contents: Data(example.utf8)))
        #expect(try Scenario(path: path).straps.count == 3)
    }
}
