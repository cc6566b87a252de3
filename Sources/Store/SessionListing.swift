public import Practice
public import Timekeeping

/// Whether a session is over.
public enum SessionState: String, Sendable, Hashable, CaseIterable {
    /// It was stopped, and everything is there.
    case ended
    /// Some process is recording it.
    case running
    /// The process that recorded it died; everything up to then is there.
    case interrupted
}

/// One line of the list of sessions.
public struct SessionListing: Sendable, Hashable {
    /// Name such as `20260804-G1`.
    public var name: String
    /// The group.
    public var group: GroupName
    /// When it began.
    public var started: UTC
    /// Its length in seconds of session time; up to the newest row while it runs and after a crash.
    public var seconds: Double
    /// How many codes take part.
    public var codes: Int
    /// How many beats were recorded.
    public var beats: Int
    /// Whether it is over.
    public var state: SessionState

    /// Its length in minutes.
    public var minutes: Double { seconds / 60 }

    /// Makes a line.
    public init(
        name: String, group: GroupName, started: UTC, seconds: Double, codes: Int, beats: Int, state: SessionState
    ) {
        self.name = name
        self.group = group
        self.started = started
        self.seconds = seconds
        self.codes = codes
        self.beats = beats
        self.state = state
    }
}
