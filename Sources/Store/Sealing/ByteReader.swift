import FoundationEssentials

/// Bytes read in order; what does not hold what it says is damaged.
struct ByteReader {
    /// The bytes end early, or say what cannot be.
    struct Short: Error {}

    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    var isAtEnd: Bool { rest.isEmpty }
    /// How many bytes were read.
    var offset: Int { rest.startIndex }

    mutating func bytes(_ count: Int) throws -> [UInt8] {
        guard count >= 0, count <= rest.count else { throw Short() }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func byte() throws -> UInt8 { try bytes(1)[0] }

    mutating func number64() throws -> UInt64 { try bytes(8).reduce(0) { $0 << 8 | UInt64($1) } }

    /// A length or a count.
    mutating func count() throws -> Int { Int(try bytes(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }) }

    mutating func block() throws -> [UInt8] { try bytes(try count()) }

    mutating func text() throws -> String {
        guard let text = String(validating: try block(), as: UTF8.self) else { throw Short() }
        return text
    }
}

extension [UInt8] {
    /// Eight bytes, the highest first.
    mutating func put(_ number: UInt64) {
        append(contentsOf: stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> UInt64($0)) })
    }

    /// Four bytes, the highest first.
    mutating func put(count: Int) {
        let number = UInt32(clamping: count)
        append(contentsOf: stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> UInt32($0)) })
    }

    /// A length and so many bytes.
    mutating func put(block: some Collection<UInt8>) {
        put(count: block.count)
        append(contentsOf: block)
    }
}
