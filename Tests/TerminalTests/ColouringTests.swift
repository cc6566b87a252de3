import Terminal
import Testing

struct ColouringTests {
    @Test(
        "a stream gets the looks that its user and terminal allow",
        arguments: [
            (true, ["TERM": "xterm-256color"], false, Colouring.palette), (true, [:], false, .palette),
            (false, ["TERM": "xterm"], false, .plain), (true, ["TERM": "dumb"], false, .plain),
            (true, ["NO_COLOR": "1"], false, .monochrome), (true, ["NO_COLOR": ""], false, .palette),
            (true, ["OWN_NO_COLOR": "1"], false, .monochrome), (true, ["OWN_NO_COLOR": ""], false, .palette),
            (true, ["TERM": "xterm"], true, .monochrome), (false, [:], true, .plain),
        ])
    func decided(isTerminal: Bool, environment: [String: String], refused: Bool, expected: Colouring) {
        let colouring = Colouring.decide(
            isTerminal: isTerminal, environment: environment, refused: refused, ownVariable: "OWN_NO_COLOR")
        #expect(colouring == expected)
    }

    @Test("a style is limited to what may be shown")
    func limited() {
        let style = Style([.bold, .reverse], ink: .orange, ground: .blue)
        #expect(style.limited(to: .palette) == style)
        #expect(style.limited(to: .monochrome) == Style([.bold, .reverse]))
        #expect(style.limited(to: .plain) == .plain)
    }
}
