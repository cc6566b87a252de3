public import BlueZ

/// Why a session or a scan cannot begin or go on.
public enum GatewayError: Error, Sendable, CustomStringConvertible {
    /// The message bus or the Bluetooth service answered so.
    case bluetooth(BlueZError)
    /// bluetoothd does not run.
    case noService
    /// There is no adapter.
    case noAdapter
    /// None of the adapters that were asked for is there.
    case unknownAdapter(asked: [String], there: [String])
    /// Every adapter is off.
    case off([String])

    /// What is wrong and what to do next.
    public var description: String {
        switch self {
        case .bluetooth(let error): Self.text(of: error)
        case .noService:
            """
            The Bluetooth service (bluetoothd) does not run.
              Start it:          sudo systemctl start bluetooth
              Without Bluetooth: entrain sim --straps 8 -- entrain session start demo --size 8 --any --consent-on-paper
            """
        case .noAdapter:
            """
            There is no Bluetooth adapter.
              Plug one in, or see whether the system knows it:  bluetoothctl list
              Without Bluetooth:                                entrain sim --straps 8 -- entrain strap scan
            """
        case .unknownAdapter(let asked, let there):
            "There is no adapter \(asked.joined(separator: ", ")). There are: \(there.joined(separator: ", "))."
        case .off(let names):
            """
            Bluetooth is off (\(names.joined(separator: ", "))).
              Turn it on with:  bluetoothctl power on      then run this again.
              If it stays off:  rfkill unblock bluetooth
            """
        }
    }

    /// The commonest answers in the words of somebody who wants to go on; the bus's own name for it beside them.
    private static func text(of error: BlueZError) -> String {
        switch error.kind {
        case .policy:
            """
            Your account may not talk to Bluetooth (\(error.name)).
              Add it to the group bluetooth:  sudo usermod -aG bluetooth $USER      then log in again.
            """
        case .busGone:
            """
            The message bus cannot be reached: \(error.message).
              Start it:          sudo systemctl start dbus      or check DBUS_SYSTEM_BUS_ADDRESS.
              Without Bluetooth: entrain sim --straps 8 -- entrain strap scan
            """
        default: "\(error)"
        }
    }
}
