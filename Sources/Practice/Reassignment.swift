public import Timekeeping

/// A correction made afterwards: what was recorded as one code's belongs to another's.
///
/// Nothing that was recorded is changed by it; it is applied whenever a session is read.
public struct Reassignment: Sendable, Hashable {
    /// Under whose code it was recorded.
    public var from: Code
    /// Whose it is.
    public var to: Code
    /// From when on, seconds from the session's start.
    public var start: Double
    /// Until when, exclusive; infinite for the end of the session.
    public var end: Double
    /// Whether what was recorded of `to` goes to `from` at the same time: two straps were mixed up.
    public var isExchange: Bool
    /// When somebody said so.
    public var made: UTC

    /// Makes a correction.
    public init(
        from: Code, to: Code, start: Double = 0, end: Double = .infinity, isExchange: Bool = false, made: UTC
    ) {
        self.from = from
        self.to = to
        self.start = start
        self.end = end
        self.isExchange = isExchange
        self.made = made
    }

    /// Whether the moment lies in it.
    public func contains(_ t: Double) -> Bool { t >= start && t < end }

    /// Whose something is that was recorded at `t` and was `code`'s until now.
    func owner(of code: Code, at t: Double) -> Code {
        guard contains(t) else { return code }
        if code == from { return to }
        return isExchange && code == to ? from : code
    }
}
