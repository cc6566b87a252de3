import GRDB
public import HeartRate
public import Practice
import Synchronization
import Timekeeping

/// Writes one session while it runs.
///
/// Handing something in never waits, neither for the disk nor for anything else, and keeps the order. What was handed in
/// is written in one transaction at most every 250 ms and stands in the file at the latest 500 ms after it came. When
/// writing fails, everything stays in memory and is tried again every second until it works.
///
/// Rows of a code whose consent does not allow recording are not taken.
public actor SessionWriter {
    /// How long rows are gathered before they are written, machine time.
    static let gathering = Duration.milliseconds(250)
    /// How long until a failed write is tried again, machine time.
    static let retry = Duration.seconds(1)

    /// Troubles as they begin and end, each told once; finishes when the writer is closed.
    public nonisolated let troubles: AsyncStream<StoreTrouble>

    private let pool: any DatabaseWriter
    private let path: String
    private let session: Int64
    private let clock: any SessionClock
    private let intake: Mutex<SessionIntake>
    private let reports: AsyncStream<StoreTrouble>.Continuation
    private var turn: Task<Void, Never>?
    private var trouble: StoreError?
    /// How many rows the write that failed last had in hand.
    private var unwritten = 0
    private var isClosed = false
    private var isRetryScheduled = false

    init(pool: any DatabaseWriter, path: String, session: Int64, info: SessionInfo, clock: any SessionClock) {
        self.pool = pool
        self.path = path
        self.session = session
        self.clock = clock
        intake = Mutex(SessionIntake(group: info.group, codes: info.codes))
        (troubles, reports) = AsyncStream.makeStream()
    }

    // MARK: - Handing in

    /// Keeps packets exactly as they came.
    public nonisolated func add(_ packets: [PacketRecord]) { hand { $0.add(packets) } }

    /// Keeps beats; one with a sequence number that was there before takes the place of the earlier one.
    public nonisolated func add(_ beats: [BeatRecord]) { hand { $0.add(beats) } }

    /// Keeps coherence updates.
    public nonisolated func add(_ updates: [CoherenceRecord]) { hand { $0.add(updates) } }

    /// Keeps changes of links.
    public nonisolated func add(_ links: [LinkRecord]) { hand { $0.add(links) } }

    /// Keeps what a strap of that label says of itself.
    public nonisolated func describe(strap label: String, _ description: StrapDescription) {
        hand { $0.describe(strap: label, description) }
    }

    /// Keeps what an adapter showed of the links it holds; it stays when the session is deleted.
    public nonisolated func learn(_ adapter: KnownAdapter) { hand { $0.learn(adapter) } }

    /// Keeps marks.
    public nonisolated func add(_ markers: [MarkerRecord]) { hand { $0.add(markers) } }

    /// Keeps the phases as they stand: to be called with all of them whenever one began or ended.
    public nonisolated func set(phases: [PhaseSequence.Span]) { hand { $0.set(phases) } }

    /// Keeps how far the group moves together at `t`, seconds from the session's start, for those who watch meanwhile:
    /// the newest only, until the session's end.
    public nonisolated func set(rhythm: GroupRhythm, at t: Double) { hand { $0.set(rhythm, t) } }

    /// Takes a code into the session that came late, or changes what its student agreed to.
    public nonisolated func admit(_ code: Code, consent: Consent) { hand { $0.admit(code, consent) } }

    /// How many rows wait to be written.
    public nonisolated var waitingRows: Int { intake.withLock { $0.waiting.count } }

    /// How many rows were not taken, by code, because their consent does not allow recording or their group is another.
    public nonisolated var refusedRows: [Code: Int] { intake.withLock { $0.refused } }

    private nonisolated func hand(_ take: (inout SessionIntake) -> Void) {
        let mustSchedule = intake.withLock { intake in
            take(&intake)
            guard !intake.waiting.isEmpty, !intake.isScheduled else { return false }
            intake.isScheduled = true
            return true
        }
        if mustSchedule { scheduleWrite() }
    }

    private nonisolated func scheduleWrite() {
        Task {
            await pause(Self.gathering)
            await takeTurn()
        }
    }

    private nonisolated func pause(_ delay: Duration) async {
        do {
            try await clock.sleep(for: delay)
        } catch {
            // Nobody cancels the tasks that wait here; if somebody did, writing at once is the safe answer.
        }
    }

    // MARK: - Writing

    /// Writes everything that was handed in so far; returns when it was tried.
    public func flush() async { await takeTurn() }

    /// Writes everything and ends.
    /// - Returns: what could not be written, with its reason; nil when everything is in the file.
    public func close() async -> StoreTrouble? {
        isClosed = true
        await takeTurn()
        reports.finish()
        return trouble.map { StoreTrouble(kind: .unwritten, cause: $0, rows: max(unwritten, waitingRows)) }
    }

    /// One write at a time, in the order they were asked for; each in a task of its own, so that a cancelled caller
    /// cuts nothing off.
    private func takeTurn() async {
        let earlier = turn
        let own = Task {
            await earlier?.value
            await writeWaiting()
        }
        turn = own
        await own.value
    }

    private func writeWaiting() async {
        let rows = intake.withLock { $0.take() }
        guard !rows.isEmpty else { return }
        do {
            let session = session
            try await pool.write { database in
                try RowInserter(database: database, session: session).insert(rows)
            }
            if let cause = trouble {
                trouble = nil
                reports.yield(StoreTrouble(kind: .over, cause: cause, rows: rows.count))
            }
        } catch {
            intake.withLock { $0.putBack(rows) }
            let cause = StoreError(error, at: path)
            if trouble == nil { reports.yield(StoreTrouble(kind: .began, cause: cause, rows: rows.count)) }
            trouble = cause
            unwritten = rows.count
            scheduleRetry()
        }
    }

    private func scheduleRetry() {
        guard !isClosed, !isRetryScheduled else { return }
        isRetryScheduled = true
        Task {
            await pause(Self.retry)
            isRetryScheduled = false
            await takeTurn()
        }
    }
}
