/// Which columns a live table has at some width, and where they stand.
///
/// From the full set, what does not fit is left out in the order dBm, battery, sparkline, bar; code, heart rate and
/// word always stay.
struct LiveColumns: Equatable {
    /// A column of the table.
    enum Kind: CaseIterable {
        case code, heartRate, beats, bar, history, score, word, bands, peak, clean, battery, strap, signal
    }

    /// The columns of the wide layout begin here.
    static let wideWidth = 120

    private let places: [Kind: Range<Int>]
    /// Whether this is the wide layout, with the coherence of the whole session.
    let isWide: Bool

    /// The columns for a window of `width` columns and codes of up to `codeWidth` characters.
    init(width: Int, codeWidth: Int) {
        let codeWidth = max(5, codeWidth)
        let wide = Self.wide(codeWidth: codeWidth, beats: 0)
        let room = width - 1 - Self.end(of: wide)
        if width >= Self.wideWidth, room >= 20 {
            isWide = true
            places = Self.placed(Self.wide(codeWidth: codeWidth, beats: room))
            return
        }
        isWide = false
        // From 80 columns on the curve takes what is over, and gives way to long codes.
        let curve = max(12, min(width - 60, width - Self.end(of: Self.full(codeWidth: codeWidth, beats: 0))))
        var columns = Self.full(codeWidth: codeWidth, beats: width < 80 ? 20 : curve)
        for kind in [Kind.battery, .beats, .bar] where Self.end(of: columns) > width {
            columns.removeAll { $0.kind == kind }
        }
        places = Self.placed(columns)
    }

    /// Where a column stands; nil where it is left out.
    subscript(kind: Kind) -> Range<Int>? { places[kind] }

    /// The seconds of beats that the curve shows.
    var beatSeconds: Int { (self[.beats]?.count ?? 0) >= 30 ? 60 : 30 }

    private typealias Column = (kind: Kind, width: Int, gap: Int)

    private static func full(codeWidth: Int, beats: Int) -> [Column] {
        [
            (.code, codeWidth, 1), (.heartRate, 3, 2), (.beats, beats, 2), (.bar, 10, 2), (.word, 10, 2),
            (.clean, 5, 1), (.battery, 5, 1), (.strap, 6, 2),
        ]
    }

    private static func wide(codeWidth: Int, beats: Int) -> [Column] {
        [
            (.code, codeWidth, 1), (.heartRate, 3, 2), (.beats, beats, 2), (.history, 16, 2), (.score, 4, 2),
            (.word, 10, 2), (.bands, 14, 2), (.peak, 6, 2), (.clean, 5, 2), (.battery, 5, 1), (.strap, 6, 2),
            (.signal, 4, 1),
        ]
    }

    private static func end(of columns: [Column]) -> Int {
        columns.reduce(0) { $0 + $1.gap + $1.width }
    }

    private static func placed(_ columns: [Column]) -> [Kind: Range<Int>] {
        var at = 0
        return columns.reduce(into: [:]) { places, column in
            at += column.gap
            places[column.kind] = at..<at + column.width
            at += column.width
        }
    }
}
