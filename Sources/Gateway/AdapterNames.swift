/// Names of adapters as people list them: `hci0,hci1`.
public struct AdapterNames: Sendable, Hashable {
    /// The names.
    public let names: Set<String>

    /// Reads a list.
    /// - Throws: `AdapterListError` when a name is missing, odd or given twice.
    public init(_ text: String) throws(AdapterListError) {
        var names: Set<String> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard Self.isName(part) else {
                throw AdapterListError(
                    "'\(part)' is not the name of an adapter. List names with commas and no spaces, such as hci0,hci1.")
            }
            guard names.insert(String(part)).inserted else {
                throw AdapterListError("The adapter \(part) is listed twice. Name each once, such as hci0,hci1.")
            }
        }
        self.names = names
    }

    /// BlueZ names adapters `hci` and a number.
    static func isName(_ text: Substring) -> Bool {
        let number = text.dropFirst(3)
        let isNumber = number.utf8.allSatisfy { (48...57).contains($0) }
        return text.hasPrefix("hci") && (1...3).contains(number.utf8.count) && isNumber
    }
}

/// What is wrong with a list that a person typed.
public struct AdapterListError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and what to type instead.
    public let description: String

    init(_ description: String) { self.description = description }
}
