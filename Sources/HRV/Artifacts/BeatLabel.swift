/// What the artefact step thinks of one interval.
///
/// The raw value is the letter written to files. Source: Lipponen & Tarvainen 2019, doi 10.1080/03091902.2019.1640306.
public enum BeatLabel: Character, Sendable, CaseIterable, CustomStringConvertible {
    /// Normal: kept as it is.
    case normal = "N"
    /// Ectopic: a beat out of turn; replaced by interpolation.
    case ectopic = "E"
    /// Short: replaced by interpolation.
    case short = "S"
    /// Long: replaced by interpolation.
    case long = "L"
    /// A beat was missed inside this interval; the interval is split in two.
    case missed = "M"
    /// This interval ends on a beat that was none; it is joined with the next.
    case extra = "X"

    /// The letter of the label.
    public var description: String { String(rawValue) }

    /// Whether the interval's value is replaced by interpolation between its good neighbours.
    var isReplaced: Bool {
        switch self {
        case .ectopic, .short, .long: true
        case .normal, .missed, .extra: false
        }
    }
}
