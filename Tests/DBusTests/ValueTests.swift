import DBus
import Testing

@Suite("Values are read by what they are")
struct ValueTests {
    @Test(
        "an integer of any width is an Int, and nothing else is",
        arguments: [
            (.byte(255), 255), (.int16(-2), -2), (.uint16(2), 2), (.int32(-3), -3), (.uint32(3), 3),
            (.int64(.min), Int.min),
            (.uint64(4), 4), (.uint64(.max), nil), (.double(1), nil), (.boolean(true), nil), (.string("1"), nil),
            (.variant(.variant(.byte(1))), 1),
        ] as [(Value, Int?)])
    func integers(_ value: Value, _ expected: Int?) {
        #expect(value.int == expected)
    }

    @Test("accessors look through variants and refuse other types")
    func accessors() throws {
        let path = ObjectPath(literal: "/org/bluez")
        #expect(Value.variant(.string("a")).string == "a")
        #expect(Value.objectPath(path).string == nil)
        #expect(Value.variant(.objectPath(path)).objectPath == path)
        #expect(Value.variant(.boolean(true)).bool == true)
        #expect(Value.int32(1).bool == nil)
        #expect(Value.variant(.double(0.5)).double == 0.5)
        #expect(Value.bytes([1, 2]).bytes == [1, 2])
        #expect(Value.array([.byte(1)], of: .byte).bytes == [1])
        #expect(Value.bytes([1, 2]).array == [.byte(1), .byte(2)])
        #expect(Value.strings(["a", "b"]).strings == ["a", "b"])
        #expect(Value.objectPaths([path]).strings == nil)
        #expect(Value.structure([.byte(1)]).members == [.byte(1)])
        #expect(Value.variant(.variant(.byte(1))).unwrapped == .byte(1))
    }

    @Test("properties come out of their variants, and go into them once")
    func properties() {
        let value = Value.properties(["Connected": .boolean(true), "Wrapped": .variant(.byte(1))])
        #expect(value.signature == .properties)
        #expect(value.properties == ["Connected": .boolean(true), "Wrapped": .byte(1)])
        #expect(value.dictionary?["Wrapped"] == .variant(.byte(1)))
        #expect(Value.dictionary([.byte(1): .byte(2)], key: .byte, value: .byte).dictionary == nil)
        #expect(Value.dictionary([.byte(1): .byte(2)], key: .byte, value: .byte).entries == [.byte(1): .byte(2)])
    }

    @Test(
        "a value knows its type",
        arguments: [
            (.properties([:]), "a{sv}"), (.strings([]), "as"), (.bytes([]), "ay"), (.variant(.byte(1)), "v"),
            (.structure([.byte(1), .array([], of: .objectPath), .double(0)]), "(yaod)"),
            (.array([], of: Signature(literal: "(yyay)")), "a(yyay)"),
        ] as [(Value, String)])
    func signature(_ value: Value, _ expected: String) {
        #expect(value.signature.rawValue == expected)
    }
}
