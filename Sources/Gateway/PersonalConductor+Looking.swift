import Practice
import Straps
import Timekeeping

/// While a strap is looked for.
extension PersonalConductor {
    /// How long nothing is said while a strap is looked for, session time.
    static let hintSeconds = 6.0
    private static let heldAdvice =
        "belongs to a session or to somebody; your own place there:  entrain me --code G1-03"
    private static let manyHeldAdvice =
        "belong to a session or to somebody; your own place there:  entrain me --code G1-03"

    /// The strap of which this is the printed ID, the name, the address, or an end of one, is the person's own.
    /// - Parameter text: what was typed.
    /// - Returns: why it is not looked at; nil when it is.
    public func choose(_ text: String) -> String? {
        guard ending == nil, strap == nil else { return nil }
        let meant = Set(nearness.signals.map(\.strap)).union(held).filter { identity(of: $0).matches(text) }
        guard let first = meant.first else { return "No strap '\(text)' is heard. Wet the pads, and hold it close." }
        guard meant.count == 1 else { return "'\(text)' means more than one strap. Type more of the ID." }
        guard !held.contains(first) else { return "\(identity(of: first).label) \(Self.heldAdvice)" }
        apply(.chosen(first))
        return nil
    }

    /// What to say while nobody is asked.
    var lookingWords: String {
        let rivals = nearness.rivals
        if !rivals.isEmpty {
            return "\(rivals.count) straps are about as near: come closer, or type the ID on your pod."
        }
        guard advice.isEmpty, clock.now().instant.seconds(since: lookingSince) >= Self.hintSeconds else {
            return advice
        }
        let isAnyFree = nearness.signals.contains { !held.contains($0.strap) }
        if isAnyFree || held.isEmpty { return "Nothing is near enough yet: hold it close, or type the ID on your pod." }
        return held.count == 1
            ? "The strap near \(Self.heldAdvice)" : "The \(held.count) straps near \(Self.manyHeldAdvice)"
    }

    /// Straps near that are somebody's, or that a session has.
    var held: Set<String> { elsewhere.union(plan.taken.filter { heard[$0] != nil }) }
}
