public import Practice

/// What became of a session that was to be sealed.
public struct Sealing: Sendable, Hashable {
    /// What a student is given, once: whoever has the receipt opens that student's part.
    public struct Slip: Sendable, Hashable {
        /// Whose.
        public var code: Code
        /// What opens it; kept nowhere.
        public var receipt: PersonalReceipt

        /// Makes a slip.
        public init(code: Code, receipt: PersonalReceipt) {
            self.code = code
            self.receipt = receipt
        }
    }

    /// Codes whose part was sealed now, in order.
    public var codes: [Code] = []
    /// A slip for each of them, where slips were asked for.
    public var slips: [Slip] = []
    /// Whether rests of the clear rows are gone from every file; false when another program used the store at that
    /// moment, or the files could not be written anew; nil when that was not tried.
    public var isTidy: Bool?
    /// What hindered it after some codes; nil when nothing did.
    public var trouble: StoreError?

    /// Nothing yet.
    public init() {}
}

/// What everybody who can read the store may know of a sealed session.
public struct SealedSession: Sendable, Hashable {
    /// One sealed code.
    public struct Part: Sendable, Hashable {
        /// Whose.
        public var code: Code
        /// How many packets came.
        public var packets: Int
        /// How many beats they held.
        public var beats: Int
        /// Share of clean beats over the analysed phases, 0 to 1; nil without any.
        public var clean: Double?

        /// Makes a part.
        public init(code: Code, packets: Int, beats: Int, clean: Double?) {
            self.code = code
            self.packets = packets
            self.beats = beats
            self.clean = clean
        }
    }

    /// The session as a whole.
    public var info: SessionInfo
    /// Its sealed codes, in order, without those that have withdrawn.
    public var parts: [Part]
    /// Fingerprints of the keys that open it.
    public var recipients: [String]

    /// Puts it together.
    public init(info: SessionInfo, parts: [Part], recipients: [String]) {
        self.info = info
        self.parts = parts
        self.recipients = recipients
    }
}
