import Glibc
import Testing

/// The service manager's end of sd_notify(3): a datagram socket that notes what it is told.
final class NotifySocket: Sendable {
    let path: String
    private let socket: Int32

    init(_ path: String) throws {
        self.path = path
        let opened = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        try #require(opened >= 0)
        socket = opened
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(opened, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
    }

    deinit { close(socket) }

    /// What was told since the last time, a datagram an element.
    func told() -> [String] {
        var all: [String] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT)), count > 0 {
            all.append(String(decoding: buffer.prefix(count), as: UTF8.self))
        }
        return all
    }
}
