import Gateway
import Practice

/// A reading that is shown: of a strap of one's own, or of one's place in a session.
protocol MeSource: Sendable {
    /// What happens, for one reader; ends with the reading.
    var events: AsyncStream<PersonalEvent> { get }
    /// Everything a screen shows, as of now.
    func view() async -> PersonalView
    /// Interrupts it or goes on.
    func pause() async
    /// Makes the pacer so many steps faster, or slower with a negative number.
    func changePacer(by steps: Int) async
    /// Shows and tells something that concerns the person.
    func tell(_ text: String) async
    /// Ends it now.
    func stop() async
}

extension PersonalConductor: MeSource {}
