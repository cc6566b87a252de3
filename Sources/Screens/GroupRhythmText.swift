internal import Practice

/// The group's rhythm in words: of the group as a whole, never of a person.
enum GroupRhythmText {
    /// One line: the figure with its scale, and how many straps stand behind it.
    static func line(_ rhythm: GroupRhythm, locking: Double) -> String {
        let step = rhythm.resultant.map { ", in step \(Figures.fixed($0, places: 2))" } ?? ""
        return "moves together \(Figures.fixed(locking, places: 2)) of 1\(step), \(rhythm.codes) straps"
    }

    /// Those to tell: of a phase that a pause cut into parts, the parts with a figure, or one reason for all.
    static func told(_ rhythms: [GroupRhythm]) -> [GroupRhythm] {
        var withoutFigure: Set<String> = []
        return rhythms.filter { rhythm in
            if rhythm.locking != nil { return true }
            guard !rhythms.contains(where: { $0.phase == rhythm.phase && $0.locking != nil }) else { return false }
            return withoutFigure.insert(rhythm.phase).inserted
        }
    }

    /// The same, or why there is no figure.
    static func line(_ rhythm: GroupRhythm) -> String {
        if let locking = rhythm.locking { return line(rhythm, locking: locking) }
        return "\(Figures.absent)  \(rhythm.reason ?? "no figure")"
    }
}
