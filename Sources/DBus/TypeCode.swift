/// The codes of the types as libdbus names them, for its macros do not reach Swift (`dbus-protocol.h`).
struct TypeCode: Hashable {
    let rawValue: Int32

    private init(_ letter: Unicode.Scalar) {
        rawValue = Int32(letter.value)
    }

    init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// No (further) value.
    static let end = TypeCode(rawValue: 0)
    static let byte = TypeCode("y")
    static let boolean = TypeCode("b")
    static let int16 = TypeCode("n")
    static let uint16 = TypeCode("q")
    static let int32 = TypeCode("i")
    static let uint32 = TypeCode("u")
    static let int64 = TypeCode("x")
    static let uint64 = TypeCode("t")
    static let double = TypeCode("d")
    static let string = TypeCode("s")
    static let objectPath = TypeCode("o")
    static let signature = TypeCode("g")
    static let unixFD = TypeCode("h")
    static let array = TypeCode("a")
    static let variant = TypeCode("v")
    static let structure = TypeCode("r")
    static let dictionaryEntry = TypeCode("e")
}
