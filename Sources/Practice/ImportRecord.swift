public import Timekeeping

/// A recording made elsewhere that joined a session.
public struct ImportRecord: Sendable, Hashable {
    /// Whose it is.
    public var code: Code
    /// SHA-256 of the file, by which it is known again; never its name, which may be a person's.
    public var digest: String
    /// How the file was read, such as `HRV Logger`.
    public var format: String
    /// Where its first interval begins, seconds from the session's start.
    public var start: Double
    /// How many beats it gave.
    public var beats: Int
    /// What was left out and where beats are missing, in sentences.
    public var remarks: [String]
    /// When it was imported.
    public var made: UTC

    /// Makes a record.
    public init(
        code: Code, digest: String, format: String, start: Double, beats: Int, remarks: [String], made: UTC
    ) {
        self.code = code
        self.digest = digest
        self.format = format
        self.start = start
        self.beats = beats
        self.remarks = remarks
        self.made = made
    }
}
