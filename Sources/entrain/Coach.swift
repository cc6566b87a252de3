import Gateway
import Practice
import Screens
import Store

/// Does what the coach asks for on the live screen.
struct Coach {
    let conductor: SessionConductor
    let store: Store
    let group: GroupName

    /// Does it; the session goes on also when it cannot be done.
    /// - Returns: why it cannot be done, which stands in the log then; nil when it is.
    func carryOut(_ act: LiveControls.Act) async -> String? {
        do {
            switch act {
            case .next: await conductor.nextPhase()
            case .pause: await conductor.pause()
            case .mark(let code): await conductor.mark(code, "mark")
            case .end: await conductor.stop()
            case .swap(let code, nil): await conductor.swapStrap(of: code)
            case .swap(let code, let strap?): try await give(strap, to: code)
            case .join(let code, let consent, let strap):
                if let consent { try await store.setConsent(code, consent) }
                try await join(code, strap)
            case .joinNew(let consent, let strap):
                try await join(try await store.addPlace(to: group, consent: consent), strap)
            case .withdraw(let code):
                _ = try await store.withdraw(code)
                await conductor.follow(try await store.roster(group))
            }
            return nil
        } catch {
            await conductor.tell("\(error)")
            return "\(error)"
        }
    }

    private func join(_ code: Code, _ strap: String?) async throws {
        await conductor.join(code, as: try await store.roster(group), takesNearest: strap == nil)
        if let strap { try await give(strap, to: code) }
    }

    /// Gives the strap that somebody named, for this session.
    private func give(_ strap: String, to code: Code) async throws {
        try await conductor.giveStrap(named: strap, to: code, among: try await store.knownStraps())
    }
}
