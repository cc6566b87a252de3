import Practice

/// An account that calls the service, as far as rights go.
struct Caller: Sendable, Hashable {
    /// Numeric user id, from the bus.
    var user: UInt32
    /// Name of the account; nil when the machine knows none.
    var account: String?
    /// Whether it is root, the account of the service itself or a member of the group `entrain`.
    var isSteward: Bool
}

/// Who may do what with a session.
struct Rights: Sendable, Hashable {
    /// Accounts that codes are tied to.
    var accounts: [Code: String] = [:]

    /// Whether a caller may lead the session and read all of it.
    func maySteer(_ caller: Caller) -> Bool { caller.isSteward }

    /// Whether a caller may read a code: one that may steer, or the one account the code is tied to.
    func mayRead(_ code: Code, _ caller: Caller) -> Bool {
        if maySteer(caller) { return true }
        guard let account = caller.account else { return false }
        return accounts[code] == account
    }

    /// Who a caller is, in words that name no account: a session's record holds codes, never names.
    func words(for caller: Caller) -> String {
        let codes = accounts.filter { $0.value == caller.account }.keys.sorted()
        guard caller.account != nil, !codes.isEmpty else { return "an account that no code is tied to" }
        return "the account of " + codes.map(\.description).joined(separator: ", ")
    }
}
