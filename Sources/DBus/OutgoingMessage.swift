/// A message to be sent; every kind carries what libdbus asks for.
enum OutgoingMessage {
    case call(MethodCall, wantsReply: Bool)
    case signal(destination: String?, path: ObjectPath, interface: String, member: String, arguments: [Value])
    case reply(to: UInt32, destination: String, arguments: [Value])
    case error(to: UInt32, destination: String, DBusError)

    var arguments: [Value] {
        switch self {
        case .call(let call, _): call.arguments
        case .signal(_, _, _, _, let arguments): arguments
        case .reply(_, _, let arguments): arguments
        case .error(_, _, let error): error.message.isEmpty ? [] : [.string(error.message)]
        }
    }

    var destination: String? {
        switch self {
        case .call(let call, _): call.destination
        case .signal(let destination, _, _, _, _): destination
        case .reply(_, let destination, _): destination
        case .error(_, let destination, _): destination
        }
    }

    /// Checks every name and value libdbus would end the process for.
    func check() throws(DBusError) {
        switch self {
        case .call(let call, _):
            try Self.checkNames(call.interface, call.member)
        case .signal(_, _, let interface, let member, _):
            try Self.checkNames(interface, member)
        case .reply:
            break
        case .error(_, _, let error):
            guard Lexicon.isErrorName(error.name) else {
                throw .invalidArguments("\(error.name.debugDescription) is not a valid D-Bus error name")
            }
        }
        if let destination { try Lexicon.checkBusName(destination) }
        try ArgumentCheck.check(arguments)
    }

    private static func checkNames(_ interface: String, _ member: String) throws(DBusError) {
        try Lexicon.checkInterface(interface)
        try Lexicon.checkMember(member)
        guard interface != Bus.local else { throw .invalidArguments("\(interface) is kept for libdbus itself") }
    }
}
