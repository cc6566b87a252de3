import DBus
import Testing

@Suite("Paths and signatures are valid or refused")
struct NameTests {
    @Test(
        "a bad path is refused with an error",
        arguments: [
            "", "x", "/a/", "//", "/a//b", "/a-b", "/ä", "/a b", "/a\0b", "\0", "/\0", "org/bluez", "/dev_00:22",
        ])
    func badPath(_ text: String) {
        #expect { try ObjectPath(text) } throws: { ($0 as? DBusError)?.name == DBusError.Name.invalidArguments }
    }

    @Test("a good path is kept as it is", arguments: ["/", "/a", "/_/0", "/org/bluez/hci0/dev_00_22_D0_3B_5F_11"])
    func goodPath(_ text: String) throws {
        #expect(try ObjectPath(text).rawValue == text)
    }

    @Test("children, parents and last elements fit together")
    func family() throws {
        let adapter = try ObjectPath("/org/bluez/hci0")
        let device = try adapter.appending("dev_00")
        #expect(device.rawValue == "/org/bluez/hci0/dev_00")
        #expect(try ObjectPath.root.appending("org").rawValue == "/org")
        #expect(device.parent == adapter)
        #expect(try ObjectPath("/org").parent == .root)
        #expect(ObjectPath.root.parent == nil)
        #expect(device.lastElement == "dev_00")
        #expect(ObjectPath.root.lastElement == "")
        #expect(throws: DBusError.self) { try adapter.appending("") }
        #expect(throws: DBusError.self) { try adapter.appending("dev:00") }
    }

    @Test(
        "only what lies below is a descendant",
        arguments: [
            ("/a/b", "/a", true), ("/a/b/c", "/a", true), ("/a", "/", true), ("/ab", "/a", false), ("/a", "/a", false),
            ("/", "/", false), ("/a", "/a/b", false),
        ])
    func descendants(_ path: String, _ ancestor: String, _ expected: Bool) throws {
        #expect(try ObjectPath(path).isDescendant(of: ObjectPath(ancestor)) == expected)
    }

    @Test(
        "a bad signature is refused with an error",
        arguments: [
            "a", "z", "(", ")", "()", "{sv}", "a{vs}", "a{s}", "a{sss}", "a{(s)v}", "y\0", "\0", "(y", "ya",
            String(repeating: "y", count: 256), String(repeating: "a", count: 33) + "y",
            String(repeating: "(", count: 33) + "y" + String(repeating: ")", count: 33),
        ])
    func badSignature(_ text: String) {
        #expect { try Signature(text) } throws: { ($0 as? DBusError)?.name == DBusError.Name.invalidArguments }
    }

    @Test(
        "a signature falls into its complete types",
        arguments: [
            ("", []), ("s", ["s"]), ("sa{sv}as", ["s", "a{sv}", "as"]),
            ("a(yyay)(i(b))aai", ["a(yyay)", "(i(b))", "aai"]),
            ("a{oa{sa{sv}}}v", ["a{oa{sa{sv}}}", "v"]),
        ])
    func completeTypes(_ text: String, _ types: [String]) throws {
        let signature = try Signature(text)
        #expect(signature.completeTypes.map(\.rawValue) == types)
        #expect(signature.isSingleType == (types.count == 1))
    }

    @Test("errors say what failed, why, and what to do")
    func errorText() {
        let error = DBusError(
            name: DBusError.Name.serviceUnknown, message: "no org.bluez", operation: "org.bluez.Adapter1.StartDiscovery"
        )
        #expect(
            error.description == "org.bluez.Adapter1.StartDiscovery: no org.bluez "
                + "(org.freedesktop.DBus.Error.ServiceUnknown). Start the service that owns this name.")
        #expect(DBusError(name: "org.example.Odd", message: "").description == "org.example.Odd")
    }
}
