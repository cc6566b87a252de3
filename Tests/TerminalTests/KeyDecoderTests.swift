import Terminal
import Testing

struct KeyDecoderTests {
    static let table: [(String, [Key])] = [
        ("q", [.character("q")]), (" ", [.character(" ")]), ("né漢👍", ["n", "é", "漢", "👍"].map(Key.character)),
        ("\u{3}", [.interrupt]), ("\u{1A}", [.control("z")]), ("\u{0}", [.control("@")]), ("\u{1C}", [.control("\\")]),
        ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{7F}", [.backspace]), ("\u{8}", [.backspace]),
        ("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", [.up, .down, .right, .left]), ("\u{1B}OA", [.up]),
        ("\u{1B}OP", [.function(1)]),
        ("\u{1B}[1;5C", [.right]), ("\u{1B}[H\u{1B}[F", [.home, .end]), ("\u{1B}[1~\u{1B}[4~", [.home, .end]),
        ("\u{1B}[2~\u{1B}[3~\u{1B}[5~\u{1B}[6~", [.insert, .delete, .pageUp, .pageDown]), ("\u{1B}[3;2~", [.delete]),
        ("\u{1B}[15~\u{1B}[17~\u{1B}[24~", [.function(5), .function(6), .function(12)]), ("\u{1B}[Z", [.backTab]),
        ("\u{1B}[[A\u{1B}[[E", [.function(1), .function(5)]), ("\u{1B}x", [.alt("x")]), ("\u{1B}é", [.alt("é")]),
        ("\u{1B}\u{1B}[A", [.escape, .up]), ("\u{1B}\rq", [.escape, .enter, .character("q")]),
        ("\u{1B}[200~q", [.character("q")]), ("\u{1B}[?1;2cq", [.character("q")]), ("\u{1B}[1\u{3}", [.interrupt]),
        ("\u{1B}[99999999999999999999~q", [.character("q")]),
    ]

    @Test("bytes become keys", arguments: table)
    func keys(bytes: String, expected: [Key]) {
        var decoder = KeyDecoder()
        #expect(decoder.feed(bytes.utf8) == expected)
        #expect(!decoder.isWaiting)
    }

    @Test("it makes no difference in how many portions the bytes come", arguments: table)
    func portions(bytes: String, expected: [Key]) {
        var decoder = KeyDecoder()
        #expect(bytes.utf8.flatMap { decoder.feed([$0]) } == expected)
    }

    @Test(
        "silence turns a kept Escape into a key and drops what was cut short",
        arguments: [
            ([0x1B], [.escape]), ([0x1B, 0x5B], [.alt("[")]), ([0x1B, 0x4F], [.alt("O")]), ([0x1B, 0x5B, 0x31], []),
            ([0xE6, 0xBC], []),
        ] as [([UInt8], [Key])])
    func silence(bytes: [UInt8], expected: [Key]) {
        var decoder = KeyDecoder()
        #expect(decoder.feed(bytes).isEmpty)
        #expect(decoder.isWaiting)
        #expect(decoder.flush() == expected)
        #expect(!decoder.isWaiting)
        #expect(decoder.feed([0x71]) == [.character("q")])
    }

    @Test(
        "bytes that are no UTF-8 are dropped and what follows is read",
        arguments: [[0xFF], [0x80], [0xC0, 0x80], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]] as [[UInt8]])
    func invalid(bytes: [UInt8]) {
        var decoder = KeyDecoder()
        #expect(decoder.feed(bytes + [0x71]) == [.character("q")])
    }

    @Test("an endless sequence is given up")
    func endless() {
        var decoder = KeyDecoder()
        _ = decoder.feed([0x1B, 0x5B] + [UInt8](repeating: 0x31, count: 40))
        #expect(!decoder.isWaiting)
    }
}
