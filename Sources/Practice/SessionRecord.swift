public import HeartRate
public import Timekeeping

/// What is known of a session as a whole.
public struct SessionInfo: Sendable, Hashable {
    /// Name such as `20260804-G1` or `20260804-G1-2`.
    public var name: String
    /// The group.
    public var group: GroupName
    /// When it began.
    public var started: UTC
    /// Local time's offset from UTC when it began, seconds.
    public var zoneOffsetSeconds: Int
    /// Length in seconds of session time; nil while it runs and after a crash.
    public var seconds: Double?
    /// The script, as it stood.
    public var script: Script
    /// Codes that were recorded, with the consent they had.
    public var codes: [Code: Consent]
    /// Version of the program that recorded it.
    public var toolVersion: String
    /// Rate of the session clock: 1 in life.
    public var clockRate: Double
    /// Bluetooth adapters used.
    public var adapters: [String]

    /// Makes an info.
    public init(
        name: String, group: GroupName, started: UTC, zoneOffsetSeconds: Int, seconds: Double?, script: Script,
        codes: [Code: Consent], toolVersion: String, clockRate: Double, adapters: [String]
    ) {
        self.name = name
        self.group = group
        self.started = started
        self.zoneOffsetSeconds = zoneOffsetSeconds
        self.seconds = seconds
        self.script = script
        self.codes = codes
        self.toolVersion = toolVersion
        self.clockRate = clockRate
        self.adapters = adapters
    }

    /// Codes that have not withdrawn, in order: the only ones that anything is told of.
    public var presentCodes: [Code] { codes.filter { $0.value != .withdrawn }.keys.sorted() }

    /// How many codes have withdrawn.
    public var withdrawnCount: Int { codes.values.count { $0 == .withdrawn } }
}

/// A notification exactly as it came.
public struct PacketRecord: Sendable, Hashable {
    /// Whose it is.
    public var code: Code
    /// Running number within the code, from 1.
    public var number: Int
    /// Arrival, seconds from the session's start.
    public var t: Double
    /// Arrival in UTC.
    public var utc: UTC
    /// Label of the strap, such as `Polar H10 A1B2C3D4`.
    public var strap: String
    /// Every byte of the value.
    public var bytes: [UInt8]

    /// Makes a record.
    public init(code: Code, number: Int, t: Double, utc: UTC, strap: String, bytes: [UInt8]) {
        self.code = code
        self.number = number
        self.t = t
        self.utc = utc
        self.strap = strap
        self.bytes = bytes
    }
}

/// A beat of a code.
public struct BeatRecord: Sendable, Hashable {
    /// Whose it is.
    public var code: Code
    /// The beat.
    public var beat: Beat

    /// Makes a record.
    public init(code: Code, beat: Beat) {
        self.code = code
        self.beat = beat
    }
}

/// A coherence update of a code.
public struct CoherenceRecord: Sendable, Hashable {
    /// Whose it is.
    public var code: Code
    /// The update.
    public var reading: CoherenceReading

    /// Makes a record.
    public init(code: Code, reading: CoherenceReading) {
        self.code = code
        self.reading = reading
    }
}

/// A mark in a session.
public struct MarkerRecord: Sendable, Hashable {
    /// Seconds from the session's start.
    public var t: Double
    /// Whose it is; nil for the whole group.
    public var code: Code?
    /// What kind: `mark`, `note`, `pause`, `resume`, `notice`, `stop`.
    public var kind: String
    /// Its text.
    public var text: String

    /// Makes a record.
    public init(t: Double, code: Code?, kind: String, text: String) {
        self.t = t
        self.code = code
        self.kind = kind
        self.text = text
    }
}

/// A change of a code's link to its strap.
public struct LinkRecord: Sendable, Hashable {
    /// What happened to the link.
    public enum Event: String, Sendable, Hashable {
        /// First packets of this strap.
        case connect
        /// No more packets.
        case lost
        /// Packets again.
        case back
        /// Another strap for the same code.
        case swap
    }

    /// Whose link.
    public var code: Code
    /// The ledger's segment it begins or ends.
    public var segment: Int
    /// Label of the strap.
    public var strap: String
    /// What happened.
    public var event: Event
    /// Seconds from the session's start.
    public var t: Double
    /// Signal when the strap last advertised, dBm.
    public var rssi: Int?
    /// Battery, per cent.
    public var battery: Int?

    /// Makes a record.
    public init(code: Code, segment: Int, strap: String, event: Event, t: Double, rssi: Int?, battery: Int?) {
        self.code = code
        self.segment = segment
        self.strap = strap
        self.event = event
        self.t = t
        self.rssi = rssi
        self.battery = battery
    }
}

/// Everything that was recorded of a session, in the order it happened.
public struct SessionRecord: Sendable, Hashable {
    /// The session as a whole.
    public var info: SessionInfo
    /// The phases as they happened.
    public var phases: [PhaseSequence.Span]
    /// Every notification, by code, then by number.
    public var packets: [PacketRecord]
    /// Every beat, by code, then by sequence number.
    public var beats: [BeatRecord]
    /// Every update, by code, then by time.
    public var coherence: [CoherenceRecord]
    /// Marks by time.
    public var markers: [MarkerRecord]
    /// Link changes by code, then by time.
    public var links: [LinkRecord]
    /// What straps said of themselves, by label.
    public var straps: [String: StrapDescription]
    /// Corrections made afterwards, which are applied here already, in the order they were made.
    public var reassignments: [Reassignment]
    /// Recordings made elsewhere that joined it, in the order they came.
    public var imports: [ImportRecord]

    /// Makes a record.
    public init(
        info: SessionInfo, phases: [PhaseSequence.Span], packets: [PacketRecord], beats: [BeatRecord],
        coherence: [CoherenceRecord], markers: [MarkerRecord], links: [LinkRecord],
        straps: [String: StrapDescription] = [:], reassignments: [Reassignment] = [], imports: [ImportRecord] = []
    ) {
        self.info = info
        self.phases = phases
        self.packets = packets
        self.beats = beats
        self.coherence = coherence
        self.markers = markers
        self.links = links
        self.straps = straps
        self.reassignments = reassignments
        self.imports = imports
    }

    /// The phase a moment lies in.
    public func phase(at t: Double) -> PhaseSequence.Span? {
        phases.last { $0.start <= t && $0.contains(t) }
    }
}
