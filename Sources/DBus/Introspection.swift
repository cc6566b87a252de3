/// The introspection text of a path (D-Bus specification, "Introspection data format").
struct Introspection {
    private var text = """
        <!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"
         "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">
        <node>

        """

    /// Writes the text of a path with these interfaces and children.
    ///
    /// Properties of the interfaces in `quiet` are asked for; no signal tells that they changed.
    static func text(
        interfaces: [InterfaceDescription], quiet: Set<String> = [], isManager: Bool, children: [String]
    ) -> String {
        var introspection = Introspection()
        var standard = [introspectable, peer]
        if !interfaces.isEmpty { standard.append(properties) }
        if isManager { standard.append(objectManager) }
        for interface in standard + interfaces.sorted(by: { $0.name < $1.name }) {
            introspection.add(interface, isQuiet: quiet.contains(interface.name))
        }
        for child in children { introspection.text += "  <node name=\"\(child)\"/>\n" }
        return introspection.text + "</node>\n"
    }

    private mutating func add(_ interface: InterfaceDescription, isQuiet: Bool) {
        text += "  <interface name=\"\(interface.name)\">\n"
        for method in interface.methods {
            add("method", method.name, method.takes.map { ($0, "in") } + method.gives.map { ($0, "out") })
        }
        for signal in interface.signals { add("signal", signal.name, signal.says.map { ($0, nil) }) }
        for property in interface.properties {
            text += "    <property name=\"\(property.name)\" type=\"\(property.type)\" "
            text += "access=\"\(property.access.rawValue)\"/>\n"
        }
        if isQuiet {
            text += "    <annotation name=\"org.freedesktop.DBus.Property.EmitsChangedSignal\" value=\"false\"/>\n"
        }
        text += "  </interface>\n"
    }

    private mutating func add(
        _ kind: String, _ name: String, _ arguments: [(InterfaceDescription.Argument, direction: String?)]
    ) {
        text += "    <\(kind) name=\"\(name)\">\n"
        for (argument, direction) in arguments {
            let direction = direction.map { " direction=\"\($0)\"" } ?? ""
            text += "      <arg name=\"\(Self.escaped(argument.name))\" type=\"\(argument.type)\"\(direction)/>\n"
        }
        text += "    </\(kind)>\n"
    }

    private static func escaped(_ text: String) -> String {
        let entities: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"]
        return text.reduce(into: "") { $0 += entities[$1] ?? String($1) }
    }

    // MARK: The interfaces a connection answers itself

    static let introspectable = InterfaceDescription(
        Bus.introspectable, methods: [.init("Introspect", gives: [.init("xml_data", .string)])])

    static let peer = InterfaceDescription(
        Bus.peer, methods: [.init("Ping"), .init("GetMachineId", gives: [.init("machine_uuid", .string)])])

    static let properties = InterfaceDescription(
        Bus.properties,
        methods: [
            .init(
                "Get", takes: [.init("interface_name", .string), .init("property_name", .string)],
                gives: [.init("value", .variant)]),
            .init("GetAll", takes: [.init("interface_name", .string)], gives: [.init("properties", .properties)]),
            .init(
                "Set",
                takes: [
                    .init("interface_name", .string), .init("property_name", .string), .init("value", .variant),
                ]),
        ],
        signals: [
            .init(
                "PropertiesChanged",
                says: [
                    .init("interface_name", .string), .init("changed_properties", .properties),
                    .init("invalidated_properties", .strings),
                ])
        ])

    static let objectManager = InterfaceDescription(
        Bus.objectManager,
        methods: [
            .init("GetManagedObjects", gives: [.init("objects", Signature(trusted: "a{oa{sa{sv}}}"))])
        ],
        signals: [
            .init(
                "InterfacesAdded",
                says: [.init("object", .objectPath), .init("interfaces", Signature(trusted: "a{sa{sv}}"))]),
            .init("InterfacesRemoved", says: [.init("object", .objectPath), .init("interfaces", .strings)]),
        ])
}
