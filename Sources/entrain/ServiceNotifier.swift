import Glibc

/// Tells the service manager how this program fares: datagrams to `NOTIFY_SOCKET` (sd_notify(3)); silent without one.
struct ServiceNotifier {
    private let path: String?
    /// How often the manager wants to hear from us, machine time; nil when it has no watchdog for this process.
    let watchdog: Duration?

    init(_ environment: [String: String] = Environment.all) {
        path = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        let process = environment["WATCHDOG_PID"].flatMap { Int32($0) } ?? getpid()
        let microseconds = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
        watchdog = microseconds > 0 && process == getpid() ? .microseconds(microseconds) : nil
    }

    /// Sends a state such as `READY=1`; a manager that does not listen is no reason to fail.
    func tell(_ state: String) {
        guard let path else { return }
        let socket = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return }
        defer { close(socket) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var bytes = Array(path.utf8)
        // An abstract socket is written with @ in the variable and with 0 in the address.
        if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard bytes.count < room else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let text = Array(state.utf8)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = sendto(socket, text, text.count, Int32(MSG_NOSIGNAL), address, length)
            }
        }
    }
}
