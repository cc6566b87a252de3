/// Turns the bytes a terminal sends into keys.
///
/// Bytes may come in any portions. Escape alone and the start of a longer sequence look alike, so after a short
/// silence call ``flush()`` while ``isWaiting`` is true. Unknown sequences and bytes that are no UTF-8 are dropped.
/// Source: ECMA-48 (control sequences), xterm's ctlseqs (keys), Linux console_codes(4) (`ESC [ [ A` function keys).
public struct KeyDecoder: Sendable {
    private var pending: [UInt8] = []

    /// A decoder with nothing pending.
    public init() {}

    /// Whether bytes are kept that may be the start of something longer.
    public var isWaiting: Bool { !pending.isEmpty }

    /// Takes bytes and answers the keys that are complete.
    public mutating func feed(_ bytes: some Sequence<UInt8>) -> [Key] {
        pending.append(contentsOf: bytes)
        var keys: [Key] = []
        var start = 0
        while start < pending.count {
            guard let step = Self.step(pending[start...]) else { break }
            if let key = step.key { keys.append(key) }
            start += step.length
        }
        pending.removeFirst(start)
        return keys
    }

    /// Says that no more bytes came in time: a kept Escape was the key, anything else cut short is dropped.
    public mutating func flush() -> [Key] {
        defer { pending = [] }
        switch pending {
        case [0x1B]: return [.escape]
        case [0x1B, 0x5B]: return [.alt("[")]
        case [0x1B, 0x4F]: return [.alt("O")]
        default: return []
        }
    }

    /// What the next bytes mean: how many they are, and their key if they are one.
    private typealias Step = (length: Int, key: Key?)

    /// The longest control sequence that is waited for.
    private static let longestSequence = 32

    /// The meaning of the next bytes, or nil while more are needed to tell.
    private static func step(_ bytes: ArraySlice<UInt8>) -> Step? {
        guard let first = bytes.first else { return nil }
        switch first {
        case 0x1B: return escape(bytes)
        case 0x0D, 0x0A: return (1, .enter)
        case 0x09: return (1, .tab)
        case 0x08, 0x7F: return (1, .backspace)
        case 0x00: return (1, .control("@"))
        case 0x01...0x1A: return (1, .control(Character(Unicode.Scalar(first + 0x60))))
        case 0x1C...0x1F: return (1, .control(Character(Unicode.Scalar(first + 0x40))))
        default: return character(bytes).map { ($0.length, $0.value.map(Key.character)) }
        }
    }

    private static func escape(_ bytes: ArraySlice<UInt8>) -> Step? {
        guard let second = bytes.dropFirst().first else { return nil }
        switch second {
        case 0x5B: return controlSequence(bytes)
        case 0x4F:
            guard let final = bytes.dropFirst(2).first else { return nil }
            return (3, letterKey(final))
        case 0x1B, 0x00..<0x20, 0x7F: return (1, .escape)
        default: return character(bytes.dropFirst()).map { ($0.length + 1, $0.value.map(Key.alt)) }
        }
    }

    private static func controlSequence(_ bytes: ArraySlice<UInt8>) -> Step? {
        let body = bytes.dropFirst(2)
        if body.first == 0x5B {
            guard let final = body.dropFirst().first else { return nil }
            return (4, (0x41...0x45).contains(final) ? .function(Int(final) - 0x40) : nil)
        }
        for (offset, byte) in body.enumerated() {
            let length = offset + 3
            switch byte {
            case 0x40...0x7E: return (length, key(parameters: body.prefix(offset), final: byte))
            case 0x20...0x3F where length < longestSequence: continue
            case 0x20...0x3F: return (length, nil)
            default: return (length - 1, nil)  // a byte that has no place in a sequence ends it and counts anew
            }
        }
        return nil
    }

    private static func key(parameters: ArraySlice<UInt8>, final: UInt8) -> Key? {
        guard final == 0x7E else { return letterKey(final) }
        let number = parameters.prefix { $0 != 0x3B }.reduce(0) { sum, digit in
            (0x30...0x39).contains(digit) ? min(sum * 10 + Int(digit) - 0x30, 1000) : 1000
        }
        switch number {
        case 1, 7: return .home
        case 2: return .insert
        case 3: return .delete
        case 4, 8: return .end
        case 5: return .pageUp
        case 6: return .pageDown
        case 11...15: return .function(number - 10)
        case 17...21: return .function(number - 11)
        case 23...26: return .function(number - 12)
        case 28, 29: return .function(number - 13)
        case 31...34: return .function(number - 14)
        default: return nil
        }
    }

    private static func letterKey(_ final: UInt8) -> Key? {
        switch final {
        case 0x41: .up
        case 0x42: .down
        case 0x43: .right
        case 0x44: .left
        case 0x46: .end
        case 0x48: .home
        case 0x4D: .enter
        case 0x50...0x53: .function(Int(final) - 0x4F)
        case 0x5A: .backTab
        default: nil
        }
    }

    /// The next character of UTF-8, or a length to skip; nil while its last bytes are missing.
    private static func character(_ bytes: ArraySlice<UInt8>) -> (length: Int, value: Character?)? {
        guard let first = bytes.first else { return nil }
        let length: Int
        switch first {
        case 0x00..<0x80: length = 1
        case 0xC2..<0xE0: length = 2
        case 0xE0..<0xF0: length = 3
        case 0xF0..<0xF5: length = 4
        default: return (1, nil)
        }
        let tail = bytes.dropFirst().prefix(length - 1)
        if let wrong = tail.firstIndex(where: { $0 & 0xC0 != 0x80 }) { return (wrong - bytes.startIndex, nil) }
        guard tail.count == length - 1 else { return nil }
        guard let text = String(validating: bytes.prefix(length), as: UTF8.self) else { return (length, nil) }
        return (length, text.first)
    }
}
