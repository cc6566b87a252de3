/// Text that is made of HTML or SVG elements, with every text and attribute escaped.
struct Markup: Sendable, Equatable {
    /// The bytes so far.
    private(set) var text = ""

    /// Nothing yet.
    init() {}

    /// Appends an element that has content.
    mutating func element(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: (inout Markup) -> Void
    ) {
        open(name, attributes)
        content(&self)
        text += "</\(name)>"
    }

    /// Appends an element that holds text only.
    mutating func element(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], text content: String) {
        element(name, attributes) { $0.add(text: content) }
    }

    /// Appends an SVG element without content.
    mutating func shape(_ name: String, _ attributes: KeyValuePairs<String, String>) {
        text += "<\(name)\(Self.written(attributes))/>"
    }

    /// Appends text, escaped.
    mutating func add(text content: String) {
        text += Self.escaped(content)
    }

    /// Appends what is markup already.
    mutating func add(_ other: Markup) {
        text += other.text
    }

    /// Begins a line, for whoever reads the source.
    mutating func newLine() {
        text += "\n"
    }

    private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String>) {
        text += "<\(name)\(Self.written(attributes))>"
    }

    private static func written(_ attributes: KeyValuePairs<String, String>) -> String {
        attributes.map { " \($0.key)=\"\(escaped($0.value))\"" }.joined()
    }

    private static func escaped(_ raw: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(raw.utf8.count)
        for character in raw.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
