internal import Practice

/// Numbers as they stand in the attributes of a picture.
enum Coordinate {
    /// Two decimals at most, none where it is whole.
    static func text(_ value: Double) -> String {
        var text = Figures.fixed(value, places: 2)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }
}
