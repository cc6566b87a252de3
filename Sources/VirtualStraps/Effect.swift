internal import DBus

/// What the virtual daemon wants done on the bus, in this order.
enum Effect: Sendable, Hashable {
    /// These interfaces appear at a path, with these values.
    case add(ObjectPath, [String: [String: Value]])
    /// These interfaces disappear from a path; nil: all.
    case remove(ObjectPath, [String]?)
    /// Properties have new values, or none any more.
    case change(ObjectPath, interface: String, [String: Value], invalidated: [String] = [])
    /// The answer to the call with this number.
    case reply(Int, Result<[Value], DBusError>)
    /// The change just before was a notification.
    case sent(TruthRecord)
    /// The daemon leaves the bus; calls that wait get no answer.
    case vanish
    /// The daemon comes to the bus; what it has follows.
    case appear
}
