public import Practice
public import Terminal

/// The screen a coach watches while a session runs.
///
/// Full from 80×24 on; below 80 columns columns are left out one after another, from 120 on more are shown, and below
/// 60×16 there is only a request for a larger window, while the session goes on.
public enum LiveScreen {
    /// The smallest window that is drawn into.
    public static let smallest = ScreenSize(columns: 60, rows: 16)

    /// Draws one moment of a session.
    public static func draw(_ view: LiveView, size: ScreenSize, options: ScreenOptions = ScreenOptions()) -> Screen {
        var screen = Screen(size: size)
        if size.holds(smallest) {
            paint(view, on: &screen)
        } else {
            TooSmall.draw(on: &screen, needed: smallest)
        }
        return options.isASCII ? screen.ascii : screen
    }

    private static func paint(_ view: LiveView, on screen: inout Screen) {
        let codeWidth = view.readouts.map { $0.code.description.count }.max() ?? 0
        let columns = LiveColumns(width: screen.size.columns, codeWidth: codeWidth)
        let rows = LiveRows(
            height: screen.size.rows, codes: view.readouts.count, showsNext: !columns.isWide,
            showsGroup: view.rhythm != nil)
        LiveHeader(view: view, isWide: columns.isWide).draw(on: &screen)
        LiveTable(columns: columns, rows: rows).draw(view.readouts, on: &screen)
        LiveFooter(view: view, rows: rows).draw(on: &screen)
    }
}
