internal import Glibc

/// The size of the window that a terminal stands in.
public enum WindowSize {
    /// The size now, or nil where the descriptor is no terminal or the terminal does not know its size.
    ///
    /// Cheap enough to be asked before every frame, so no signal is needed to notice a change.
    public static func of(descriptor: Int32) -> ScreenSize? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
        return ScreenSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }
}
