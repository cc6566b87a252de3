/// A metric's name in files, and the least stretch of beats it may be read from.
public protocol MetricName: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// The seconds of beats below which the metric is not given. A stretch that ends on a beat satisfies it from 2 s below.
    var leastSeconds: Double { get }
    /// The unit of its value; empty where it has none.
    var unit: String { get }
}

/// The metrics of one domain: each has a value or a reason why not, and empty is never 0.
public struct MetricSet<Name: MetricName>: Sendable, Equatable {
    private var values: [Name: Double] = [:]
    private var absences: [Name: String] = [:]
    /// Why none has a value, where that is one reason for all.
    private var absence: String?
    private var seconds = 0.0

    /// The value of a metric, in the unit its name documents; nil when there is a reason.
    public subscript(name: Name) -> Double? { values[name] }

    /// Why a metric has no value; nil when it has one.
    public func reason(for name: Name) -> String? {
        guard values[name] == nil else { return nil }
        if let absence { return absence }
        guard allows(name) else { return tooShort(name.leastSeconds) }
        return absences[name] ?? "no variation"
    }

    /// Every metric of the domain in the order of the files.
    public var ordered: [(name: String, value: Double?)] {
        Name.allCases.map { (name: $0.rawValue, value: values[$0]) }
    }

    /// The reasons by the metric's name in files.
    public var reasons: [String: String] {
        var reasons: [String: String] = [:]
        for name in Name.allCases { if let reason = reason(for: name) { reasons[name.rawValue] = reason } }
        return reasons
    }

    /// A set in which every metric lacks a value for the same reason.
    init(absent reason: String) {
        absence = reason
    }

    /// A set for beats of `seconds`: what needs more says so, all else waits for its value.
    init(seconds: Double) {
        self.seconds = seconds
        values.reserveCapacity(24)
    }

    /// Whether the beats are long enough for a metric.
    func allows(_ name: Name) -> Bool { seconds >= name.leastSeconds - 2 }

    /// Sets a value; a metric that needs more seconds, and a value that is no number, keeps its reason.
    mutating func set(_ name: Name, _ value: Double?) {
        guard allows(name), let value, value.isFinite else { return }
        values[name] = value
    }

    /// Says why a metric has no value, unless it already lacks one for want of seconds.
    mutating func set(_ name: Name, absent reason: String) {
        guard allows(name) else { return }
        values[name] = nil
        absences[name] = reason
    }

    private func tooShort(_ needed: Double) -> String {
        "needs \(Int(needed)) s of beats, has \(Int(seconds.rounded(.down))) s"
    }
}
