/// One entry of the 256-colour palette of a terminal.
///
/// The named colours stand nearest to those of Okabe and Ito's set for colour-blind readers that can be read on dark
/// and on light ground. There is no red-green pair, and no meaning may rest on a colour alone.
public struct Colour: Hashable, Sendable {
    /// The palette's index, 0 to 255.
    public let index: UInt8

    /// Picks an entry by its index, 0 to 255.
    public init(index: UInt8) {
        self.index = index
    }

    /// Blue, #0087d7 (Okabe and Ito's #0072B2, a step lighter so that it reads on black).
    public static let blue = Colour(index: 32)
    /// Orange, #d78700 (Okabe and Ito's #E69F00, a step darker so that it reads on white).
    public static let orange = Colour(index: 172)
    /// Grey, #8a8a8a, for what may be overlooked.
    public static let grey = Colour(index: 245)
}
