/// A class of virtual straps: who is there, when a pacer leads, and what goes wrong.
///
/// The file is YAML; ``init(path:seed:)`` reads it. Every key may be left out, and what is left out is drawn from the seed, so
/// that the file of one line `straps: 8` is the standard class. Units stand in the names: `_s` is seconds of session time
/// since the simulator's start.
///
///     seed: 7                  # whole number; the same seed gives the same class, beat by beat
///     speed: 1                 # seconds of session time in a second of the machine's, 0.1 to 30
///     adapters: 2              # a number, or a list:
///     adapters:
///       - {name: hci0, address: 00:1A:7D:DA:71:10, slots: 5, powered: true}
///     straps: 8                # a number, or a list:
///     straps:
///       - name: Polar H10 A1B2C3D4
///         address: A0:9E:1A:B2:C3:D4
///         adapter: hci0        # the one adapter that hears it; left out: all
///         contact: yes         # yes, no, or none: no contact bits
///         rr: true             # false: heart rate only
///         wide_heart_rate: false
///         energy: false        # energy expended in every tenth packet
///         battery: 82          # per cent
///         rssi: -48            # dBm
///         near:                # when it is otherwise; the last that holds counts
///           - {from_s: 20, to_s: 35, rssi: -45}   # without to_s for good
///           - {after: 3, for_s: 60, rssi: -45}    # once strap 3, counted from 1, was connected; without for_s for good
///         location: chest      # chest, wrist ... or none: no Body Sensor Location
///         heart:
///           rate: 72           # mean, beats a minute
///           breathing: 14      # breaths a minute at rest
///           swing: 0.03        # with the breath at rest, amplitude as a share of the rate
///           variation: 0.2     # how uneven breaths at rest are
///           mayer: 0.02        # 0.1 Hz wave, standard deviation as a share of the rate
///           wander: 0.03       # 1/f, standard deviation as a share of the rate
///           noise: 0.008       # of each beat, standard deviation as a share of the interval
///           follows: 1         # the pacer: 0 not at all, 1 wholly
///           ectopic: 0.002     # share of beats that come early
///           missed: 0.001      # share of beats the strap misses
///           extra: 0.001       # share of beats before which it sees one too many
///       - count: 7             # seven more, all drawn from the seed; other keys then hold for each of them
///     pacer:                   # left out: rest until 90 s, then 6 breaths a minute; []: never
///       - {from_s: 90, to_s: 200, rate: 6, depth: 2.5}
///     faults:                  # strap: its name or place from 1; or adapter: hci0; neither: the daemon
///       - {strap: 3, at_s: 60, kind: drop, for_s: 12}
///       - {strap: 3, on_call: Connect 2, kind: connect_fails, times: 2,
///          error: org.bluez.Error.Failed, message: le-connection-abort-by-local}
///       - {strap: Polar H10 A1B2C3D4, at_s: 70, kind: bad_packet, hex: 10 48 3C}
///       - {adapter: hci0, at_s: 80, kind: power_off, for_s: 5}
///       - {at_s: 120, kind: daemon_restart, for_s: 2}
///
/// Kinds of faults: `drop`, `silent`, `burst`, `lose_packets` (a strap, `for_s`); `connect_fails`, `connect_lies`,
/// `never_resolves` (a strap, `times`, 1 unless given); `removed`, `bad_packet` (a strap); `power_off` (an adapter,
/// `for_s`); `daemon_restart` (`for_s`). `on_call: 2` alone counts Connect for a strap, StartDiscovery for an adapter.
public struct Scenario: Sendable, Hashable {
    /// What chance is drawn from.
    public var seed: UInt64
    /// Seconds of session time in a second of the machine's.
    public var speed: Double
    /// The adapters; at least one.
    public var adapters: [AdapterPlan]
    /// The straps.
    public var straps: [StrapPlan]
    /// When a pacer leads.
    public var pacer: PacerSchedule
    /// What goes wrong.
    public var faults: [Fault]

    /// The speeds at which a class can be simulated; gaps cannot be told from machine delays at higher ones.
    public static let speeds: ClosedRange<Double> = 0.1...30
    /// The most straps a scenario may have.
    public static let mostStraps = 1000

    /// Makes a scenario.
    public init(
        seed: UInt64 = 1, speed: Double = 1, adapters: [AdapterPlan] = [.standard(0)], straps: [StrapPlan] = [],
        pacer: PacerSchedule = .standard, faults: [Fault] = []
    ) {
        self.seed = seed
        self.speed = speed
        self.adapters = adapters
        self.straps = straps
        self.pacer = pacer
        self.faults = faults
    }
}
