import Foundation
import Practice
import Screens
import Terminal
import Testing

/// Every state of the live and the pairing screen at three sizes, as it stands in the files of `Snapshots`.
///
/// After a change that is meant, `ENTRAIN_WRITE_SNAPSHOTS=1 swift test --filter SnapshotTests` writes them anew; read
/// what changed before it is kept.
struct SnapshotTests {
    private static let sizes = [(60, 16), (80, 24), (132, 40)].map { ScreenSize(columns: $0, rows: $1) }

    /// The keys that lead to a state of the live screen, and what else is different in it.
    static let liveStates: [String: @Sendable (inout LiveView, inout LiveControls) throws -> Void] = [
        "help": keys("?"), "end": keys("q"), "swap": keys("s"), "swap-strap": keys("s5"),
        "swap-typed": keys("s5A1B2"), "late": keys("l", absent: [.none, .no, .study]), "late-nobody": keys("l"),
        "late-consent": keys("l9", absent: [.none]), "late-strap": keys("l9y", absent: [.none]),
        "late-own-strap": keys("l9", absent: [.study], hasStrap: true), "late-refused": keys("l9n", absent: [.none]),
        "new-place": keys("ln"), "new-place-strap": keys("lny"), "new-place-refused": keys("lnn"),
        "withdraw": keys("w"), "withdraw-sure": keys("w5"), "blank": keys("b"),
        "told": { _, controls in
            controls.tell("\(PairingRefusal.taken(strap: "Polar H10 9C04D2B1", by: try Code("G2-03")))")
        },
        "paused": { view, _ in
            view.isPaused = true
            view.pacer = nil
        },
        "group": { view, _ in
            view.rhythm = GroupRhythm(
                phase: "practice-1", title: "Practice 1", pacerRate: 6, locking: 0.617, resultant: 0.42, codes: 7,
                updates: 12, reason: nil)
        },
        "scrolled": { view, controls in
            view.readouts = try LiveFixture.crowd(24)
            _ = controls.press(.pageDown, in: view)
        },
        "nobody-on": { view, _ in
            view.readouts = try (1...8).map { Readout(code: try Code("G1-0\($0)")) }
            view.log = []
            view.attention = ""
            view.pacer = nil
        },
    ]

    @Test("the live screen", arguments: liveStates.keys.sorted())
    func live(state: String) throws {
        var view = try LiveFixture.view()
        var controls = LiveControls()
        try Self.liveStates[state]?(&view, &controls)
        try check("live-\(state)") { LiveScreen.draw(view, controls: controls, size: $0) }
    }

    static let pairStates: [String: @Sendable (inout PairingView) throws -> Void] = [
        "looking": { $0.stage = .looking },
        "nobody": {
            $0.stage = .looking
            $0.nearby = []
        },
        "new-before": { $0.stage = .waitingForStart },
        "id": { $0.stage = .waitingForID },
        "close": { $0.stage = .close($0.nearby.prefix(2).map(\.identity)) },
        "close-three": { $0.stage = .close($0.nearby.map(\.identity)) },
        "checking": {
            $0.stage = .checking($0.nearby[0].identity)
            $0.nearby[0].beats = .inARow(2)
        },
        "no-beats": {
            $0.stage = .checking($0.nearby[0].identity)
            $0.nearby[0].beats = .without
        },
        "offered": { _ in },
        "typed": { $0.typed = "C3D" },
        "help": { $0.showsHelp = true },
        "refused": {
            $0.message = "\(PairingRefusal.taken(strap: "Polar H10 9C04D2B1", by: try Code("G2-03")))"
        },
        "done": {
            $0.code = nil
            $0.stage = .done
            $0.nearby = []
        },
    ]

    @Test("the pairing screen", arguments: pairStates.keys.sorted())
    func pairing(state: String) throws {
        var view = try PairFixture.view()
        try Self.pairStates[state]?(&view)
        switch view.stage {
        case .offered, .checking: break
        case .looking, .waitingForStart, .waitingForID, .close, .done:
            for index in view.nearby.indices where view.nearby[index].isPicked {
                view.nearby[index].isPicked = false
                view.nearby[index].beats = .none
            }
        }
        try check("pair-\(state)") { PairScreen.draw(view, size: $0) }
    }

    // MARK: - Parts

    private static func keys(
        _ keys: String, absent: [Consent] = [], hasStrap: Bool = false
    ) -> @Sendable (inout LiveView, inout LiveControls) throws -> Void {
        { view, controls in
            view.absent = try absent.enumerated().map { index, consent in
                let strap = hasStrap ? StrapIdentity(address: "A0:9E:1A:00:00:01", name: "Polar H10 A1B2C3D4") : nil
                return Member(code: try Code(group: GroupName("G1"), place: 9 + index), strap: strap, consent: consent)
            }
            for key in keys { _ = controls.press(.character(key), in: view) }
        }
    }

    private func check(_ name: String, draw: (ScreenSize) -> Screen) throws {
        let text = Self.sizes.map { size in
            let lines = draw(size).text.split(separator: "\n", omittingEmptySubsequences: false)
            return "== \(size) ==\n" + lines.map { "|\($0)\n" }.joined()
        }.joined()
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots/\(name).txt")
        if ProcessInfo.processInfo.environment["ENTRAIN_WRITE_SNAPSHOTS"] != nil {
            try Data(text.utf8).write(to: file)
        }
        let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(text == expected, "\(name)")
    }
}
