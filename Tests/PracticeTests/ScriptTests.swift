import Testing

@testable import Practice

/// The scripts that come with the program, and the pacer.
@Suite struct ScriptTests {
    @Test func theTrainingHasTenPhasesOfTheLengthsItsProtocolGives() throws {
        let script = try Script.named("pal-30")
        let lengths: [(String, Double?)] = [
            ("fit", nil), ("baseline", 5), ("select", 3), ("recall-1", 2), ("practice-1", 5), ("practice-2", 5),
            ("reappraise", 3), ("recall-2", 2), ("recovery", 3), ("share", nil),
        ]
        #expect(script.phases.map(\.key) == lengths.map(\.0))
        #expect(script.phases.map(\.seconds) == lengths.map { $0.1.map { $0 * 60 } })
        #expect(script.plannedSeconds == 28 * 60)
    }

    @Test func baselineHidesFeedbackAndHasNoPacer() throws {
        for script in Script.builtIn {
            let baselines = script.phases.filter(\.isBaseline)
            #expect(!baselines.isEmpty)
            #expect(baselines.allSatisfy { $0.pacer == nil && $0.feedback == .hidden && $0.isAnalysed })
        }
    }

    @Test func practiceIsPacedAtSixBreathsAMinuteAndShowsTheOwnHeart() throws {
        for script in Script.builtIn where script.name != "resonance" {
            let practice = script.phases.filter(\.isPractice)
            #expect(!practice.isEmpty)
            #expect(practice.allSatisfy { $0.pacer?.rate == 6 && $0.feedback == .own && $0.isAnalysed })
            #expect(script.phases.filter { $0.pacer != nil }.count == practice.count)
        }
    }

    @Test func resonanceGoesFromSixAndAHalfDownToFourAndAHalfWithRestsBetween() throws {
        let script = try Script.named("resonance")
        let paced = script.phases.filter { $0.pacer != nil }
        #expect(paced.map { $0.pacer?.rate } == [6.5, 6, 5.5, 5, 4.5])
        #expect(paced.allSatisfy { $0.seconds == 120 && $0.isPractice && $0.feedback == .hidden })
        let order = script.phases.dropFirst(2).map { $0.pacer == nil }
        #expect(order == [false, true, false, true, false, true, false, true, false])
        #expect(script.phases.filter { $0.key.hasPrefix("rest") }.allSatisfy { $0.seconds == 120 })
        #expect(script.plannedSeconds == 20 * 60)
    }

    @Test func quickTenTakesTenMinutes() throws {
        #expect(try Script.named("quick-10").plannedSeconds == 600)
    }

    @Test(arguments: Script.builtIn) func ourOwnScriptsKeepTheRules(_ script: Script) {
        #expect(script.faults.isEmpty)
    }

    @Test func onlyTheRecallOfAStressorMayBeSkipped() throws {
        let skippable = Script.builtIn.flatMap(\.phases).filter(\.isSkippable)
        #expect(skippable.map(\.key) == ["recall-1"])
        #expect(skippable.allSatisfy { $0.coachLine.contains("skip") })
    }

    @Test func eachBrokenRuleIsNamedWithItsPhaseAndEntry() throws {
        let practice = Phase(key: "practice", title: "", seconds: 60, feedback: .off, prompt: "")
        let open = Phase(
            key: "baseline", title: "", seconds: nil, feedback: .own, pacer: Pacer(rate: 6), prompt: "",
            isAnalysed: false)
        let broken = Script(name: "x", purpose: "", phases: [practice, practice, open]).faults
        #expect(broken.map(\.phase) == [0, 1, 1, 2, 2, 2, 2])
        #expect(broken.map(\.entry) == ["analyse", "key", "analyse", "feedback", "pacer", "minutes", "analyse"])
        #expect(Script(name: "x", purpose: "", phases: []).faults.map(\.entry) == ["phases"])
    }

    @Test func aPhaseTellsWhatItIsLongEnoughFor() {
        func numbers(_ seconds: Double?, analysed: Bool = true) -> [String] {
            Phase(key: "p", title: "", seconds: seconds, feedback: .own, prompt: "", isAnalysed: analysed)
                .possibleNumbers
        }
        #expect(numbers(30) == [])
        #expect(numbers(60) == ["RMSSD"])
        #expect(numbers(120) == ["RMSSD", "coherence", "SDNN"])
        #expect(numbers(300) == ["RMSSD", "coherence", "SDNN", "LF", "LF/HF"])
        #expect(numbers(300, analysed: false) == [])
        #expect(numbers(nil).count == 5)
    }

    @Test func talkingPhasesGiveNoNumbers() throws {
        let talking = try Script.named("pal-30").phases.filter { $0.feedback == .off }
        #expect(talking.map(\.key) == ["select", "reappraise", "share"])
        #expect(talking.allSatisfy { !$0.isAnalysed && $0.pacer == nil })
    }

    @Test func eachFamilyOfEmotionRegulationHasItsPhase() throws {
        let families = Dictionary(
            uniqueKeysWithValues: try Script.named("pal-30").phases.map { ($0.key, $0.regulation) })
        #expect(families["select"] == "situation selection")
        #expect(families["practice-1"] == "response modulation")
        #expect(families["practice-2"] == "attentional deployment")
        #expect(families["reappraise"] == "situation modification; cognitive change")
        #expect(families["share"] == "response expression")
        #expect(families["baseline"]?.isEmpty == true)
    }

    @Test func phasesWithoutALengthEndByThemselves() throws {
        let script = try Script.named("pal-30")
        #expect(script.phases.first?.unattendedEnd == .whenAllStream)
        #expect(script.phases.last?.unattendedEnd == .atOnce)
        for script in Script.builtIn {
            #expect(script.phases.allSatisfy { $0.seconds != nil || $0.unattendedEnd != .never })
            #expect(script.phases.allSatisfy { !$0.prompt.isEmpty && !$0.title.isEmpty })
            #expect(Set(script.phases.map(\.key)).count == script.phases.count)
        }
    }

    @Test func theDemoFitsIntoFourMinutesAndGivesScoresInBothPhases() throws {
        let demo = try Script.named("demo")
        // Eight straps are on within 40 s; a score needs a window of 64 s and an update after it.
        #expect(demo.plannedSeconds + 40 <= 240)
        #expect(demo.phases.filter(\.isAnalysed).allSatisfy { ($0.seconds ?? 0) >= 75 })
    }

    @Test func anUnknownScriptNamesThoseThereAre() {
        #expect(throws: PracticeError.unknownScript("Pal-30", known: ["pal-30", "quick-10", "resonance", "demo"])) {
            try Script.named("Pal-30")
        }
    }

    @Test(arguments: [0.5, 5, 600]) func minutesAloneAreOneOpenPhaseWithThePacer(_ minutes: Double) throws {
        let script = try Script.open(minutes: minutes)
        #expect(script.phases.count == 1)
        #expect(script.phases[0].seconds == minutes * 60)
        #expect(script.phases[0].pacer == Pacer(rate: 6))
        #expect(script.phases[0].feedback == .own)
        #expect(script.phases[0].isPractice)
    }

    @Test(arguments: [0, -1, 600.1, .infinity, .nan]) func aLengthIsMoreThan0AndAtMost600Minutes(_ minutes: Double) {
        #expect(throws: PracticeError.self) { try Script.open(minutes: minutes) }
    }

    // MARK: - Pacer

    @Test(arguments: [
        (0.0, Pacer.Motion.inhale, 0.0), (2.5, .inhale, 0.5), (5, .exhale, 1), (7.5, .exhale, 0.5), (10, .inhale, 0),
        (12.5, .inhale, 0.5), (305, .exhale, 1), (-2.5, .exhale, 0.5),
    ])
    func sixBreathsAMinuteAreFiveSecondsInAndFiveOut(_ seconds: Double, _ motion: Pacer.Motion, _ fill: Double) {
        let position = Pacer(rate: 6).position(at: seconds)
        #expect(position.motion == motion)
        #expect(abs(position.fill - fill) < 1e-9)
    }

    @Test(arguments: [
        (0.0, Pacer.Motion.inhale, 0.0), (3.99, .inhale, 0.9975), (4, .hold, 1), (5.9, .hold, 1), (6, .exhale, 1),
        (9, .exhale, 0.5), (12, .inhale, 0),
    ])
    func aPacerMayHold(_ seconds: Double, _ motion: Pacer.Motion, _ fill: Double) {
        let pacer = Pacer(rate: 5, inSeconds: 4, holdSeconds: 2, outSeconds: 6)
        let position = pacer.position(at: seconds)
        #expect(position.motion == motion)
        #expect(abs(position.fill - fill) < 1e-9)
    }

    @Test func theBarIsNeverFullerThanFullNorEmptierThanEmpty() {
        for pacer in [
            Pacer(rate: 6), Pacer(rate: 4.5), Pacer(rate: 5.7, inSeconds: 4.2, holdSeconds: 0, outSeconds: 6.3),
        ] {
            for step in 0..<20_000 {
                let fill = pacer.position(at: Double(step) * 0.05).fill
                #expect((0...1).contains(fill))
            }
        }
    }

    @Test func aPacerWithoutABreathStandsStill() {
        let still = Pacer(rate: 6, inSeconds: 0, holdSeconds: 0, outSeconds: 0)
        #expect(still.position(at: 3) == Pacer.Position(motion: .hold, fill: 0))
    }
}
