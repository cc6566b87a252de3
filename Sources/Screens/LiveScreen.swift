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
    /// - Parameters:
    ///   - view: the moment.
    ///   - controls: what the coach's keys have set.
    ///   - size: of the window.
    ///   - options: what a person asked of the screens.
    /// - Returns: the screen.
    public static func draw(
        _ view: LiveView, controls: LiveControls = LiveControls(), size: ScreenSize,
        options: ScreenOptions = ScreenOptions()
    ) -> Screen {
        var screen = Screen(size: size)
        if size.holds(smallest) {
            paint(controls.shown(view), controls, on: &screen)
        } else {
            TooSmall.draw(on: &screen, needed: smallest)
        }
        return options.isASCII ? screen.ascii : screen
    }

    private static func paint(_ view: LiveView, _ controls: LiveControls, on screen: inout Screen) {
        let codeWidth = view.readouts.map { $0.code.description.count }.max() ?? 0
        let columns = LiveColumns(width: screen.size.columns, codeWidth: codeWidth)
        let rows = LiveRows(
            height: screen.size.rows, codes: view.readouts.count, showsNext: !columns.isWide,
            showsGroup: view.rhythm != nil)
        LiveHeader(view: view, isWide: columns.isWide).draw(on: &screen)
        if controls.mode == .help {
            LiveHelp.draw(on: &screen)
        } else {
            LiveTable(columns: columns, rows: rows).draw(view.readouts, from: controls.scrolledCodes, on: &screen)
        }
        LiveFooter(view: view, controls: controls, rows: rows).draw(on: &screen)
    }
}
