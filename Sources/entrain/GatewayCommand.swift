import ArgumentParser
import DBus
import Gateway
import Glibc

/// `entrain gateway`: the service without a screen.
struct GatewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway", abstract: "Run without a screen and take sessions over the bus.",
        discussion: """
            Examples:
              entrain gateway
              busctl call org.entrain.Gateway1 /org/entrain/Gateway1 \\
                org.entrain.Gateway1.Manager1 StartSession \\
                'sa{sv}' G1 2 Any b true ConsentOnPaper b true

            As a service:  sudo make install, then  sudo systemctl start entrain
            Ctrl-C ends it and its sessions; everything is kept.
            """)
    @OptionGroup var place: PlaceOption
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await Failing.run {
            let notifier = ServiceNotifier()
            // A folder that is unsafe or cannot be written is told at the start, not by the first session.
            try place.refuseUnsafeStore(global)
            _ = try global.openStore()
            let gateway = try await open()
            notifier.tell("READY=1\nSTATUS=\(await gateway.status)")
            StandardError.write("The gateway takes sessions on \(gateway.bus). Ctrl-C ends it.\n")
            let telling = Task { await tell(gateway, notifier) }
            let ended = await wait(for: gateway)
            telling.cancel()
            notifier.tell("STOPPING=1")
            await gateway.close()
            if !ended { throw Failure(.failed, "the message bus went away. Start the gateway again once it is back.") }
        }
    }

    private func open() async throws -> HeadlessGateway {
        let (folder, isMeant) = (global.dataFolder, place.unsealedAnyway)
        do {
            return try await HeadlessGateway.open(
                ServiceBus.addresses, version: Version.number, clock: Environment.clock()
            ) { request, bus throws(DBusError) in
                try SessionProcess(request, data: folder, isUnsafeMeant: isMeant, bus: bus)
            }
        } catch {
            switch error.name {
            case DBusError.Name.nameTaken:
                throw Failure(.failed, "a gateway runs already. See:  systemctl status entrain")
            case DBusError.Name.accessDenied:
                throw Failure(
                    .refused,
                    """
                    no bus lets this account own org.entrain.Gateway1.
                      Install the bus policy:  sudo make install
                      Become a member:         sudo usermod -aG entrain $USER      then log in again.
                    """)
            default: throw Failure(.failed, "\(error)")
            }
        }
    }

    /// Waits for a signal or for the end of the bus.
    /// - Returns: whether a signal came first.
    private func wait(for gateway: HeadlessGateway) async -> Bool {
        let signals = Signals.stream()
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                for await _ in signals { return true }
                return true
            }
            group.addTask {
                await gateway.waitUntilClosed()
                return false
            }
            let isSignal = await group.next() ?? true
            group.cancelAll()
            return isSignal
        }
    }

    /// Tells the service manager how the gateway fares, and that it lives, until cancelled.
    private func tell(_ gateway: HeadlessGateway, _ notifier: ServiceNotifier) async {
        var told = ""
        let pause = notifier.watchdog.map { $0 / 2 } ?? .seconds(5)
        while !Task.isCancelled {
            let status = await gateway.status
            if status != told { notifier.tell("STATUS=\(status)") }
            told = status
            if notifier.watchdog != nil, await gateway.answers() { notifier.tell("WATCHDOG=1") }
            do { try await Task.sleep(for: pause) } catch { return }
        }
    }
}

/// The buses on which sessions and the gateway are offered.
enum ServiceBus {
    /// Names the one bus a session of the gateway is to be offered on.
    static let variable = "ENTRAIN_SERVICE_BUS"

    /// The bus that was named, else the one that started this program, then the system bus, then the session bus.
    static var addresses: [BusAddress] {
        if let named = Environment.value(variable) { return [.address(named)] }
        let starter = Environment.value("DBUS_STARTER_ADDRESS").map { [BusAddress.address($0)] } ?? []
        return starter + [.system, .session]
    }
}
