/// What `entrain doctor` saw of this computer, before anything is made of it.
public struct DoctorFacts: Sendable, Hashable {
    /// The bus, the Bluetooth service and its adapters.
    public var bluetooth: BluetoothFacts
    /// Whether the bus policy of the gateway's own service is installed.
    public var hasGatewayPolicy: Bool
    /// The kernel, and what the Bluetooth service is told about connections.
    public var kernel: KernelFacts
    /// The clock.
    public var clock: ClockFacts
    /// Where sessions are kept.
    public var folder: FolderFacts
    /// The groups there are, by name.
    public var groups: [GroupSize]
    /// What stdout is.
    public var terminal: TerminalFacts
    /// How safe what is kept would be, if somebody else had this computer.
    public var privacy: PrivacyFacts

    /// A group and how many places it has.
    public struct GroupSize: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its places.
        public var places: Int

        /// Makes one.
        public init(name: String, places: Int) {
            self.name = name
            self.places = places
        }
    }

    /// Puts facts together.
    public init(
        bluetooth: BluetoothFacts, hasGatewayPolicy: Bool, kernel: KernelFacts, clock: ClockFacts,
        folder: FolderFacts, groups: [GroupSize], terminal: TerminalFacts, privacy: PrivacyFacts = PrivacyFacts()
    ) {
        self.bluetooth = bluetooth
        self.hasGatewayPolicy = hasGatewayPolicy
        self.kernel = kernel
        self.clock = clock
        self.folder = folder
        self.groups = groups
        self.terminal = terminal
        self.privacy = privacy
    }
}
