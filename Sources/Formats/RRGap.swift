/// A place in a file where beats are missing.
public struct RRGap: Sendable, Hashable {
    /// The index of the interval before which they are missing.
    public let before: Int
    /// The line of that interval, counted from 1.
    public let line: Int
    /// The seconds lost; 0 where the file does not tell.
    public let seconds: Double
}
