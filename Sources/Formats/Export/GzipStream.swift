import CZlib

/// Packs bytes as gzip (RFC 1952): no file name, modification time 0, so that equal contents give equal files.
struct GzipStream: ~Copyable {
    private var stream: UnsafeMutablePointer<z_stream>
    private var room = [UInt8](repeating: 0, count: 65_536)

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // Window bits above 15 ask for gzip; zlib's own header has neither name nor time.
        let status = deflateInit2_(
            stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        precondition(status == Z_OK, "zlib has no memory")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Packs the next piece.
    mutating func packed(_ piece: [UInt8]) -> [UInt8] { run(piece, Z_NO_FLUSH) }

    /// The end of the file.
    mutating func finished() -> [UInt8] { run([], Z_FINISH) }

    private mutating func run(_ piece: [UInt8], _ flush: Int32) -> [UInt8] {
        var piece = piece
        var packed: [UInt8] = []
        piece.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            var isFull = true
            while isFull {
                let size = room.count
                room.withUnsafeMutableBufferPointer { output in
                    stream.pointee.next_out = output.baseAddress
                    stream.pointee.avail_out = UInt32(size)
                    _ = deflate(stream, flush)
                }
                packed += room[..<(size - Int(stream.pointee.avail_out))]
                isFull = stream.pointee.avail_out == 0
            }
            stream.pointee.next_in = nil
        }
        return packed
    }
}
