internal import Practice

/// A whole HTML page: one file, no script, nothing fetched, made for a screen and for A4.
struct Page {
    let title: String
    private var body = Markup()
    private var figures = 0

    /// A page with its heading, and the line under it.
    init(title: String, under: String) {
        self.title = title
        body.element("h1", text: title)
        body.element("p", ["class": "under"], text: under)
        body.newLine()
    }

    mutating func heading(_ text: String) {
        body.element("h2", text: text)
        body.newLine()
    }

    mutating func paragraph(_ text: String) {
        body.element("p", text: text)
        body.newLine()
    }

    mutating func list(_ items: [String]) {
        body.element("ul") { list in for item in items { list.element("li", text: item) } }
        body.newLine()
    }

    /// A picture with a caption in plain words.
    mutating func figure(_ drawing: Drawing, caption: String) {
        figures += 1
        let number = figures
        body.element("figure") { figure in
            figure.element("div", ["class": "wide", "tabindex": "0", "role": "group", "aria-label": drawing.title]) {
                $0.add(drawing.markup)
            }
            figure.element("figcaption") { text in
                text.element("b", text: "\(number). \(drawing.title). ")
                text.add(text: caption)
            }
        }
        body.newLine()
    }

    /// A table; cells of the first column name their row.
    mutating func table(_ caption: String, head: [String], rows: [[String]]) {
        body.element("div", ["class": "wide", "tabindex": "0", "role": "group", "aria-label": caption]) { frame in
            frame.element("table") { table in
                table.element("caption", text: caption)
                table.element("thead") { lines in
                    lines.element("tr") { row in for cell in head { row.element("th", ["scope": "col"], text: cell) } }
                }
                table.element("tbody") { lines in
                    for cells in rows { Self.add(cells, to: &lines) }
                }
            }
        }
        body.newLine()
    }

    private static func add(_ cells: [String], to lines: inout Markup) {
        lines.element("tr") { row in
            for (index, cell) in cells.enumerated() {
                if index == 0 {
                    row.element("th", ["scope": "row"], text: cell)
                } else {
                    row.element("td", text: cell)
                }
            }
        }
    }

    /// The page as the text of a file.
    var html: String {
        var page = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
        page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
        var name = Markup()
        name.element("title", text: title)
        page += name.text + "\n<style>\n\(Self.style)\n</style>\n</head>\n<body>\n<main>\n"
        var foot = Markup()
        foot.element("footer") { footer in
            footer.element("p", text: Wording.score)
            footer.element("p", text: Wording.wellness)
        }
        return page + body.text + foot.text + "\n</main>\n</body>\n</html>\n"
    }

    private static let style = """
        :root { color: \(Palette.ink); background: \(Palette.paper); font: 16px/1.5 system-ui, sans-serif; }
        body { margin: 0; }
        main { max-width: 50rem; margin: 0 auto; padding: 1rem 1.25rem 2rem; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 0.5rem 0 0; }
        h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; break-after: avoid; }
        .under, figcaption, footer { color: \(Palette.quiet); }
        .under { margin-top: 0.25rem; }
        figure { margin: 1.25rem 0; break-inside: avoid; }
        figcaption { font-size: 0.92rem; }
        figcaption b { color: \(Palette.ink); }
        .wide { overflow-x: auto; }
        svg { display: block; width: 100%; min-width: 34rem; height: auto; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 0.92rem; }
        caption { text-align: left; color: \(Palette.quiet); padding-bottom: 0.25rem; }
        th, td { text-align: right; padding: 0.25rem 0.5rem; border-bottom: 1px solid \(Palette.grid); white-space: nowrap; }
        th:first-child { text-align: left; }
        td:last-child { white-space: normal; }
        thead th { border-bottom: 2px solid \(Palette.ink); }
        tbody th { font-weight: normal; white-space: normal; min-width: 5rem; }
        footer { margin-top: 2.5rem; border-top: 1px solid \(Palette.grid); font-size: 0.85rem; }
        @page { size: A4; margin: 16mm; }
        @media print {
          :root { font-size: 10.5pt; }
          main { max-width: none; padding: 0; }
          .wide { overflow: visible; }
          svg { min-width: 0; }
          table { break-inside: avoid; }
        }
        """
}
