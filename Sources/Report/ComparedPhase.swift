internal import Practice

/// The two phases that a report holds beside one another.
struct ComparedPhase {
    let span: PhaseSequence.Span
    let colour: String
    let isDashed: Bool

    /// The longest baseline, dashed and grey, and the longest practice, solid and blue; what there is of them.
    static func all(of person: PersonRecord) -> [ComparedPhase] {
        let baseline = person.longest(\.isBaseline).map {
            ComparedPhase(span: $0, colour: Palette.baseline, isDashed: true)
        }
        let practice = person.longest(\.isPractice).map {
            ComparedPhase(span: $0, colour: Palette.practice, isDashed: false)
        }
        return [baseline, practice].compactMap(\.self)
    }
}
