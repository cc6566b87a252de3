extension Doctor {
    /// The bus, the service, the right to talk to it, and its adapters.
    static func bluetooth(_ facts: BluetoothFacts) -> [Finding] {
        switch facts.reach {
        case .noBus(let reason):
            [
                Finding(
                    .failure, "Message bus", reason,
                    advice: "sudo systemctl start dbus, or check DBUS_SYSTEM_BUS_ADDRESS")
            ]
        case .denied(let words):
            [
                Finding(.ok, "Message bus", "reached"),
                Finding(
                    .failure, "May use Bluetooth", "your account may not; the group bluetooth may (\(words))",
                    advice: "sudo usermod -aG bluetooth $USER, then log in again"),
            ]
        case .noService:
            [
                Finding(.ok, "Message bus", "reached"),
                Finding(
                    .failure, "Bluetooth service", "bluetoothd does not run\(installed(facts.version))",
                    advice: facts.version == nil
                        ? "sudo apt install bluez && sudo systemctl start bluetooth"
                        : "sudo systemctl start bluetooth"),
            ]
        case .trouble(let reason):
            [
                Finding(.ok, "Message bus", "reached"),
                Finding(.failure, "Bluetooth service", reason, advice: "sudo systemctl restart bluetooth"),
            ]
        case .answered:
            [Finding(.ok, "Message bus", "reached"), service(facts)]
                + [Finding(.ok, "May use Bluetooth", "your account can talk to \(facts.standIn ?? "BlueZ")")]
                + adapters(facts)
        }
    }

    private static func installed(_ version: String?) -> String {
        version.map { "; BlueZ \($0) is installed" } ?? "; its version could not be seen"
    }

    private static func service(_ facts: BluetoothFacts) -> Finding {
        let states = facts.adapters.map { "\($0.name) \($0.isPowered ? "on" : "off")" }
        if let name = facts.standIn {
            return Finding(
                .ok, "Bluetooth service", (["'\(name)' in place of BlueZ"] + states).joined(separator: ", "))
        }
        let version = facts.version.map { "BlueZ \($0)" } ?? "BlueZ, its version could not be seen"
        return Finding(.ok, "Bluetooth service", ([version] + states).joined(separator: ", "))
    }

    // MARK: - Adapters

    private static func adapters(_ facts: BluetoothFacts) -> [Finding] {
        guard !facts.adapters.isEmpty else {
            let blocked = facts.blocks.first
            return [
                Finding(
                    .failure, "Adapter", "there is none\(blocked.map { "; \($0.name) is switched off" } ?? "")",
                    advice: blocked.map(unblocking)
                        ?? "plug one in; see whether the system knows it: bluetoothctl list")
            ]
        }
        let isAnyOn = facts.adapters.contains(where: \.isPowered)
        var findings = facts.adapters.map { adapter(facts, $0, isAnyOn: isAnyOn) }
        if let trouble = facts.kernelTrouble, facts.standIn == nil {
            findings.append(Finding(.ok, "Controllers", "makers could not be seen: \(trouble)"))
        }
        return findings
    }

    private static func adapter(_ facts: BluetoothFacts, _ adapter: AdapterFacts, isAnyOn: Bool) -> Finding {
        let subject = "Adapter \(adapter.name)"
        guard adapter.isPowered else {
            // A switch that is named after no adapter is one of the whole machine.
            let own = facts.blocks.first { $0.name == adapter.name }
            let block = own ?? facts.blocks.first { !$0.name.hasPrefix("hci") }
            return Finding(
                isAnyOn ? .warning : .failure, subject, block == nil ? "off" : "off, blocked by a radio switch",
                advice: block.map(unblocking) ?? "bluetoothctl power on")
        }
        guard adapter.isLowEnergy != false else {
            return Finding(
                .failure, subject, "on, but without Bluetooth LE: it cannot hold straps",
                advice: "add an adapter of Bluetooth 4.0 or later")
        }
        let low = adapter.isLowEnergy == nil ? "LE could not be seen" : "LE"
        let made = [adapter.maker, adapter.version.map { "Bluetooth \($0)" }, adapter.attachment]
        let isSilent = made.allSatisfy { $0 == nil } && facts.standIn == nil && facts.kernelTrouble == nil
        let rest = isSilent ? ["maker could not be seen"] : made.compactMap(\.self)
        return Finding(.ok, subject, (["on", low, links(of: adapter)] + rest).joined(separator: ", "))
    }

    private static func links(of adapter: AdapterFacts) -> String {
        let source =
            switch adapter.slotSource {
            case .declared: "it says so"
            case .learned: "seen in sessions"
            case .maker: "known of its maker"
            case .usual: "the usual guess"
            }
        return "\(adapter.slots) \(adapter.slots == 1 ? "link" : "links") (\(source))"
    }

    private static func unblocking(_ block: BluetoothFacts.Block) -> String {
        block.isHard ? "turn on the radio switch of this computer" : "rfkill unblock bluetooth"
    }

    // MARK: - Links

    /// Whether the largest group fits on the adapters that are on; nothing where no adapter was seen.
    static func links(
        _ adapters: [AdapterFacts], _ groups: [DoctorFacts.GroupSize], _ reach: BluetoothFacts.Reach
    ) -> [Finding] {
        let on = adapters.filter { $0.isPowered && $0.isLowEnergy != false }
        guard reach == .answered, !on.isEmpty else { return [] }
        let room = on.reduce(0) { $0 + $1.slots }
        let holders = on.map { "\($0.name) holds \($0.slots)" }.joined(separator: ", ")
        let largest = groups.max { ($0.places, $1.name) < ($1.places, $0.name) }
        guard let largest, largest.places > room else {
            let group = largest.map { "; the largest group, \($0.name), has \($0.places)" } ?? ""
            return [Finding(.ok, "Links", "room for \(room) \(room == 1 ? "strap" : "straps"): \(holders)\(group)")]
        }
        let sleeping = adapters.first { !$0.isPowered }
        let more =
            "add a Bluetooth adapter; where more links are known to work: --slots \(on[0].name)=\(largest.places)"
        return [
            Finding(
                .warning, "Links", "\(holders) at once; \(largest.name) has \(largest.places) straps",
                advice: sleeping.map { "turn on \($0.name) too: bluetoothctl power on" } ?? more)
        ]
    }
}
