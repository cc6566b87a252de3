import DBus
import Gateway
import Practice
import Store
import Timekeeping

/// Offers a session on the bus, so that a second terminal and other programs can read and lead it.
///
/// Recording never waits for it: without a bus that lets this account own the name, the session is led from its own
/// terminal alone.
actor SessionOffering {
    private let handle: SessionHandle
    private var service: SessionService?
    private var roster: Roster?
    private var isOver = false

    init(_ handle: SessionHandle) {
        self.handle = handle
    }

    /// Offers the session on the system bus, else on the session bus, else nowhere.
    func begin(_ conductor: SessionConductor, clock: MachineClock, isVerbose: Bool) async {
        let offered: SessionService
        do {
            offered = try await SessionService.offer(
                conductor, info: handle.info, roster: roster, on: ServiceBus.addresses, clock: clock)
        } catch {
            if isVerbose { await conductor.tell("is led from this terminal alone: \(error)") }
            return
        }
        guard !isOver else { return await offered.close() }
        service = offered
        if let roster { await offered.follow(roster) }
        if isVerbose { await conductor.tell("can be led on \(offered.bus) as \(offered.busName)") }
        if let address = try? offered.bus.resolved() { handle.tell(bus: address) }
    }

    /// Takes the group as it is on record now.
    func follow(_ roster: Roster) async {
        self.roster = roster
        await service?.follow(roster)
    }

    /// Takes the session off the bus.
    func end() async {
        isOver = true
        await service?.close()
        service = nil
    }
}
