internal import Practice
internal import Terminal

/// The places of a group and how their straps are doing, in two columns of entries.
struct PairPlaces {
    let view: PairingView
    let rows: Range<Int>
    let columns: Range<Int>

    private static let cleanEnough = 0.9
    /// The widest entry.
    private static let entry = 48

    /// How many rows the places take below the question.
    static func rowsNeeded(_ view: PairingView, isTight: Bool) -> Int {
        let entries = (view.places.count + 1) / 2
        return min(isTight ? 3 : 5, max(1, entries + (isTight ? 0 : 1)))
    }

    func draw(on screen: inout Screen) {
        let isNarrow = columns.count < 72
        let isOneColumn = columns.count < Self.entry + 6
        let height = rows.count
        let perColumn = isOneColumn ? height : max(1, (view.places.count + 1) / 2)
        let shown = visible(
            perColumn: min(perColumn, height - (isOneColumn ? 0 : adviceRows)), isOneColumn: isOneColumn)
        let leftWidth = isOneColumn ? columns.count : (isNarrow ? columns.count / 2 : Self.entry)
        for (index, place) in shown.left.enumerated() {
            draw(place, column: columns.lowerBound + 1, row: rows.lowerBound + index, width: leftWidth - 1, on: &screen)
        }
        for (index, place) in shown.right.enumerated() {
            let column = columns.lowerBound + leftWidth + 1
            let width = columns.upperBound - column
            draw(place, column: column, row: rows.lowerBound + index, width: width, on: &screen)
        }
        drawAdvice(on: &screen)
    }

    private var adviceRows: Int { rows.count > 3 ? 1 : 0 }

    /// The entries of both columns, the one whose turn it is always among them.
    private func visible(
        perColumn: Int, isOneColumn: Bool
    ) -> (left: ArraySlice<PairingView.Place>, right: ArraySlice<PairingView.Place>) {
        let room = isOneColumn ? perColumn : perColumn * 2
        let current = view.places.firstIndex { $0.code == view.code } ?? 0
        let start = view.places.count <= room ? 0 : min(max(0, current - room / 2), view.places.count - room)
        let shown = view.places[start..<min(view.places.count, start + room)]
        return (shown.prefix(perColumn), isOneColumn ? [] : shown.dropFirst(perColumn))
    }

    private func draw(_ place: PairingView.Place, column: Int, row: Int, width: Int, on screen: inout Screen) {
        let isCurrent = place.code == view.code
        let code = place.code.description
        screen.write(code, column: column, row: row, style: isCurrent ? Look.title : .plain, width: width)
        let start = column + code.count + 2
        let rest = width - code.count - 2
        let (text, style) = entry(place.seat, isCurrent: isCurrent, isShort: rest < 28)
        screen.write(DisplayWidth.fit(text, columns: max(0, rest)), column: start, row: row, style: style)
    }

    private func entry(_ seat: PairingView.Seat, isCurrent: Bool, isShort: Bool) -> (String, Style) {
        switch seat {
        case .open: (isCurrent ? "now" : Figures.absent, isCurrent ? Look.title : Look.absent)
        case .later: (isCurrent ? "now" : "later", isCurrent ? Look.title : Look.absent)
        case .absent: ("not taking part", Look.absent)
        case .given(let strap): ("\(padded("ok", isShort ? 6 : 7))\(strap.printedID)", .plain)
        case .lost(let strap): ("\(padded("lost", isShort ? 6 : 7))\(strap.printedID) retrying", Look.care)
        case .worn(let strap, let rate, let clean):
            (
                worn(strap, rate, isShort ? nil : clean, word: needsCare(clean) ? "check" : "ok"),
                needsCare(clean) ? Look.care : .plain
            )
        }
    }

    private func worn(_ strap: StrapIdentity, _ rate: Int?, _ clean: Double?, word: String) -> String {
        let heart = "HR \(rate.map(String.init) ?? Figures.absent)"
        guard let clean else { return "\(padded(word, 6))\(strap.printedID) \(heart)" }
        return "\(padded(word, 7))\(strap.printedID)  \(padded(heart, 6))  \(Figures.percent(clean)) % clean"
    }

    private func padded(_ text: String, _ columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - text.count))
    }

    private func needsCare(_ clean: Double?) -> Bool { clean.map { $0 < Self.cleanEnough } ?? false }

    /// Whom to help, and how.
    private func drawAdvice(on screen: inout Screen) {
        guard adviceRows > 0 else { return }
        let worse = view.places.first { place in
            if case .worn(_, _, let clean) = place.seat { needsCare(clean) } else { false }
        }
        guard let worse else { return }
        screen.write(
            "\(worse.code): re-wet the pads, tighten the strap", column: columns.lowerBound + 1,
            row: rows.upperBound - 1, style: Look.care, width: columns.count - 2)
    }
}
