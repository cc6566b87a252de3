public import BlueZ

/// Why a strap cannot be pretended.
public enum PretendError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why the adapter of that name cannot advertise.
    case cannotAdvertise(String)
    /// The adapter of that name makes as many advertisements as it can.
    case slotsTaken(String)
    /// None of these adapters can be a strap.
    case notPeripheral([String])
    /// The Bluetooth service did not take the strap.
    case refused(BlueZError)
    /// The message bus went away.
    case busGone

    /// What is wrong and what to do next.
    public var description: String {
        switch self {
        case .cannotAdvertise(let adapter):
            """
            The adapter \(adapter) cannot advertise, so nobody would find a strap on it.
              See what it can:          bluetoothctl show
              Take another adapter:     entrain strap pretend --adapter hci1
            """
        case .slotsTaken(let adapter):
            """
            The adapter \(adapter) makes as many advertisements as it can.
              End another program that advertises (entrain strap pretend, bluetoothctl advertise), then run this again.
              Or take another adapter:  entrain strap pretend --adapter hci1
            """
        case .notPeripheral(let adapters):
            """
            \(adapters.joined(separator: ", ")) can look for straps, but cannot be one (no peripheral role).
              Plug in another Bluetooth LE adapter and name it:  entrain strap pretend --adapter hci1
            """
        case .refused(let error) where error.kind == .policy: GatewayError.bluetooth(error).description
        case .refused(let error) where error.kind == .serviceGone: GatewayError.noService.description
        case .refused(let error):
            """
            The Bluetooth service did not take the strap: \(error.message.isEmpty ? error.name : error.message).
              Run this again. If that does not help:  sudo systemctl restart bluetooth
            """
        case .busGone:
            "The message bus went away. Once it is back, run this again."
        }
    }

    init(_ error: GattServerError, adapter: String) {
        switch error {
        case .cannotAdvertise: self = .cannotAdvertise(adapter)
        case .slotsTaken: self = .slotsTaken(adapter)
        case .bluetooth(let error): self = error.kind == .busGone ? .busGone : .refused(error)
        }
    }
}
