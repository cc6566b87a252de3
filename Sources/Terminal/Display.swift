/// A terminal that shows one screen after another.
///
/// It remembers what it drew last, so each frame costs only its changes.
public struct Display: Sendable {
    private let descriptor: Int32
    private let renderer: ANSIRenderer
    private var shown: Screen?

    /// A display on a terminal's file descriptor whose contents are unknown.
    public init(descriptor: Int32, colouring: Colouring) {
        self.descriptor = descriptor
        renderer = ANSIRenderer(colouring: colouring)
    }

    /// Shows a screen.
    ///
    /// - Throws: ``TerminalError`` where the terminal is gone; the next screen is then drawn in full.
    public mutating func show(_ screen: Screen) throws(TerminalError) {
        let bytes = renderer.frame(screen, after: shown)
        shown = nil
        try TerminalOutput.write(bytes, to: descriptor)
        shown = screen
    }

    /// Forgets what was drawn, because something else wrote to the terminal: the next screen is drawn in full.
    public mutating func forget() {
        shown = nil
    }
}
