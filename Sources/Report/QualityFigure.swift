internal import Practice

/// How clean the beats of each code were, minute by minute.
struct QualityFigure {
    let people: [PersonRecord]
    let seconds: Double

    private enum Grade: CaseIterable {
        case good, some, many, none

        init(_ clean: Double?) {
            switch clean {
            case .none: self = .none
            case .some(0.95...): self = .good
            case .some(0.80...): self = .some
            case .some: self = .many
            }
        }

        /// Fill, and the sign inside it, so that it is not told by colour alone.
        var look: (fill: String, sign: String, words: String) {
            switch self {
            case .good: (Palette.high, "", "95 % clean or more")
            case .some: (Palette.medium, "–", "80 to 95 %")
            case .many: (Palette.low, "×", "below 80 %")
            case .none: (Palette.paper, "", "no beats")
            }
        }
    }

    private var minutes: Int { max(1, Int((seconds / 60).rounded(.up))) }

    var drawing: Drawing {
        let rowHeight = 22.0
        let width = 640 / Double(minutes)
        var drawing = Drawing(
            title: "Clean beats, minute by minute", description: description,
            height: 36 + Double(people.count) * rowHeight + 36)
        drawLegend(in: &drawing)
        for (line, person) in people.enumerated() {
            let y = 36 + Double(line) * rowHeight
            drawing.text("\(person.code)", x: 60, y: y + 14, anchor: .end)
            for minute in 0..<minutes {
                let x = 68 + Double(minute) * width
                let look = grade(of: person, minute: minute).look
                drawing.rectangle(
                    x: x, y: y, width: max(1, width - 1), height: rowHeight - 4, fill: look.fill)
                guard !look.sign.isEmpty, width > 9 else { continue }
                drawing.text(look.sign, x: x + width / 2, y: y + 13, anchor: .middle, size: 11)
            }
        }
        let below = 36 + Double(people.count) * rowHeight
        let step = max(1, minutes / 12)
        for minute in stride(from: 0, through: minutes, by: step) {
            drawing.text(
                "\(minute)", x: 68 + Double(minute) * width, y: below + 14, anchor: .middle, colour: Palette.quiet,
                size: 11)
        }
        drawing.text("minutes of the session", x: 708, y: below + 30, anchor: .end, colour: Palette.quiet, size: 11)
        return drawing
    }

    private func drawLegend(in drawing: inout Drawing) {
        for (index, grade) in Grade.allCases.enumerated() {
            let x = 68 + Double(index) * 155
            if grade == .none { drawing.rectangle(x: x, y: 7, width: 16, height: 16, fill: Palette.quiet) }
            drawing.rectangle(x: x + 1, y: 8, width: 14, height: 14, fill: grade.look.fill)
            drawing.text(grade.look.sign, x: x + 8, y: 19, anchor: .middle, size: 11)
            drawing.text(grade.look.words, x: x + 21, y: 19)
        }
    }

    private func grade(of person: PersonRecord, minute: Int) -> Grade {
        let start = Double(minute) * 60
        return Grade(person.replay.clean(from: start, to: start + 60))
    }

    /// The numbers in words.
    var description: String {
        people.map { person in
            let grades = (0..<minutes).map { grade(of: person, minute: $0) }
            let good = grades.count { $0 == .good }
            let none = grades.count { $0 == .none }
            return "\(person.code): \(good) of \(minutes) minutes at least 95 % clean, \(none) without beats."
        }.joined(separator: " ")
    }
}
