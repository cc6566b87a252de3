import DBus
import HRV
import Practice
import Testing

@testable import Gateway

@Suite("Who may do what with a session") struct RightsTests {
    private static let steward = Caller(user: 0, account: "root", isSteward: true)
    private static let ann = Caller(user: 1001, account: "ann", isSteward: false)
    private static let ben = Caller(user: 1002, account: "ben", isSteward: false)
    private static let nameless = Caller(user: 1003, account: nil, isSteward: false)

    private let own: Code
    private let other: Code
    private let rights: Rights

    init() throws {
        own = try Code("G1-03")
        other = try Code("G1-04")
        rights = Rights(accounts: [own: "ann"])
    }

    @Test("stewards read every code and lead; an account reads the code it is tied to, and nothing else")
    func table() {
        for (caller, mayRead, mayReadOther, maySteer) in [
            (Self.steward, true, true, true), (Self.ann, true, false, false), (Self.ben, false, false, false),
            (Self.nameless, false, false, false),
        ] {
            #expect(rights.mayRead(own, caller) == mayRead, "\(caller)")
            #expect(rights.mayRead(other, caller) == mayReadOther, "\(caller)")
            #expect(rights.maySteer(caller) == maySteer, "\(caller)")
        }
    }

    @Test("a record names codes, never accounts")
    func words() {
        #expect(rights.words(for: Self.ann) == "the account of G1-03")
        #expect(rights.words(for: Self.ben) == "an account that no code is tied to")
        #expect(rights.words(for: Self.nameless) == "an account that no code is tied to")
    }
}

@Suite("What a caller is told of a code") struct CodeReadingTests {
    private func moment(_ feedback: Feedback, isPaused: Bool = false) -> SessionMoment {
        SessionMoment(
            t: 100, phase: "p", title: "P", feedback: feedback, elapsed: 10, length: 60, start: 90,
            isPaused: isPaused, pacer: Pacer(rate: 5.5))
    }

    private func state() throws -> CodeState {
        var readout = Readout(code: try Code("G1-01"))
        readout.heartRate = 71
        readout.beats = [80, 89, 91, 99].map { Readout.BeatPoint(t: $0, rrMilliseconds: 812.5, followsGap: $0 == 91) }
        readout.score = .score(1.25, .medium, note: "some odd beats")
        readout.peakHz = 0.1
        readout.clean = 0.98
        readout.battery = 80
        readout.strap = .on
        return CodeState(readout: readout, strapLabel: "Polar H10 A1B2C3D4")
    }

    @Test("a student sees numbers where the script shows them, and a steward everywhere", arguments: Feedback.allCases)
    func hiding(_ feedback: Feedback) throws {
        for isPaused in [false, true] {
            let moment = moment(feedback, isPaused: isPaused)
            let student = CodeReading(try state(), moment, sinceBeat: -.infinity, seesAll: false)
            #expect(student.isHidden == (feedback != .own || isPaused))
            if student.isHidden {
                let numbers = Set(student.properties.keys).intersection([
                    "HeartRateBeatsPerMinute", "Beats", "CoherenceScore", "CoherenceBand", "PeakHertz", "CleanShare",
                ])
                #expect(numbers.isEmpty)
                #expect(student.score == .none(reason: "no numbers in this phase"))
            }
            #expect(student.strap == "on" && student.battery == 80)
            let steward = CodeReading(try state(), moment, sinceBeat: -.infinity, seesAll: true)
            #expect(!steward.isHidden && steward.heartRate == 71 && steward.beats.count == 4)
        }
    }

    @Test("a student gets no beat from before the phase, and nobody one that was told")
    func beats() throws {
        let moment = moment(.own)
        let first = CodeReading(try state(), moment, sinceBeat: -.infinity, seesAll: false)
        #expect(first.beats.map(\.t) == [91, 99])
        #expect(CodeReading(try state(), moment, sinceBeat: 91, seesAll: false).beats.map(\.t) == [99])
        #expect(CodeReading(try state(), moment, sinceBeat: 91, seesAll: true).beats.map(\.t) == [99])
    }

    @Test("a reading comes over the bus as it was sent", arguments: [true, false])
    func roundTrip(seesAll: Bool) throws {
        for feedback in Feedback.allCases {
            let sent = CodeReading(try state(), moment(feedback), sinceBeat: -.infinity, seesAll: seesAll)
            #expect(CodeReading(sent.properties) == sent)
        }
        var state = try state()
        state.readout.score = .none(reason: "needs 23 s more")
        state.readout.strap = .needsPerson("wet the pads")
        let sent = CodeReading(state, moment(.own), sinceBeat: -.infinity, seesAll: seesAll)
        #expect(CodeReading(sent.properties) == sent && sent.advice == "wet the pads")
    }

    @Test("every property that is told is described, with its type")
    func described() throws {
        let sent = CodeReading(try state(), moment(.own), sinceBeat: -.infinity, seesAll: true)
        for (name, value) in sent.properties {
            let property = CodeProperty.all.first { $0.name == name }
            #expect(property?.type == value.signature, "\(name)")
        }
    }

    @Test("a text from outside goes into the record on one line and without control characters")
    func text() throws {
        #expect(try ServiceText.checked("  a\tb\u{1B}[2J\n c ") == "a b [2J c")
        for bad in ["", " \n", String(repeating: "x", count: 501)] {
            #expect(throws: (any Error).self) { try ServiceText.checked(bad) }
        }
    }
}
