/// How a strap is called in what leaves this machine: never by its address.
enum StrapLabel {
    /// The label as it is, or, where it is a Bluetooth address, `strap` and the last four of its digits.
    static func withoutAddress(_ label: String) -> String {
        isAddress(label) ? "strap \(label.filter { $0 != ":" }.suffix(4).uppercased())" : label
    }

    private static func isAddress(_ label: String) -> Bool {
        let parts = label.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 6 && parts.allSatisfy { $0.utf8.count == 2 && $0.allSatisfy(\.isHexDigit) }
    }
}
