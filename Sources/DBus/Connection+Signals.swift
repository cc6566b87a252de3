extension Connection {
    /// Listens to signals: one stream, in the order they came, for all the rules together.
    ///
    /// The bus knows the rules when this returns: what is sent from then on is heard. A signal comes once however many
    /// rules it matches, and nothing is ever dropped: read the stream quickly. It finishes when the connection ends; the
    /// rules are taken back when the stream is let go of or its reader is cancelled.
    /// - Parameter rules: what to hear; a signal that matches any of them is heard.
    /// - Returns: the stream, for one reader.
    /// - Throws: what the bus says to a bad rule (`MatchRuleInvalid`) or to too many (`LimitsExceeded`), and all that
    ///   `call` throws.
    public func signals(_ rules: [MatchRule]) async throws(DBusError) -> AsyncStream<Signal> {
        let (stream, continuation) = AsyncStream.makeStream(of: Signal.self, bufferingPolicy: .unbounded)
        lastSubscription += 1
        let number = lastSubscription
        subscriptions[number] = Subscription(rules: rules, continuation: continuation)
        var added: [MatchRule] = []
        var retained: [String] = []
        do {
            for name in Set(rules.compactMap(\.wellKnownSender)).sorted() {
                senders.retain(name)
                retained.append(name)
                added.append(.nameOwnerChanged(name))
                try await addRule(.nameOwnerChanged(name))
                try await lookUpOwner(of: name)
            }
            for rule in rules {
                added.append(rule)
                try await addRule(rule)
            }
        } catch {
            subscriptions[number] = nil
            for name in retained { senders.release(name) }
            // A rule whose adding was refused is not there to be removed; one that was only not confirmed may be.
            let isRefusal = error.name != DBusError.Name.noReply && error.name != DBusError.Name.cancelled
            removeRules(isRefusal ? Array(added.dropLast()) : added)
            throw error.during("listening to signals")
        }
        guard subscriptions[number] != nil else {
            throw .disconnected("the bus is gone").during("listening to signals")
        }
        continuation.onTermination = { [weak self] _ in
            Task { await self?.endSubscription(number) }
        }
        return stream
    }

    private func addRule(_ rule: MatchRule) async throws(DBusError) {
        try await call(.toBus("AddMatch", [.string(rule.rule)]))
    }

    private func lookUpOwner(of name: String) async throws(DBusError) {
        do {
            _ = try await call(.toBus("GetNameOwner", [.string(name)]), deadline: .seconds(25)) { result in
                self.assumeIsolated { connection in
                    // An error means that nobody owns the name now.
                    let owner = (try? result.get())?.arguments.first?.string
                    connection.senders.setOwner(owner ?? "", of: name)
                }
            }
        } catch  where error.name == DBusError.Name.nameHasNoOwner {
            return
        }
    }

    private func endSubscription(_ number: Int) {
        guard let subscription = subscriptions.removeValue(forKey: number) else { return }
        let names = Set(subscription.rules.compactMap(\.wellKnownSender))
        removeRules(names.map { .nameOwnerChanged($0) } + subscription.rules)
        for name in names { senders.release(name) }
    }

    private func removeRules(_ rules: [MatchRule]) {
        for rule in rules {
            // Only a connection that is gone refuses this, and with it the rules are gone too.
            try? send(.call(.toBus("RemoveMatch", [.string(rule.rule)]), wantsReply: false))
        }
    }

    /// Hands a signal to everyone who asked for it.
    func receive(_ message: IncomingMessage) {
        guard let path = message.path, let interface = message.interface, let member = message.member,
            case .success(let arguments) = message.arguments
        else { return }
        let signal = Signal(
            sender: message.sender, path: path, interface: interface, member: member, arguments: arguments,
            received: message.received, arrival: message.arrival)
        noteOwner(signal)
        for subscription in subscriptions.values
        where subscription.rules.contains(where: { $0.matches(signal, owners: senders.owners) }) {
            subscription.continuation.yield(signal)
        }
    }

    private func noteOwner(_ signal: Signal) {
        guard signal.sender == Bus.name, signal.interface == Bus.interface, signal.member == "NameOwnerChanged",
            signal.arguments.count == 3, let name = signal.arguments[0].string, let owner = signal.arguments[2].string
        else { return }
        senders.setOwner(owner, of: name)
    }
}
