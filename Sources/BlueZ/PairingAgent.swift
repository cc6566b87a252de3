import DBus

/// Answers what BlueZ asks while one device is being paired without keyboard or display (org.bluez.Agent1, NoInputNoOutput).
///
/// It allows that device and rejects every other, and everything that would need a person to read or type.
struct PairingAgent: ExportedObject {
    /// The device that may be paired.
    let device: ObjectPath

    static let capability = "NoInputNoOutput"

    var interfaces: [InterfaceDescription] { Self.description }

    func handle(_ call: IncomingCall) async throws(DBusError) -> [Value] {
        switch call.member {
        case "Release", "Cancel": return []
        case "RequestConfirmation", "RequestAuthorization", "AuthorizeService":
            guard call.arguments.first?.objectPath == device else { throw Self.rejected }
            return []
        default: throw Self.rejected
        }
    }

    private static let rejected = DBusError(
        name: "org.bluez.Error.Rejected", message: "only the strap that was asked for is paired, without any code")

    private static let description: [InterfaceDescription] = {
        let device = InterfaceDescription.Argument("device", .objectPath)
        let passkey = InterfaceDescription.Argument("passkey", .uint32)
        let text = InterfaceDescription.Argument("text", .string)
        return [
            InterfaceDescription(
                BlueZName.agent,
                methods: [
                    .init("Release"), .init("Cancel"), .init("RequestPinCode", takes: [device], gives: [text]),
                    .init("DisplayPinCode", takes: [device, text]),
                    .init("RequestPasskey", takes: [device], gives: [passkey]),
                    .init("DisplayPasskey", takes: [device, passkey, .init("entered", .uint16)]),
                    .init("RequestConfirmation", takes: [device, passkey]),
                    .init("RequestAuthorization", takes: [device]),
                    .init("AuthorizeService", takes: [device, text]),
                ])
        ]
    }()
}

extension BlueZClient {
    /// Pairs a device that needs no code ("Just Works"); one that is paired already is a success.
    ///
    /// BlueZ asks the agent of the one who calls Pair, so ours exists only as long as that call.
    /// - Throws: `BlueZError`.
    public func pair(_ key: DeviceKey) async throws(BlueZError) {
        let operation = "Pairing the strap"
        let device = try devicePath(key)
        let agent = try path(BlueZName.agentPath)
        do {
            try await connection.export(PairingAgent(device: device), at: agent)
        } catch {
            throw BlueZError(error, operation: operation)
        }
        do {
            try await call(
                try path(BlueZName.root), BlueZName.agentManager, "RegisterAgent",
                [.objectPath(agent), .string(PairingAgent.capability)], operation: operation)
            do {
                try await call(device, BlueZName.device, "Pair", deadline: Deadline.pair, operation: operation)
            } catch  where error.name == "org.bluez.Error.AlreadyExists" {
                // That is what was wanted.
            }
        } catch {
            await connection.unexport(agent)
            throw error
        }
        await connection.unexport(agent)
        // Nobody asks an agent that is gone; BlueZ forgets it with this connection at the latest.
        try await call(
            try path(BlueZName.root), BlueZName.agentManager, "UnregisterAgent", [.objectPath(agent)],
            operation: operation)
    }
}
