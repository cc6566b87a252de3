import DBus
import Testing
import Timekeeping

@testable import BlueZ

@Suite("The pairing agent")
struct PairingAgentTests {
    static func call(_ member: String, _ arguments: [Value]) throws -> IncomingCall {
        IncomingCall(
            sender: ":1.1", path: try ObjectPath(BlueZName.agentPath), interface: BlueZName.agent, member: member,
            arguments: arguments,
            received: Moment(instant: Instant(seconds: 0), utc: UTC(nanosecondsSince1970: 0)), arrival: 1)
    }

    @Test(
        "allows the device that was asked for and no other",
        arguments: ["RequestConfirmation", "RequestAuthorization", "AuthorizeService"])
    func onlyOne(_ member: String) async throws {
        let wanted = try ObjectPath("/org/bluez/hci0/dev_C0_DE_4E_00_00_01")
        let other = try ObjectPath("/org/bluez/hci0/dev_C0_DE_4E_00_00_02")
        let agent = PairingAgent(device: wanted)
        #expect(try await agent.handle(Self.call(member, [.objectPath(wanted)])).isEmpty)
        let error = await #expect(throws: DBusError.self) {
            try await agent.handle(Self.call(member, [.objectPath(other)]))
        }
        #expect(error?.name == "org.bluez.Error.Rejected")
    }

    @Test(
        "rejects whatever needs a person to read or type",
        arguments: ["RequestPinCode", "RequestPasskey", "DisplayPinCode", "DisplayPasskey"])
    func noCodes(_ member: String) async throws {
        let wanted = try ObjectPath("/org/bluez/hci0/dev_C0_DE_4E_00_00_01")
        await #expect(throws: DBusError.self) {
            try await PairingAgent(device: wanted).handle(Self.call(member, [.objectPath(wanted)]))
        }
    }

    @Test("says what it offers in the terms of org.bluez.Agent1")
    func describes() throws {
        let agent = PairingAgent(device: try ObjectPath("/d"))
        let methods = agent.interfaces.flatMap(\.methods).map(\.name)
        #expect(
            Set(methods) == [
                "Release", "Cancel", "RequestPinCode", "DisplayPinCode", "RequestPasskey", "DisplayPasskey",
                "RequestConfirmation", "RequestAuthorization", "AuthorizeService",
            ])
    }
}
