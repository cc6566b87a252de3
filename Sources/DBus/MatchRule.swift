/// Which signals to hear (D-Bus specification, "Match rules"); what is nil matches everything.
public struct MatchRule: Sendable, Hashable, CustomStringConvertible {
    /// The connection the signal comes from: a unique name, or a well-known one, which means its present owner.
    public var sender: String?
    /// The object the signal speaks of.
    public var path: ObjectPath?
    /// An object that is, or is above, the one the signal speaks of; not together with `path`.
    public var pathNamespace: ObjectPath?
    /// The interface of the signal.
    public var interface: String?
    /// The signal's name.
    public var member: String?
    /// The first argument, which must be a string.
    public var arg0: String?
    /// The first argument, a bus or interface name, or a name above it.
    public var arg0Namespace: String?

    /// Makes a rule; the bus checks it when it is added.
    public init(
        sender: String? = nil, path: ObjectPath? = nil, pathNamespace: ObjectPath? = nil, interface: String? = nil,
        member: String? = nil, arg0: String? = nil, arg0Namespace: String? = nil
    ) {
        self.sender = sender
        self.path = path
        self.pathNamespace = pathNamespace
        self.interface = interface
        self.member = member
        self.arg0 = arg0
        self.arg0Namespace = arg0Namespace
    }

    /// The daemon's word about a bus name that changed hands: the name, its old owner, its new one (empty: none).
    public static func nameOwnerChanged(_ name: String) -> MatchRule {
        MatchRule(
            sender: Bus.name, path: Bus.path, interface: Bus.interface, member: "NameOwnerChanged", arg0: name)
    }

    /// The rule as the bus daemon reads it.
    public var rule: String {
        let terms: [(key: String, value: String?)] = [
            ("type", "signal"), ("sender", sender), ("path", path?.rawValue),
            ("path_namespace", pathNamespace?.rawValue), ("interface", interface), ("member", member), ("arg0", arg0),
            ("arg0namespace", arg0Namespace),
        ]
        return terms.compactMap { term in term.value.map { "\(term.key)='\(Self.quoted($0))'" } }
            .joined(separator: ",")
    }

    /// The rule as the bus daemon reads it.
    public var description: String { rule }

    /// Whether the rule's sender is a name that several connections may own one after the other.
    var wellKnownSender: String? {
        guard let sender, !sender.hasPrefix(":"), sender != Bus.name else { return nil }
        return sender
    }

    /// Whether a signal is one this rule asks for.
    /// - Parameters:
    ///   - signal: the signal.
    ///   - owners: the unique names of the owners of well-known names.
    /// - Returns: whether all the rule says is true of the signal.
    func matches(_ signal: Signal, owners: [String: String]) -> Bool {
        if let member, member != signal.member { return false }
        if let interface, interface != signal.interface { return false }
        if let path, path != signal.path { return false }
        if let pathNamespace, pathNamespace != signal.path, !signal.path.isDescendant(of: pathNamespace) {
            return false
        }
        if let name = wellKnownSender {
            guard let owner = owners[name], owner == signal.sender else { return false }
        } else if let sender, sender != signal.sender {
            return false
        }
        return matchesFirstArgument(of: signal)
    }

    private func matchesFirstArgument(of signal: Signal) -> Bool {
        guard arg0 != nil || arg0Namespace != nil else { return true }
        guard case .string(let first) = signal.arguments.first else { return false }
        if let arg0, arg0 != first { return false }
        if let arg0Namespace, arg0Namespace != first, !first.hasPrefix(arg0Namespace + ".") { return false }
        return true
    }

    /// Inside apostrophes only an apostrophe needs care: the text is closed, the apostrophe escaped, and opened again.
    private static func quoted(_ text: String) -> String {
        text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
    }
}
