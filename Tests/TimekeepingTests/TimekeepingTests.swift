import Glibc
import Synchronization
import Testing

@testable import Timekeeping

@Suite("Timekeeping")
struct TimekeepingTests {
    @Test(
        "writes UTC as RFC 3339 with milliseconds",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_785_873_761_852_000_000, "2026-08-04T20:02:41.852Z"),
            (951_782_399_999_999_999, "2000-02-28T23:59:59.999Z"),
            (951_782_400_000_000_000, "2000-02-29T00:00:00.000Z"),
            (-1_000_000, "1969-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func rfc3339(nanoseconds: Int64, text: String) {
        #expect(UTC(nanosecondsSince1970: nanoseconds).rfc3339 == text)
    }

    @Test("a machine clock with a rate of 10 moves both of its hands ten times as fast")
    func rate() {
        let slow = MachineClock(rate: 1)
        let fast = MachineClock(rate: 10)
        let (slowStart, fastStart) = (slow.now(), fast.now())
        while slow.now().instant.seconds(since: slowStart.instant) < 0.005 {}
        let (slowEnd, fastEnd) = (slow.now(), fast.now())
        let slowSeconds = slowEnd.instant.seconds(since: slowStart.instant)
        let fastSeconds = fastEnd.instant.seconds(since: fastStart.instant)
        #expect(fastSeconds > 5 * slowSeconds)
        let onTheWall = fastEnd.utc.nanosecondsSince1970 - fastStart.utc.nanosecondsSince1970
        #expect(abs(Double(onTheWall) / 1e9 - fastSeconds) < 1e-6)
    }

    @Test("a wall clock that is set an hour back, or forward, moves neither hand of a clock that runs")
    func setBack() {
        let wall = Mutex<Int64>(1_785_873_761_000_000_000)
        let steady = Mutex<Int64>(5_000_000_000)
        let clock = MachineClock(rate: 1) { which in
            which == CLOCK_MONOTONIC ? steady.withLock { $0 } : wall.withLock { $0 }
        }
        var moments = [clock.now()]
        for jump: Int64 in [0, -3600, 0, 7200, -3600] {
            steady.withLock { $0 += 1_000_000_000 }
            wall.withLock { $0 += (jump + 1) * 1_000_000_000 }
            moments.append(clock.now())
        }
        for (earlier, later) in zip(moments, moments.dropFirst()) {
            #expect(earlier.instant.duration(to: later.instant) == .seconds(1))
            #expect(later.utc == earlier.utc.advanced(by: .seconds(1)))
        }
    }

    @Test("a manual clock wakes sleepers when their time has come, and not before")
    func manualClock() async throws {
        let clock = ManualClock()
        let sleeper = Task { try await clock.sleep(for: .seconds(10)) }
        while clock.sleeperCount == 0 { await Task.yield() }
        clock.advance(by: .seconds(9))
        #expect(clock.sleeperCount == 1)
        clock.advance(by: .seconds(1))
        try await sleeper.value
        #expect(clock.now().instant == Instant(seconds: 10))
    }

    @Test("a cancelled sleeper of a manual clock wakes with an error")
    func cancelled() async {
        let clock = ManualClock()
        let sleeper = Task { try await clock.sleep(for: .seconds(10)) }
        while clock.sleeperCount == 0 { await Task.yield() }
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        #expect(clock.sleeperCount == 0)
    }
}
