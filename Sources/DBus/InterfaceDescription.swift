/// What an interface of an exported object offers: the base of introspection and of checking incoming calls.
public struct InterfaceDescription: Sendable, Hashable {
    /// One argument of a method or signal.
    public struct Argument: Sendable, Hashable {
        /// Its name; it only serves readers of the introspection.
        public let name: String
        /// Its type, a single one.
        public let type: Signature

        /// Makes an argument.
        public init(_ name: String, _ type: Signature) {
            self.name = name
            self.type = type
        }
    }

    /// A method.
    public struct Method: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// What it takes.
        public let takes: [Argument]
        /// What it answers.
        public let gives: [Argument]

        /// Makes a method.
        public init(_ name: String, takes: [Argument] = [], gives: [Argument] = []) {
            self.name = name
            self.takes = takes
            self.gives = gives
        }
    }

    /// A signal.
    public struct Signal: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// What it says.
        public let says: [Argument]

        /// Makes a signal.
        public init(_ name: String, says: [Argument] = []) {
            self.name = name
            self.says = says
        }
    }

    /// A property.
    public struct Property: Sendable, Hashable {
        /// Who may do what with a property.
        public enum Access: String, Sendable, Hashable {
            /// Others may get it.
            case read
            /// Others may set it.
            case write
            /// Others may get and set it.
            case readWrite = "readwrite"
        }

        /// Its name.
        public let name: String
        /// Its type, a single one.
        public let type: Signature
        /// Who may do what with it.
        public let access: Access

        /// Makes a property.
        public init(_ name: String, _ type: Signature, _ access: Access = .read) {
            self.name = name
            self.type = type
            self.access = access
        }
    }

    /// The interface's name, such as `org.bluez.Device1`.
    public let name: String
    /// Its methods.
    public let methods: [Method]
    /// Its signals.
    public let signals: [Signal]
    /// Its properties.
    public let properties: [Property]

    /// Makes a description; names are checked when an object with it is exported.
    public init(_ name: String, methods: [Method] = [], signals: [Signal] = [], properties: [Property] = []) {
        self.name = name
        self.methods = methods
        self.signals = signals
        self.properties = properties
    }

    /// Checks all names and types.
    func check() throws(DBusError) {
        try Lexicon.checkInterface(name)
        guard !name.hasPrefix("org.freedesktop.DBus.") else {
            throw .invalidArguments("\(name) is answered by the connection itself")
        }
        for member in methods.map(\.name) + signals.map(\.name) + properties.map(\.name) {
            try Lexicon.checkMember(member)
        }
        let types =
            (methods.flatMap { $0.takes + $0.gives } + signals.flatMap(\.says)).map(\.type) + properties.map(\.type)
        for type in types where !type.isSingleType {
            throw .invalidArguments("\(type.rawValue.debugDescription) in \(name) is not one complete type")
        }
    }
}
