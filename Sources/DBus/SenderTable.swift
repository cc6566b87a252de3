/// Who owns the well-known names that match rules name as senders, as the bus daemon says.
///
/// Signals carry the unique name of their sender only, and anyone may send a signal straight to anyone: without this a
/// stream could not tell a service's signals from forged ones.
struct SenderTable {
    /// The unique name of each name's owner; names without one are missing.
    private(set) var owners: [String: String] = [:]
    private var users: [String: Int] = [:]

    /// Counts one more stream that needs the owner of a name.
    mutating func retain(_ name: String) {
        users[name, default: 0] += 1
    }

    /// Counts one stream less; the owner is forgotten with the last.
    mutating func release(_ name: String) {
        guard let count = users[name] else { return }
        users[name] = count == 1 ? nil : count - 1
        if count == 1 { owners[name] = nil }
    }

    /// Takes in what the daemon said about a name; an empty owner means none.
    mutating func setOwner(_ owner: String, of name: String) {
        guard users[name] != nil else { return }
        owners[name] = owner.isEmpty ? nil : owner
    }
}
