import Foundation
import FoundationXML

/// A page as a reader of XML sees it: its elements with their texts.
final class PageReading: NSObject, XMLParserDelegate {
    struct Element {
        var name: String
        var attributes: [String: String]
        var text = ""
        /// Names of the elements it stands in, the outermost first.
        var within: [String]
    }

    private(set) var elements: [Element] = []
    private var open: [Int] = []
    private(set) var trouble: String?

    init(_ html: String) {
        super.init()
        let parser = XMLParser(data: Data(html.utf8))
        parser.delegate = self
        if !parser.parse() { trouble = "line \(parser.lineNumber): \(parser.parserError.debugDescription)" }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        elements.append(Element(name: name, attributes: attributes, within: open.map { elements[$0].name }))
        open.append(elements.count - 1)
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        for index in open { elements[index].text += text }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }

    func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

    /// Cells of the table row whose first cell is `name`.
    func row(_ name: String) -> [String]? {
        guard
            let start = elements.firstIndex(where: { $0.name == "th" && $0.text == name && $0.within.contains("tbody") }
            )
        else { return nil }
        return elements[(start + 1)...].prefix { $0.name == "td" }.map(\.text)
    }
}
