/// One file of an export, written in pieces.
public struct ExportFile: Sendable {
    /// Takes the pieces of a file.
    public typealias Sink = ([UInt8]) throws -> Void

    /// Where it lies in the export, such as `kubios/G1-01_rr.txt`.
    public let path: String
    private let produce: @Sendable (Sink) throws -> Void

    init(_ path: String, _ produce: @escaping @Sendable (Sink) throws -> Void) {
        self.path = path
        self.produce = produce
    }

    /// A file that is small enough to be made at once.
    init(_ path: String, text: @escaping @Sendable () -> String) {
        self.init(path) { sink in try sink(Array(text().utf8)) }
    }

    /// Hands the pieces on.
    /// - Throws: what `sink` throws.
    public func write(to sink: Sink) throws { try produce(sink) }
}
