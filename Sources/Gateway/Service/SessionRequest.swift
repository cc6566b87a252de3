import DBus
public import Practice

/// A session that somebody asks the gateway to lead, with the choices of `entrain session start`.
public struct SessionRequest: Sendable, Hashable {
    /// The group.
    public var group: GroupName
    /// A script that comes with the program; nil for the usual one.
    public var script: String?
    /// One open phase of so many minutes.
    public var minutes: Double?
    /// Makes the group with so many places if it is new.
    public var size: Int?
    /// Whether straps that are there are given to codes without one.
    public var givesStraps = false
    /// Whether everybody has agreed on paper to be recorded.
    public var hasConsentOnPaper = false
    /// Codes that are left out.
    public var without: [Code] = []
    /// Adapters to use; none for all.
    public var adapters: [String] = []

    /// Options as they come over the bus.
    /// - Throws: `InvalidArgs` for what there is not or is of the wrong type.
    init(group: String, options: [String: Value]) throws(DBusError) {
        do { self.group = try GroupName(group) } catch { throw Self.bad("\(error)") }
        for (name, value) in options.sorted(by: { $0.key < $1.key }) { try take(name, value) }
        if script != nil, minutes != nil { throw Self.bad("Script and Minutes do not go together") }
    }

    private mutating func take(_ name: String, _ value: Value) throws(DBusError) {
        switch name {
        case "Script":
            let wanted = try Self.require(value.string, name, "a string")
            guard Script.builtIn.contains(where: { $0.name == wanted }) else {
                let names = Script.builtIn.map(\.name).joined(separator: ", ")
                throw Self.bad("there is no script \(wanted) here; there are: \(names)")
            }
            script = wanted
        case "Minutes":
            let wanted = try Self.require(value.double ?? value.int.map(Double.init), name, "a number")
            guard wanted > 0, wanted <= 600 else { throw Self.bad("Minutes is a number above 0 and up to 600") }
            minutes = wanted
        case "Size": size = try Self.require(value.int, name, "a whole number")
        case "Any": givesStraps = try Self.require(value.bool, name, "true or false")
        case "ConsentOnPaper": hasConsentOnPaper = try Self.require(value.bool, name, "true or false")
        case "Without":
            do {
                without = try Self.require(value.strings, name, "a list of codes").map { try Code($0) }
            } catch let error as DBusError { throw error } catch { throw Self.bad("\(error)") }
        case "Adapters":
            adapters = try Self.require(value.strings, name, "a list of names")
            guard adapters.allSatisfy(Self.isPlain) else { throw Self.bad("an adapter's name is such as hci0") }
        default:
            throw Self.bad(
                "there is no option \(name); there are: Adapters, Any, ConsentOnPaper, Minutes, Script, Size, Without")
        }
    }

    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
    }

    private static func require<Wanted>(_ value: Wanted?, _ name: String, _ kind: String) throws(DBusError) -> Wanted {
        guard let value else { throw bad("\(name) is \(kind)") }
        return value
    }

    private static func bad(_ text: String) -> DBusError {
        DBusError(name: DBusError.Name.invalidArguments, message: text)
    }
}

/// A process that leads a session for the gateway.
public protocol LaunchedSession: Sendable {
    /// Its process id.
    var identifier: Int32 { get }
    /// Asks it to end; everything is kept.
    func stop()
    /// Waits for its end.
    /// - Returns: its exit status and what it said.
    func ended() async -> (status: Int32, words: String)
}
