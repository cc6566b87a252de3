/// A terminal that shows one screen after another.
///
/// It remembers what it drew last, so each frame costs only its changes. It never waits for whoever reads the terminal:
/// a frame is drawn only once all of the one before is out, and what comes meanwhile is left out.
public struct Display: Sendable {
    private let output: NonblockingOutput
    private let renderer: ANSIRenderer
    private var shown: Screen?
    /// The rest of a frame that the terminal did not take yet.
    private var unsent: ArraySlice<UInt8> = []

    /// A display on a terminal's file descriptor whose contents are unknown.
    public init(descriptor: Int32, colouring: Colouring) {
        output = NonblockingOutput(descriptor)
        renderer = ANSIRenderer(colouring: colouring)
    }

    /// Shows a screen.
    ///
    /// - Returns: false where nobody reads what was drawn before: then this screen is left out.
    /// - Throws: ``TerminalError`` where the terminal is gone; the next screen is then drawn in full.
    @discardableResult
    public mutating func show(_ screen: Screen) throws(TerminalError) -> Bool {
        try send()
        guard unsent.isEmpty else { return false }
        unsent = renderer.frame(screen, after: shown)[...]
        shown = screen
        try send()
        return true
    }

    /// Forgets what was drawn, because something else wrote to the terminal: the next screen is drawn in full.
    public mutating func forget() {
        shown = nil
        unsent = []
    }

    private mutating func send() throws(TerminalError) {
        do throws(TerminalError) {
            unsent = unsent.dropFirst(try output.write(unsent))
        } catch {
            forget()
            throw error
        }
    }
}
