/// A version of the Linux kernel as kernel.org numbers it.
public struct KernelVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The three numbers.
    public let major, minor, patch: Int

    /// Makes a version.
    public init(_ major: Int, _ minor: Int, _ patch: Int) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Finds out what a running kernel is made of.
    ///
    /// Distributions freeze the number in the release: Debian's `6.1.0-20-amd64` is 6.1.85, which stands in the build.
    /// - Parameters:
    ///   - release: `uname -r`.
    ///   - build: `uname -v`.
    ///   - signature: `/proc/version_signature`, which Ubuntu has; empty elsewhere.
    public init?(release: String, build: String = "", signature: String = "") {
        let words = build.split(separator: " ")
        let debian = words.firstIndex(of: "Debian").flatMap { $0 + 1 < words.endIndex ? words[$0 + 1] : nil }
        let ubuntu = signature.split(whereSeparator: \.isWhitespace).last
        guard let text = debian ?? ubuntu ?? release.split(separator: " ").first else { return nil }
        let numbers = text.prefix { $0.isNumber || $0 == "." }.split(separator: ".").map { Int($0) }
        guard numbers.count >= 2, let major = numbers[0], let minor = numbers[1] else { return nil }
        self.init(major, minor, numbers.count > 2 ? numbers[2] ?? 0 : 0)
    }

    /// Such as `6.1.85`.
    public var description: String { "\(major).\(minor).\(patch)" }

    /// By number.
    public static func < (left: KernelVersion, right: KernelVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    /// Whether it refuses the connection intervals of 312.5 to 500 ms that Polar straps ask for, so that they hang up.
    ///
    /// Source: commits e4b019515f95 (refuses, 6.8) and 806a5198c059 (no longer, 6.10), and the stable releases that took
    /// them over; bluez issue 847. A distribution may have taken over the second without a new number.
    public var refusesSlowIntervals: Bool {
        Self.refusing.contains { $0.contains(self) }
    }

    private static let refusing = [
        KernelVersion(4, 19, 309)..<KernelVersion(4, 19, 317),
        KernelVersion(5, 4, 271)..<KernelVersion(5, 4, 279),
        KernelVersion(5, 10, 212)..<KernelVersion(5, 10, 221),
        KernelVersion(5, 15, 151)..<KernelVersion(5, 15, 162),
        KernelVersion(6, 1, 81)..<KernelVersion(6, 1, 95),
        KernelVersion(6, 6, 21)..<KernelVersion(6, 6, 35),
        KernelVersion(6, 7, 9)..<KernelVersion(6, 9, 6),
    ]
}
