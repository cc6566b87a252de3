import Formats
import Gateway
import Terminal
import Timekeeping

/// What `strap pretend` shows: a line that is drawn anew on a terminal, a line for each thing that happens elsewhere, or JSON.
struct PretendOutput {
    /// Every output says it: nobody shall take these beats for a person's.
    static let warning = "Pretended heart, not a person: computed beats for training and tests."

    let name: String
    /// Breaths a minute that the heart keeps to; nil at rest.
    let pacer: Double?
    let global: GlobalOptions

    private var isRedrawn: Bool { StandardOutput.isTerminal && !global.plain && Environment.value("TERM") != "dumb" }

    /// Shows a strap until its events end; the strap never waits for it.
    func show(_ strap: PretendedStrap) async {
        var packets = 0
        var isAnnounced = false
        for await event in strap.events {
            if case .packet = event.kind { packets += 1 }
            if global.json {
                StandardOutput.line(json(event, sequence: packets).line)
            } else {
                if isRedrawn { StandardOutput.write("\r\u{1B}[K") }
                if !isAnnounced { StandardOutput.line("\(SafeText.line(name)). \(Self.warning)") }
                isAnnounced = true
                if let line = Self.line(event) { StandardOutput.line(line) }
                if isRedrawn { StandardOutput.write(status(await strap.view)) }
            }
        }
        if isRedrawn, !global.json { StandardOutput.write("\r\u{1B}[K") }
    }

    /// The last line.
    func close(_ view: PretendView) {
        guard !global.json else {
            let ending: JSONValue = [
                "v": 1, "type": "ended", "strap": .string(name), "pretended": true, "packets": .integer(view.packets),
                "beats": .integer(view.beats),
            ]
            StandardOutput.line(ending.line)
            return
        }
        StandardOutput.line(
            "The strap is off the air. Sent: \(view.beats) beats in \(view.packets) packets. \(Self.warning)")
    }

    // MARK: - Lines

    private func status(_ view: PretendView) -> String {
        let listening = view.isHeard ? "listened to" : "nobody listens"
        let parts = [
            " Pretended heart", view.trouble.map(Self.word) ?? "on \(view.adapter)",
            view.heartRate.map { "\($0) bpm" } ?? "no beat sent", pacerWord, "\(view.links) connected, \(listening)",
            "\(view.beats) beats sent",
        ]
        let columns = (WindowSize.of(descriptor: 1)?.columns ?? 80) - 1
        return DisplayWidth.fit(parts.joined(separator: global.ascii ? " | " : " · "), columns: columns)
    }

    private var pacerWord: String {
        guard let pacer else { return "no pacer" }
        return "pacer \(pacer == pacer.rounded() ? "\(Int(pacer))" : "\(pacer)")/min"
    }

    private static func line(_ event: PretendEvent) -> String? {
        guard let message = message(event.kind) else { return nil }
        return " \(event.utc.timeOfDay(zoneOffsetSeconds: Environment.zoneOffsetSeconds))  \(message)"
    }

    private static func message(_ kind: PretendEvent.Kind) -> String? {
        switch kind {
        case .advertising(let adapter): "Others can find it (\(adapter)). Ctrl-C ends it."
        case .waiting(let trouble): sentence(trouble)
        case .connected(let name): "\(SafeText.line(name)) is connected."
        case .disconnected(let name): "\(SafeText.line(name)) is not connected any more."
        case .listening: "Somebody asks for beats: sending."
        case .unheard: "Nobody asks for beats any more: not sending."
        case .energyReset: "The count of energy expended was set to 0."
        case .packet: nil
        }
    }

    private static func sentence(_ trouble: PretendEvent.Trouble) -> String {
        switch trouble {
        case .serviceGone:
            "The Bluetooth service is gone. Start it (sudo systemctl start bluetooth), and the strap comes back."
        case .adapterGone: "The adapter is gone. Plug it in again, and the strap comes back."
        case .adapterOff: "Bluetooth is off. Turn it on (bluetoothctl power on), and the strap comes back."
        case .released: "The Bluetooth service took the strap off the air. Trying again."
        case .refused(let error): "\(error) Trying again."
        }
    }

    private static func word(_ trouble: PretendEvent.Trouble) -> String {
        switch trouble {
        case .serviceGone: "Bluetooth service gone"
        case .adapterGone: "adapter gone"
        case .adapterOff: "Bluetooth off"
        case .released, .refused: "off the air"
        }
    }

    // MARK: - JSON

    private func json(_ event: PretendEvent, sequence: Int) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("v", 1), .init("type", .string(Self.type(event.kind))),
            .init("t", JSONValue(event.seconds, places: 3)),
            .init("utc", .string(event.utc.rfc3339)), .init("strap", .string(name)), .init("pretended", true),
        ]
        switch event.kind {
        case .advertising(let adapter): members.append(.init("adapter", .string(adapter)))
        case .waiting(let trouble): members.append(.init("reason", .string(Self.word(trouble))))
        case .connected(let name), .disconnected(let name): members.append(.init("central", .string(name)))
        case .listening, .unheard, .energyReset: break
        case .packet(let packet):
            members += [
                .init("seq", .integer(sequence)), .init("heart_rate", .integer(packet.heartRate)),
                .init("rr_1024", .array(packet.rrTicks.map { .integer(Int($0)) })),
                .init("hex", .string(packet.bytes.map(Self.hex).joined())),
            ]
        }
        return .object(members)
    }

    private static func type(_ kind: PretendEvent.Kind) -> String {
        switch kind {
        case .advertising: "advertising"
        case .waiting: "waiting"
        case .connected: "connected"
        case .disconnected: "disconnected"
        case .listening: "listening"
        case .unheard: "unheard"
        case .energyReset: "energy-reset"
        case .packet: "packet"
        }
    }

    private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}
