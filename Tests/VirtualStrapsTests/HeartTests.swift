import Testing

@testable import VirtualStraps

@Suite struct HeartTests {
    private func steady(_ change: (inout HeartParameters) -> Void = { _ in }) -> HeartParameters {
        var parameters = HeartParameters()
        change(&parameters)
        return parameters
    }

    @Test func theSameSeedGivesTheSameBeats() {
        var (one, other) = (
            Heart(parameters: HeartParameters(), schedule: .standard, seed: 5),
            Heart(parameters: HeartParameters(), schedule: .standard, seed: 5)
        )
        #expect(one.intervals(until: 300) == other.intervals(until: 300))
    }

    @Test func anotherSeedGivesOtherBeats() {
        var (one, other) = (
            Heart(parameters: HeartParameters(), schedule: .standard, seed: 5),
            Heart(parameters: HeartParameters(), schedule: .standard, seed: 6)
        )
        #expect(one.intervals(until: 60) != other.intervals(until: 60))
    }

    @Test func beatsDoNotDependOnHowOftenTheyAreAskedFor() {
        var whole = Heart(parameters: HeartParameters(), schedule: .standard, seed: 9)
        var pieces = whole
        var collected: [UInt16] = []
        for tenth in 1...1200 { collected += pieces.intervals(until: Double(tenth) / 10) }
        #expect(collected == whole.intervals(until: 120))
    }

    @Test(arguments: [45.0, 62, 75, 95, 140])
    func theMeanRateIsWhatWasAskedFor(rate: Double) {
        var heart = Heart(
            parameters: steady { $0.meanRate = rate }, schedule: PacerSchedule([]), seed: 3)
        let beats = heart.intervals(until: 1800)
        let found = 60 * 1024 * Double(beats.count) / Double(beats.reduce(0) { $0 + Int($1) })
        #expect(abs(found / rate - 1) < 0.02)
    }

    @Test func theSumOfTicksFollowsTrueTime() {
        let odd = steady { ($0.ectopic, $0.missed, $0.extra) = (0.05, 0.05, 0.05) }
        var heart = Heart(parameters: odd, schedule: .standard, seed: 8)
        var sum = 0
        for second in 1...3600 {
            sum += heart.intervals(until: Double(second)).reduce(0) { $0 + Int($1) }
            let behind = Double(second) - Double(sum) / 1024
            #expect(behind >= 0 && behind < 4, "after \(second) s")
        }
    }

    @Test(arguments: [10.0, 14, 18, 22])
    func breathingAtRestIsSeenAtItsRate(breaths: Double) {
        let even = steady {
            $0.breathingRate = breaths
            ($0.breathingVariation, $0.mayer, $0.wander) = (0, 0, 0)
        }
        var heart = Heart(parameters: even, schedule: PacerSchedule([]), seed: 2)
        let spectrum = Spectrum(ticks: heart.intervals(until: 300), in: 10..<290)
        #expect(abs(spectrum.peak(in: 0.05...0.45) - breaths / 60) <= 0.004)
        #expect(spectrum.share(around: breaths / 60) > 0.8)
    }

    @Test func theMayerWaveIsAHumpAroundATenthOfAHertz() {
        let only = steady { ($0.breathingDepth, $0.wander, $0.beatNoise, $0.mayer) = (0, 0, 0, 0.03) }
        var heart = Heart(parameters: only, schedule: PacerSchedule([]), seed: 2)
        let spectrum = Spectrum(ticks: heart.intervals(until: 1300), in: 10..<1290)
        #expect(spectrum.power(in: 0.06...0.14) > 3 * spectrum.power(in: 0.2...0.4))
        #expect(spectrum.power(in: 0.06...0.14) > 3 * spectrum.power(in: 0.004...0.03))
    }

    @Test func wanderingHasMorePowerTheSlowerItIs() {
        let only = steady { ($0.breathingDepth, $0.mayer, $0.beatNoise, $0.wander) = (0, 0, 0, 0.03) }
        var heart = Heart(parameters: only, schedule: PacerSchedule([]), seed: 4)
        let spectrum = Spectrum(ticks: heart.intervals(until: 1300), in: 10..<1290)
        let octaves = [0.004...0.012, 0.02...0.028, 0.06...0.068, 0.2...0.208].map(spectrum.power(in:))
        #expect(octaves == octaves.sorted(by: >))
    }

    @Test(arguments: [4.5, 6, 7.5])
    func aFollowerBreathesAtThePacersRateAndSwingsWider(rate: Double) {
        let schedule = PacerSchedule([PacedStretch(from: 100, to: 400, rate: rate)])
        for seed in UInt64(1)...3 {
            var heart = Heart(parameters: HeartParameters(), schedule: schedule, seed: seed)
            let beats = heart.intervals(until: 400)
            let rest = Spectrum(ticks: beats, in: 10..<100)
            let paced = Spectrum(ticks: beats, in: 130..<400)
            #expect(abs(paced.peak(in: 0.04...0.26) - rate / 60) < 0.01)
            #expect(paced.share(around: rate / 60) > 0.4)
            #expect(paced.share(around: rate / 60) > 1.5 * rest.share(around: rate / 60))
        }
    }

    @Test func oneWhoDoesNotFollowDoesNotChange() {
        let idle = steady { $0.following = 0 }
        var with = Heart(parameters: idle, schedule: .standard, seed: 4)
        let beats = with.intervals(until: 400)
        let paced = Spectrum(ticks: beats, in: 120..<400)
        #expect(paced.share(around: 0.1) < 0.4)
    }

    @Test func aHeartWithoutOddBeatsHasNone() {
        var heart = Heart(parameters: HeartParameters(), schedule: PacerSchedule([]), seed: 1)
        #expect(oddShares(heart.intervals(until: 3600)) == [0, 0])
    }

    @Test func ectopicBeatsComeEarlyAndArePaidBackAtTheirRate() {
        var heart = Heart(parameters: steady { $0.ectopic = 0.03 }, schedule: PacerSchedule([]), seed: 1)
        let beats = heart.intervals(until: 7200)
        let pairs = zip(beats, beats.dropFirst()).count { Double($0) < 0.72 * Double($1) }
        #expect(abs(Double(pairs) / Double(beats.count) - 0.03) < 0.006)
    }

    @Test func missedBeatsMakeDoubleIntervalsAtTheirRate() {
        var heart = Heart(parameters: steady { $0.missed = 0.03 }, schedule: PacerSchedule([]), seed: 1)
        #expect(abs(oddShares(heart.intervals(until: 7200))[0] - 0.03) < 0.006)
    }

    @Test func extraBeatsSplitIntervalsAtTheirRate() {
        var heart = Heart(parameters: steady { $0.extra = 0.03 }, schedule: PacerSchedule([]), seed: 1)
        // Each split makes two short intervals.
        #expect(abs(oddShares(heart.intervals(until: 7200))[1] - 2 * 0.03) < 0.012)
    }

    /// Shares of intervals over 1.6 and under 0.72 of the median around them.
    private func oddShares(_ beats: [UInt16]) -> [Double] {
        var (long, short) = (0, 0)
        for index in 10..<(beats.count - 10) {
            let median = Double(beats[(index - 10)...(index + 10)].sorted()[10])
            if Double(beats[index]) > 1.6 * median { long += 1 }
            if Double(beats[index]) < 0.72 * median { short += 1 }
        }
        return [Double(long) / Double(beats.count), Double(short) / Double(beats.count)]
    }
}
