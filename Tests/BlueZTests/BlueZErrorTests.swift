import DBus
import Testing

@testable import BlueZ

/// What BlueZ and the bus answer, and what to do about it.
@Suite struct BlueZErrorTests {
    struct Answer: Sendable, CustomTestStringConvertible {
        var name: String
        var message: String
        var kind: BlueZError.Class

        init(_ name: String, _ message: String, _ kind: BlueZError.Class) {
            (self.name, self.message, self.kind) = (name, message, kind)
        }

        var testDescription: String { "\(name) '\(message)'" }
    }

    private static let failed = "org.bluez.Error.Failed"
    private static let bus = "org.freedesktop.DBus.Error."

    static let named: [Answer] = [
        Answer("org.bluez.Error.InProgress", "Operation already in progress", .busy),
        Answer("org.bluez.Error.InProgress", "", .busy),
        Answer("org.bluez.Error.AlreadyConnected", "Already Connected", .alreadyConnected),
        Answer("org.bluez.Error.NotReady", "Resource Not Ready", .adapterOff),
        Answer("org.bluez.Error.Blocked", "Blocked through rfkill", .adapterOff),
        Answer("org.bluez.Error.NotConnected", "Not Connected", .notConnected),
        Answer("org.bluez.Error.DoesNotExist", "Does Not Exist", .gone),
        Answer(bus + "UnknownObject", "Method \"Connect\" with signature \"\" doesn't exist", .gone),
        Answer(bus + "UnknownMethod", "Method \"Connect\" with signature \"\" doesn't exist", .gone),
        Answer("org.bluez.Error.AuthenticationFailed", "Authentication Failed", .bondBroken),
        Answer("org.bluez.Error.NotPermitted", "Not paired", .notPermitted),
        Answer("org.bluez.Error.NotPermitted", "Notify not permitted", .notPermitted),
        Answer("org.bluez.Error.NotPermitted", "Notify acquired", .notPermitted),
        Answer("org.bluez.Error.NotAvailable", "br-connection-profile-unavailable", .wrongBearer),
        Answer("org.bluez.Error.BREDR.ProfileUnavailable", "br-connection-profile-unavailable", .wrongBearer),
        Answer("org.bluez.Error.NotAuthorized", "Operation Not Authorized", .permanent),
        Answer("org.bluez.Error.NotSupported", "Operation is not supported", .permanent),
        Answer("org.bluez.Error.InvalidArguments", "Invalid arguments in method call", .permanent),
        Answer("org.bluez.Error.ImproperlyConfigured", "", .permanent),
        Answer(bus + "NoReply", "no reply within the deadline", .timeOut),
        Answer(bus + "Timeout", "", .timeOut),
        Answer(bus + "TimedOut", "", .timeOut),
        Answer(bus + "ServiceUnknown", "The name org.bluez was not provided by any .service files", .serviceGone),
        Answer(bus + "NameHasNoOwner", "Could not get owner of name 'org.bluez'", .serviceGone),
        Answer(bus + "Disconnected", "the bus closed the connection", .busGone),
        Answer(bus + "NoServer", "", .busGone),
        Answer(bus + "FileNotFound", "", .busGone),
        Answer(bus + "BadAddress", "Address does not contain a colon", .busGone),
        Answer(bus + "AuthFailed", "", .busGone),
        Answer(bus + "AccessDenied", "Rejected send message", .policy),
        Answer("org.freedesktop.DBus.Local.Cancelled", "the waiting task was cancelled", .cancelled),
    ]

    static let worded: [Answer] = [
        Answer(failed, "le-connection-abort-by-local", .transientRadio),
        Answer(failed, "le-connection-abort-by-remote", .transientRadio),
        Answer(failed, "Software caused connection abort", .transientRadio),
        Answer(failed, "le-connection-timeout", .transientRadio),
        Answer(failed, "Page Timeout", .transientRadio),
        Answer(failed, "Host is down", .transientRadio),
        Answer(failed, "le-connection-refused", .transientRadio),
        Answer(failed, "le-connection-link-layer-protocol-error", .transientRadio),
        Answer(failed, "le-connection-gatt-browsing", .transientRadio),
        Answer(failed, "le-connection-unknown", .transientRadio),
        Answer(failed, "", .transientRadio),
        Answer(failed, "le-connection-concurrent-connection-limit", .outOfSlots),
        Answer(failed, "Too many links", .outOfSlots),
        Answer(failed, "le-connection-busy", .busy),
        Answer(failed, "Device or resource busy", .busy),
        Answer(failed, "Operation already in progress", .busy),
        Answer(failed, "le-connection-key-missing", .bondBroken),
        Answer(failed, "br-connection-canceled", .cancelled),
        Answer(failed, "br-connection-profile-unavailable", .wrongBearer),
        Answer(failed, "br-connection-page-timeout", .wrongBearer),
        Answer(failed, "le-connection-adapter-not-powered", .adapterOff),
        Answer(failed, "le-connection-not-supported", .permanent),
        Answer(failed, "le-connection-already-connected", .alreadyConnected),
        Answer(failed, "No discovery started", .notConnected),
        Answer(failed, "Not connected", .notConnected),
        Answer(failed, "Operation failed with ATT error: 0x05", .attribute(0x05)),
        Answer(failed, "Operation failed with ATT error: 0x0e", .attribute(0x0E)),
        Answer(failed, "Operation failed with ATT error: 0x80", .attribute(0x80)),
        Answer(failed, "Operation failed with ATT error: 0x", .permanent),
        Answer(failed, "Operation failed with ATT error: 0xZZ", .permanent),
    ]

    @Test(arguments: named + worded) func everyAnswerHasItsClass(_ answer: Answer) {
        #expect(BlueZError.classify(name: answer.name, message: answer.message) == answer.kind)
    }

    @Test(arguments: [
        "Spawn.ChildExited", "Spawn.ServiceNotFound", "InvalidArgs", "LimitsExceeded", "NoMemory", "Failed",
        "BadAddress",
    ])
    func anErrorOfTheBusItselfIsNoTroubleOfTheRadio(_ name: String) {
        let kind = BlueZError.classify(name: Self.bus + name, message: "whatever it says")
        #expect(kind != .transientRadio)
    }

    @Test func aBusThatCannotStartTheServiceSaysThatItDoesNotRun() {
        for name in ["Spawn.ChildExited", "Spawn.ServiceNotFound", "Spawn.Failed"] {
            #expect(BlueZError.classify(name: Self.bus + name, message: "") == .serviceGone)
        }
        #expect(BlueZError.classify(name: "org.freedesktop.systemd1.NoSuchUnit", message: "") == .serviceGone)
    }

    @Test func nameMessageAndOperationAreKept() {
        let error = BlueZError(
            DBusError(name: Self.failed, message: "le-connection-abort-by-local"), operation: "Connecting the strap")
        #expect(error.name == Self.failed)
        #expect(error.message == "le-connection-abort-by-local")
        #expect(
            error.description
                == "Connecting the strap: le-connection-abort-by-local (org.bluez.Error.Failed). "
                + "Come nearer, wet the pads, and close phone apps that use the strap.")
    }

    @Test func whereTryingAgainIsAllThereIsNoAdvice() {
        for kind in ["InProgress", "AlreadyConnected", "NotConnected", "DoesNotExist"] {
            let error = BlueZError(DBusError(name: "org.bluez.Error." + kind, message: "words"), operation: "Trying")
            #expect(error.advice.isEmpty)
            #expect(error.description == "Trying: words (org.bluez.Error.\(kind)).")
        }
    }

    @Test func whereAPersonCanActThereIsAdvice() throws {
        let mayBeSilent: Set<BlueZError.Class> = [
            .busy, .alreadyConnected, .notConnected, .gone, .cancelled, .timeOut,
        ]
        var seen: Set<BlueZError.Class> = []
        for answer in Self.named + Self.worded {
            let error = BlueZError(DBusError(name: answer.name, message: answer.message), operation: "Trying")
            seen.insert(error.kind)
            #expect(error.advice.isEmpty == mayBeSilent.contains(error.kind))
            guard !error.advice.isEmpty else { continue }
            #expect(error.advice.hasSuffix(".") || error.advice.hasSuffix(")"))
            #expect(error.description.hasSuffix(error.advice))
        }
        #expect(seen.isSuperset(of: mayBeSilent))
        #expect(seen.contains(.policy) && seen.contains(.serviceGone) && seen.contains(.busGone))
    }
}
