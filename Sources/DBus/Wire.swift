internal import CDBus
internal import CLinux
internal import Timekeeping

/// One private libdbus connection: what Swift values go in and out through.
///
/// It lives on the event loop's thread. libdbus is asked for its watches only. It needs no timeout functions, for deadlines are the connection's own and no
/// pending call of libdbus is ever made; no dispatch-status function, for every turn of the loop drains the queue; and
/// no wake-up function, for nothing is sent from another thread.
final class Wire {
    private let connection: OpaquePointer
    private let loop: EventLoop
    private let source: UInt32
    /// A socket has two watches, one for reading and one for writing.
    private var watches: [Int32: [OpaquePointer]] = [:]
    private var watched: [Int32: UInt32] = [:]
    private var lastSerial: UInt32 = 0
    private var arrivals: UInt64 = 0

    /// Connects; authentication goes on while the loop turns.
    init(address: String, loop: EventLoop, source: UInt32) throws(DBusError) {
        guard Lexicon.isText(address) else { throw .invalidArguments("an address with a NUL in it") }
        var error = CDBus.DBusError()
        dbus_error_init(&error)
        defer { dbus_error_free(&error) }
        // Which signals this process ignores is its own affair; libdbus writes in a way that raises none.
        dbus_connection_set_change_sigpipe(0)
        guard let connection = dbus_connection_open_private(address, &error) else {
            throw DBusError(
                name: error.name.map { String(cString: $0) } ?? DBusError.Name.noServer,
                message: error.message.map { String(cString: $0) } ?? "")
        }
        self.connection = connection
        self.loop = loop
        self.source = source
        dbus_connection_set_exit_on_disconnect(connection, 0)
        // Ping and the like come to us, so that every serial number on this connection is ours.
        dbus_connection_set_route_peer_messages(connection, 1)
        let installed = dbus_connection_set_watch_functions(
            connection,
            { watch, context in
                Wire.from(context)?.add(watch)
                return 1
            },
            { watch, context in Wire.from(context)?.remove(watch) },
            { _, context in Wire.from(context)?.watchAll() },
            Unmanaged.passUnretained(self).toOpaque(), nil)
        guard installed != 0 else {
            close()
            throw DBusError(name: DBusError.Name.noMemory, message: "libdbus ran out of memory")
        }
    }

    /// Ends the connection; nothing may be called afterwards.
    func close() {
        dbus_connection_close(connection)
        _ = dbus_connection_set_watch_functions(connection, nil, nil, nil, nil, nil)
        dbus_connection_unref(connection)
    }

    /// Whether the bus is still at the other end.
    ///
    /// Messages may be left to read when it is not.
    var isConnected: Bool { dbus_connection_get_is_connected(connection) != 0 }

    /// Whether file descriptors can be sent.
    private var passesDescriptors: Bool {
        dbus_connection_can_send_type(connection, TypeCode.unixFD.rawValue) != 0
    }

    /// Tells libdbus the name the bus gave this connection.
    func setUniqueName(_ name: String) {
        dbus_bus_set_unique_name(connection, name)
    }

    // MARK: Messages

    /// Takes the next message off the queue; nil when none is there.
    func next(_ clock: any SessionClock) -> IncomingMessage? {
        while let message = dbus_connection_pop_message(connection) {
            defer { dbus_message_unref(message) }
            arrivals += 1
            if let incoming = IncomingMessage(message, received: clock.now(), arrival: arrivals) { return incoming }
        }
        return nil
    }

    /// A serial number for the next message, known before it is sent.
    func makeSerial() -> UInt32 {
        lastSerial = lastSerial == .max ? 1 : lastSerial + 1
        return lastSerial
    }

    /// Sends a message, or queues it when the socket is full.
    /// - Throws: `InvalidArgs` or `LimitsExceeded` for what must not be sent, `Disconnected` when the bus is gone.
    func send(_ outgoing: OutgoingMessage, serial: UInt32) throws(DBusError) {
        try outgoing.check()
        guard isConnected else { throw .disconnected("the bus is gone") }
        guard let message = Self.make(outgoing) else {
            throw DBusError(name: DBusError.Name.noMemory, message: "libdbus ran out of memory")
        }
        defer { dbus_message_unref(message) }
        dbus_message_set_serial(message, serial)
        guard MessageWriter.append(outgoing.arguments, to: message) else {
            throw DBusError(
                name: DBusError.Name.limitsExceeded, message: "no memory or file descriptor is left for a message")
        }
        guard dbus_message_contains_unix_fds(message) == 0 || passesDescriptors else {
            throw DBusError(name: DBusError.Name.limitsExceeded, message: "this bus passes no file descriptors")
        }
        guard dbus_connection_send(connection, message, nil) != 0 else {
            throw DBusError(name: DBusError.Name.noMemory, message: "libdbus ran out of memory")
        }
    }

    private static func make(_ outgoing: OutgoingMessage) -> OpaquePointer? {
        switch outgoing {
        case .call(let call, let wantsReply):
            let message = dbus_message_new_method_call(
                call.destination, call.path.rawValue, call.interface, call.member)
            if let message, !wantsReply { dbus_message_set_no_reply(message, 1) }
            return message
        case .signal(let destination, let path, let interface, let member, _):
            guard let message = dbus_message_new_signal(path.rawValue, interface, member) else { return nil }
            guard let destination else { return message }
            return completed(message, dbus_message_set_destination(message, destination))
        case .reply(let serial, let destination, _):
            return makeAnswer(DBUS_MESSAGE_TYPE_METHOD_RETURN, to: serial, destination)
        case .error(let serial, let destination, let error):
            guard let message = makeAnswer(DBUS_MESSAGE_TYPE_ERROR, to: serial, destination) else { return nil }
            return completed(message, dbus_message_set_error_name(message, error.name))
        }
    }

    private static func makeAnswer(_ type: Int32, to serial: UInt32, _ destination: String) -> OpaquePointer? {
        guard let message = dbus_message_new(type) else { return nil }
        dbus_message_set_no_reply(message, 1)
        guard dbus_message_set_reply_serial(message, serial) != 0 else { return completed(message, 0) }
        return completed(message, dbus_message_set_destination(message, destination))
    }

    /// The message, or nil after letting go of it when the step that should complete it failed.
    private static func completed(_ message: OpaquePointer, _ success: dbus_bool_t) -> OpaquePointer? {
        if success != 0 { return message }
        dbus_message_unref(message)
        return nil
    }

    // MARK: Watches

    private static func from(_ context: UnsafeMutableRawPointer?) -> Wire? {
        context.map { Unmanaged<Wire>.fromOpaque($0).takeUnretainedValue() }
    }

    private func add(_ watch: OpaquePointer?) {
        guard let watch else { return }
        watches[dbus_watch_get_unix_fd(watch), default: []].append(watch)
        watchAll()
    }

    private func remove(_ watch: OpaquePointer?) {
        guard let watch else { return }
        watches[dbus_watch_get_unix_fd(watch)]?.removeAll { $0 == watch }
        watchAll()
    }

    /// Merges what the watches of each descriptor ask for, and tells the kernel where that changed.
    private func watchAll() {
        for (fileDescriptor, watches) in watches {
            var events: UInt32 = 0
            for watch in watches where dbus_watch_get_enabled(watch) != 0 {
                let flags = dbus_watch_get_flags(watch)
                if flags & DBUS_WATCH_READABLE.rawValue != 0 { events |= EPOLLIN.rawValue }
                if flags & DBUS_WATCH_WRITABLE.rawValue != 0 { events |= EPOLLOUT.rawValue }
            }
            let before = watched.updateValue(events, forKey: fileDescriptor) ?? 0
            if before != events { loop.watch(fileDescriptor, for: source, events: events, before: before) }
        }
    }

    /// Reads and writes what the kernel says can be.
    func ready(_ fileDescriptor: Int32, _ events: UInt32) {
        var flags: UInt32 = 0
        if events & EPOLLIN.rawValue != 0 { flags |= DBUS_WATCH_READABLE.rawValue }
        if events & EPOLLOUT.rawValue != 0 { flags |= DBUS_WATCH_WRITABLE.rawValue }
        if events & EPOLLERR.rawValue != 0 { flags |= DBUS_WATCH_ERROR.rawValue }
        if events & EPOLLHUP.rawValue != 0 { flags |= DBUS_WATCH_HANGUP.rawValue }
        for watch in watches[fileDescriptor] ?? [] {
            // An earlier one of the two may have removed this one.
            guard watches[fileDescriptor]?.contains(watch) == true, dbus_watch_get_enabled(watch) != 0 else { continue }
            let always = DBUS_WATCH_ERROR.rawValue | DBUS_WATCH_HANGUP.rawValue
            let wanted = flags & (dbus_watch_get_flags(watch) | always)
            // False means that memory ran out; the kernel will tell again.
            if wanted != 0 { dbus_watch_handle(watch, wanted) }
        }
    }
}
