/// What was seen of the message bus and the Bluetooth service.
public struct BluetoothFacts: Sendable, Hashable {
    /// How far a question to the service came.
    public enum Reach: Sendable, Hashable {
        /// It answered.
        case answered
        /// The bus could not be reached, with the reason.
        case noBus(String)
        /// The bus is there, the service is not.
        case noService
        /// The bus forbids this account to talk to it, with its words.
        case denied(String)
        /// It is there and did not answer as it should, with the reason.
        case trouble(String)
    }

    /// A radio switch of the kernel (rfkill) that is off.
    public struct Block: Sendable, Hashable {
        /// What it blocks, such as `hci0`, or a switch of the whole machine.
        public var name: String
        /// Whether it is a switch of the machine that no program can turn.
        public var isHard: Bool

        /// Makes one.
        public init(name: String, isHard: Bool) {
            self.name = name
            self.isHard = isHard
        }
    }

    /// How far a question came.
    public var reach: Reach
    /// The program that answers, such as `bluetoothd`; nil when it could not be seen.
    public var program: String?
    /// The version of BlueZ that is installed; nil when it could not be seen.
    public var version: String?
    /// The adapters the service has, by name.
    public var adapters: [AdapterFacts]
    /// Radio switches that are off.
    public var blocks: [Block]
    /// Why the kernel could not be asked about controllers; nil when it could.
    public var kernelTrouble: String?

    /// Puts facts together.
    public init(
        reach: Reach, program: String? = nil, version: String? = nil, adapters: [AdapterFacts] = [],
        blocks: [Block] = [], kernelTrouble: String? = nil
    ) {
        self.reach = reach
        self.program = program
        self.version = version
        self.adapters = adapters
        self.blocks = blocks
        self.kernelTrouble = kernelTrouble
    }

    /// The program's name when another one than BlueZ answers, as virtual straps do.
    public var standIn: String? { program.flatMap { $0 == "bluetoothd" ? nil : $0 } }
}
