internal import CDBus
internal import Glibc
internal import Timekeeping

/// A message bus of one's own: a `dbus-daemon` that nobody else knows of, for tests, training and demonstrations.
///
/// It ends with `stop()`, with the last reference to it, and with this process however that ends.
public final class PrivateBus: Sendable {
    /// What the bus allows.
    public enum Configuration: Sendable, Hashable {
        /// A bus like a user's session bus: every name may be taken, every message sent, and limits are high.
        case permissive
        /// A configuration file of `dbus-daemon`; it must name an address, which is not used, but all else is.
        case file(String)
    }

    /// The D-Bus address the bus listens at.
    public let address: String
    private let directory: String
    private let daemon: ChildProcess

    private init(address: String, directory: String, daemon: ChildProcess) {
        self.address = address
        self.directory = directory
        self.daemon = daemon
    }

    deinit {
        stop()
    }

    /// Starts a bus and waits until it answers.
    /// - Parameters:
    ///   - configuration: what it allows.
    ///   - deadline: how long it may take to answer, in the machine's own time.
    /// - Returns: the running bus.
    /// - Throws: `Spawn.Failed` when `dbus-daemon` or `setpriv` is missing or ends at once, with what it printed;
    ///   `NoReply` after the deadline; `Cancelled` when the task was cancelled.
    public static func start(
        _ configuration: Configuration = .permissive, deadline: Duration = .seconds(20)
    ) async throws(DBusError) -> PrivateBus {
        let directory = try makeDirectory()
        do {
            let file: String
            switch configuration {
            case .permissive:
                file = directory + "/" + FileName.configuration
                try write(permissiveConfiguration, to: file)
            case .file(let given):
                file = given
            }
            let address = "unix:path=" + (try escaped(directory + "/" + FileName.socket))
            let daemon = try await ChildProcess.start(
                ["dbus-daemon", "--config-file=\(file)", "--address=\(address)", "--nofork", "--nopidfile"],
                log: directory + "/" + FileName.log)
            let bus = PrivateBus(address: address, directory: directory, daemon: daemon)
            try await bus.waitUntilItAnswers(MonotonicTime.after(deadline))
            return bus
        } catch {
            removeDirectory(directory)
            throw error.during("starting a private bus")
        }
    }

    /// Kills the bus, whatever it is doing, and removes its files.
    ///
    /// Connections to it end. The caller waits the moment that takes; a second call does nothing.
    public func stop() {
        daemon.stop()
        Self.removeDirectory(directory)
    }

    /// The socket is there before anybody listens, so only a whole greeting tells that the bus is up.
    private func waitUntilItAnswers(_ deadline: UInt64) async throws(DBusError) {
        while true {
            do {
                let connection = try await Connection.open(
                    .address(address), clock: MachineClock(), deadline: .seconds(5))
                return await connection.close()
            } catch {
                if daemon.hasEnded {
                    throw DBusError(
                        name: DBusError.Name.spawnFailed,
                        message: "dbus-daemon ended at once: \(Self.read(directory + "/" + FileName.log))")
                }
                guard MonotonicTime.now() < deadline, error.name != DBusError.Name.cancelled else { throw error }
            }
            do {
                try await Task.sleep(for: .milliseconds(5))
            } catch {
                throw DBusError(name: DBusError.Name.cancelled, message: "the waiting task was cancelled")
            }
        }
    }

    // MARK: Files

    private enum FileName {
        static let configuration = "configuration"
        static let socket = "bus"
        static let log = "log"
    }

    private static func makeDirectory() throws(DBusError) -> String {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/private-bus-XXXXXX".utf8CString)
        // Others may pass through, not look: the daemon's own policy says who may connect.
        guard mkdtemp(&template) != nil, chmod(template, 0o711) == 0 else {
            throw DBusError(
                name: DBusError.Name.spawnFailed, message: String(cString: strerror(errno)),
                operation: "making a directory in \(parent)")
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// A path as it stands in a D-Bus address.
    private static func escaped(_ path: String) throws(DBusError) -> String {
        guard let text = dbus_address_escape_value(path) else {
            throw DBusError(name: DBusError.Name.noMemory, message: "libdbus ran out of memory")
        }
        defer { dbus_free(text) }
        return String(cString: text)
    }

    private static func removeDirectory(_ directory: String) {
        for name in [FileName.configuration, FileName.socket, FileName.log] { unlink(directory + "/" + name) }
        rmdir(directory)
    }

    private static func write(_ text: String, to file: String) throws(DBusError) {
        guard let stream = fopen(file, "we") else {
            throw DBusError(
                name: DBusError.Name.spawnFailed, message: String(cString: strerror(errno)),
                operation: "writing \(file)")
        }
        let written = fputs(text, stream)
        guard fclose(stream) == 0, written >= 0 else {
            throw DBusError(
                name: DBusError.Name.spawnFailed, message: String(cString: strerror(errno)),
                operation: "writing \(file)")
        }
    }

    private static func read(_ file: String) -> String {
        guard let stream = fopen(file, "re") else { return "it left no word" }
        defer { fclose(stream) }
        var bytes = [UInt8](repeating: 0, count: 2000)
        let count = fread(&bytes, 1, bytes.count, stream)
        return String(decoding: bytes.prefix(count).filter { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    private static let permissiveConfiguration = """
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
         "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
          <type>session</type>
          <listen>unix:tmpdir=/tmp</listen><!-- asked for by the parser; the command line names the real one -->
          <auth>EXTERNAL</auth>
          <policy context="default">
            <allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/>
            <allow own="*"/>
          </policy>
          <limit name="max_incoming_bytes">1000000000</limit>
          <limit name="max_outgoing_bytes">1000000000</limit>
          <limit name="max_message_size">130000000</limit>
          <limit name="max_incoming_unix_fds">10000</limit>
          <limit name="max_outgoing_unix_fds">10000</limit>
          <limit name="max_completed_connections">10000</limit>
          <limit name="max_incomplete_connections">10000</limit>
          <limit name="max_connections_per_user">10000</limit>
          <limit name="max_names_per_connection">50000</limit>
          <limit name="max_match_rules_per_connection">50000</limit>
          <limit name="max_replies_per_connection">50000</limit>
        </busconfig>

        """
}
