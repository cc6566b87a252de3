import Gateway
import Practice
import Screens
import Store

/// Does what the coach asks for on the live screen.
struct Coach {
    let conductor: SessionConductor
    let store: Store
    let group: GroupName

    /// Does it; what cannot be done is told on the screen, and the session goes on.
    func carryOut(_ act: LiveControls.Act) async {
        do {
            switch act {
            case .next: await conductor.nextPhase()
            case .pause: await conductor.pause()
            case .mark(let code): await conductor.mark(code, "mark")
            case .end: await conductor.stop()
            case .swap(let code): await conductor.swapStrap(of: code)
            case .join(let code, let consent):
                if let consent { try await store.setConsent(code, consent) }
                await conductor.join(code, as: try await store.roster(group))
            case .withdraw(let code):
                _ = try await store.withdraw(code)
                await conductor.follow(try await store.roster(group))
            }
        } catch {
            await conductor.tell("\(error)")
        }
    }
}
