internal import Glibc

/// The environment of this process.
public enum OwnEnvironment {
    /// All variables, by name.
    public static var variables: [String: String] {
        var all: [String: String] = [:]
        var place = environ
        while let entry = place.pointee {
            let text = String(cString: entry)
            if let equals = text.firstIndex(of: "=") {
                all[String(text[..<equals])] = String(text[text.index(after: equals)...])
            }
            place += 1
        }
        return all
    }
}
