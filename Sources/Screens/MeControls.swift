public import Terminal

/// What a person's keys have set in a personal reading, and what they ask of it: a pure reducer over keys.
public struct MeControls: Sendable, Hashable {
    /// What a key asks of the reading.
    public enum Act: Sendable, Hashable {
        /// It is interrupted, or goes on.
        case pause
        /// The sound is turned on or off.
        case sound(Bool)
        /// The pacer is made so many steps faster, or slower with a negative number.
        case pacer(Int)
        /// It ends.
        case stop
    }

    /// Whether no numbers are shown.
    public private(set) var hidesNumbers: Bool
    /// Whether the sound is on.
    public var hasSound: Bool

    /// As the command line asked for it.
    public init(hidesNumbers: Bool = false, hasSound: Bool = false) {
        self.hidesNumbers = hidesNumbers
        self.hasSound = hasSound
    }

    /// Takes a key; capitals mean the same.
    /// - Returns: what it asks of the reading; nil when it concerns the screen alone, or nothing.
    public mutating func press(_ key: Key) -> Act? {
        switch key {
        case .interrupt: return .stop
        case .character("q"), .character("Q"): return .stop
        case .character("h"), .character("H"): hidesNumbers.toggle()
        case .character("a"), .character("A"):
            hasSound.toggle()
            return .sound(hasSound)
        case .character(" "): return .pause
        // On most keyboards + needs Shift and = does not.
        case .character("+"), .character("="): return .pacer(1)
        case .character("-"), .character("_"): return .pacer(-1)
        default: break
        }
        return nil
    }
}
