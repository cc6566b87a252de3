import Practice
import Testing

struct FiguresTests {
    @Test(
        "numbers have their places",
        arguments: [
            (0.914, 1, "0.9"), (0.95, 1, "1.0"), (3.916, 2, "3.92"), (-0.07, 2, "-0.07"), (-0.004, 2, "0.00"),
            (12, 0, "12"), (0.5, 0, "1"), (100.05, 2, "100.05"), (.nan, 1, "–"), (.infinity, 1, "–"),
        ] as [(Double, Int, String)])
    func fixed(value: Double, places: Int, expected: String) {
        #expect(Figures.fixed(value, places: places) == expected)
    }

    @Test(
        "a share reaches a limit only when it is there",
        arguments: [(0.9499, "94"), (0.95, "95"), (1, "100"), (0.29, "29")])
    func percent(share: Double, expected: String) {
        #expect(Figures.percent(share) == expected)
    }

    @Test(
        "times are written as a clock and as words",
        arguments: [
            (0, "00:00", "0 s"), (59.9, "00:59", "1 min"), (252.9, "04:12", "4 min 13 s"), (600, "10:00", "10 min"),
            (3725, "1:02:05", "62 min 5 s"), (-3, "00:00", "0 s"), (.nan, "--:--", "–"),
        ] as [(Double, String, String)])
    func times(seconds: Double, clock: String, spoken: String) {
        #expect(Figures.clock(seconds) == clock)
        #expect(Figures.spoken(seconds) == spoken)
    }

    @Test(
        "seconds have a decimal only where they need one",
        arguments: [(5.0, "5"), (4.5, "4.5"), (4.96, "5"), (10.0 / 3, "3.3")])
    func seconds(value: Double, expected: String) {
        #expect(Figures.seconds(value) == expected)
    }
}
