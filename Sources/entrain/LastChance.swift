import Store

/// Sees to it that a session's last rows are written: where the disk has no room it waits, until somebody gives up.
actor LastChance {
    /// How long it waits when nobody says anything, machine time.
    static let patience = Duration.seconds(300)
    /// How long until it is tried again, machine time.
    static let pause = Duration.milliseconds(500)

    private var isWaiting = false
    private var isGivenUp = false

    /// Somebody pressed Ctrl-C: whoever waits for room waits no longer.
    func giveUp() { isGivenUp = isWaiting }

    /// Tries until it works, patience ends or somebody gives up, and says so when it waits.
    /// - Returns: what could not be written at last; nil when everything is.
    func insist(_ attempt: @Sendable () async -> StoreTrouble?) async -> StoreTrouble? {
        guard var trouble = await attempt() else { return nil }
        isWaiting = true
        StandardError.write("entrain: \(trouble)\n  Waiting five minutes for that. Ctrl-C gives up.\n")
        let end = ContinuousClock.now.advanced(by: Self.patience)
        while !isGivenUp, ContinuousClock.now < end {
            do { try await Task.sleep(for: Self.pause) } catch { break }
            guard let still = await attempt() else {
                StandardError.write("Everything is written now.\n")
                return nil
            }
            trouble = still
        }
        return trouble
    }
}
