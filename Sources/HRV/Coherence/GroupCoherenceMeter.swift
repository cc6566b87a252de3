/// How far the hearts of a group move together while one pacer leads: updates in, as they come, the figures out.
///
/// Windows end on each member's own last beat. So that phases can be compared, each is turned back to the clock that all
/// share, `phase = arg z - 2 pi f (start of the window)`, and updates are paired in slots of 5 s from the stretch's
/// start. Live, and over a whole file in any order, the figures are the same.
public struct GroupCoherenceMeter: Sendable, Equatable {
    /// The name and version of the definition; every file that holds a figure states it.
    public static let definition = "open-group-coherence-1"

    /// The pacer's rate, breaths a second.
    public let pacerHz: Double
    /// When the stretch began, seconds.
    public let start: Double

    private var slots: [Int: [Int: Angle]] = [:]
    private var pairs: [Pair: Sum] = [:]

    private struct Pair: Hashable {
        let first: Int
        let second: Int
    }

    private struct Angle: Equatable {
        var x = 0.0
        var y = 0.0
    }

    private struct Sum: Equatable {
        var x = 0.0
        var y = 0.0
        var count = 0

        var length: Double { (x * x + y * y).squareRoot() / Double(count) }
    }

    /// A stretch with a pacer, in which nothing has come yet.
    /// - Parameters:
    ///   - pacerHz: breaths a second.
    ///   - start: when it began, seconds.
    public init(pacerHz: Double, start: Double) {
        self.pacerHz = pacerHz
        self.start = start
    }

    /// Takes an update of a member, told by a number of its own.
    ///
    /// It counts when it has a result held against this pacer and its window lies wholly inside the stretch; the first
    /// of a slot counts.
    /// - Parameters:
    ///   - update: the update.
    ///   - member: whose it is.
    ///   - end: when the stretch ended, seconds; infinite while it goes on.
    /// - Returns: whether it counted.
    @discardableResult
    public mutating func add(_ update: CoherenceUpdate, of member: Int, until end: Double = .infinity) -> Bool {
        guard let swing = update.pacing, update.result != nil, abs(swing.pacerHz - pacerHz) < 1e-9,
            start <= end, update.isInside(start...end)
        else { return false }
        let slot = Int(((update.t - start) / CoherenceWindow.interval).rounded(.down))
        guard slots[slot]?[member] == nil else { return false }
        let firstSample = update.tEnd - CoherenceWindow.span
        let phase = swing.phase - 2 * Double.pi * pacerHz * (firstSample - start)
        let angle = Angle(x: Numerics.cosine(phase), y: Numerics.sine(phase))
        for (other, theirs) in slots[slot] ?? [:] {
            let pair = Pair(first: min(member, other), second: max(member, other))
            // exp(i(a - b)); with a and b exchanged its conjugate, of the same length: so the order is the pair's.
            let (a, b) = member < other ? (angle, theirs) : (theirs, angle)
            pairs[pair, default: Sum()].x += a.x * b.x + a.y * b.y
            pairs[pair, default: Sum()].y += a.y * b.x - a.x * b.y
            pairs[pair, default: Sum()].count += 1
        }
        slots[slot, default: [:]][member] = angle
        return true
    }

    /// Members of whom at least one update counted.
    public var members: Int { Set(slots.values.flatMap(\.keys)).count }

    /// Slots in which at least three members counted.
    public var updates: Int { slots.values.count { $0.count >= GroupCoherence.leastMembers } }

    /// Members of whom an update of the last 15 s before `t` counted: an update is told some beats after its window's end.
    public func members(shortlyBefore t: Double) -> Int {
        let newest = Int(((t - start) / CoherenceWindow.interval).rounded(.down))
        return Set(slots.filter { $0.key > newest - 3 }.values.flatMap(\.keys)).count
    }

    /// The figures; nil in them where too little is known.
    public var coherence: GroupCoherence {
        let counted = pairs.filter { $0.value.count >= GroupCoherence.leastUpdates }
        let paired = Set(counted.keys.flatMap { [$0.first, $0.second] })
        let lengths = counted.sorted { ($0.key.first, $0.key.second) < ($1.key.first, $1.key.second) }
            .map(\.value.length)
        let resultants = slots.sorted { $0.key < $1.key }.map(\.value)
            .filter { $0.count >= GroupCoherence.leastMembers }.map(Self.resultant)
        return GroupCoherence(
            locking: paired.count >= GroupCoherence.leastMembers ? Moments(lengths).mean : nil,
            resultant: resultants.count >= GroupCoherence.leastUpdates ? Moments(resultants).mean : nil)
    }

    /// Why there is no figure, in words; nil when there is one.
    public var reason: String? {
        guard coherence.locking == nil else { return nil }
        guard !slots.isEmpty else { return "needs a window of 64 s wholly inside the phase" }
        let members = members
        if members < GroupCoherence.leastMembers {
            return "needs \(GroupCoherence.leastMembers) straps with clean beats, has \(members)"
        }
        let seconds = CoherenceWindow.seconds + CoherenceWindow.interval * Double(GroupCoherence.leastUpdates)
        return "needs \(GroupCoherence.leastMembers) straps together over \(Int(seconds)) s of this phase"
    }

    private static func resultant(_ members: [Int: Angle]) -> Double {
        var sum = Sum()
        for (_, angle) in members.sorted(by: { $0.key < $1.key }) {
            sum.x += angle.x
            sum.y += angle.y
            sum.count += 1
        }
        return sum.length
    }
}

extension GroupCoherence {
    /// Figures that were computed before.
    init(locking: Double?, resultant: Double?) {
        self.locking = locking
        self.resultant = resultant
    }
}
