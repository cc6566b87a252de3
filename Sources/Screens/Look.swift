internal import HRV
internal import Practice
internal import Terminal

/// The looks of the screens.
///
/// A word always says the same as a colour; nothing is red, and no person is marked as bad.
enum Look {
    static let title = Style.bold
    static let label = Style.dim
    static let rule = Style(.dim, ink: .grey)
    static let curve = Style(ink: .blue)
    static let absent = Style(ink: .grey)
    static let care = Style(.bold, ink: .orange)

    static func band(_ band: CoherenceBand) -> Style {
        switch band {
        case .low: Style(ink: .grey)
        case .medium: .plain
        case .high: Style(.bold, ink: .blue)
        }
    }

    static func strap(_ strap: StrapReadout) -> Style {
        switch strap {
        case .on: .plain
        case .waiting, .connecting: absent
        case .loose, .noBeats, .lost, .needsPerson: care
        }
    }
}
