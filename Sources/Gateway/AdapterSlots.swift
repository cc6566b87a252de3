/// How many links adapters hold at once, as people say it: `hci0=60,hci1=7`.
public struct AdapterSlots: Sendable, Hashable {
    /// The numbers that can be given.
    public static let possible = 1...250

    /// Links by adapter name.
    public let links: [String: Int]

    /// Reads a list.
    /// - Throws: `AdapterListError` when a name or a number is missing, odd or given twice.
    public init(_ text: String) throws(AdapterListError) {
        var links: [String: Int] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, AdapterNames.isName(sides[0]) else {
                throw AdapterListError(
                    "'\(part)' does not say how many links which adapter holds. Write name=number, such as hci0=7.")
            }
            let isNumber = !sides[1].isEmpty && sides[1].utf8.allSatisfy { (48...57).contains($0) }
            guard isNumber, let number = Int(sides[1]), Self.possible.contains(number) else {
                throw AdapterListError(
                    "'\(sides[1])' is not a number of links for \(sides[0]). "
                        + "Use \(Self.possible.lowerBound) to \(Self.possible.upperBound), such as \(sides[0])=7.")
            }
            guard links.updateValue(number, forKey: String(sides[0])) == nil else {
                throw AdapterListError("The links of \(sides[0]) are given twice. Give each adapter one number.")
            }
        }
        self.links = links
    }
}
