import Formats
import Practice

/// The readers of answers and of codings; the first byte says whose file it is and what was asked for.
enum AnswersEntry {
    private static let levels = (1...5).map { SurveyItem.Level(code: "\($0)", label: "level \($0)") }
    private static let instrument = Instrument(
        name: "own", title: "Own",
        items: ["pre", "post"].flatMap { wave in
            [
                SurveyItem(
                    wave: wave, name: "calm", kind: .likert, label: "Calm", text: "I can calm myself.", levels: levels,
                    missingCodes: ["99"]),
                SurveyItem(
                    wave: wave, name: "feeling", kind: .number, label: "Feeling", text: "How do you feel?",
                    range: 0...10),
                SurveyItem(wave: wave, name: "next", kind: .text, label: "Next", text: "What will you try?"),
            ]
        }, text: "")

    static func take(_ bytes: [UInt8]) throws {
        guard let first = bytes.first else { return }
        let file = Array(bytes.dropFirst())
        let origins = SurveyImport.Origin.allCases
        var options = SurveyImport.Options(origin: origins[Int(first & 3) % origins.count])
        if first & 4 != 0 { options.wave = "post" }
        if first & 8 != 0 { options.codeColumn = "" }
        if first & 16 != 0 { options.drop = ["next"] }
        switch Result(catching: { () throws(SurveyImportError) in
            try SurveyImport(file, to: instrument, options: options)
        }) {
        case .success(let found): try check(found, lines: lines(of: file))
        case .failure(let error): try claimPrintable(error.description)
        }
        try checkCodings(file)
    }

    private static func lines(of file: [UInt8]) -> Int { 1 + file.count { $0 == 0x0a || $0 == 0x0d } }

    private static func check(_ found: SurveyImport, lines: Int) throws {
        for response in found.responses {
            try claim(!response.answers.isEmpty, "a response holds answers")
            try claim(["pre", "post"].contains(response.wave), "a response is of a wave that is asked")
            for (name, value) in response.answers {
                guard let item = instrument.item(name, in: response.wave) else {
                    throw BrokenClaim(description: "\(name) is no item of \(response.wave)")
                }
                try claim(item.read(value) == .value(value), "an answer is read as itself: \(name) \(value)")
            }
        }
        try claim(found.unreadable.allSatisfy { (1...lines).contains($0.line) }, "what is unreadable has its line")
        let codes = found.responses.compactMap { response in response.code.map { "\(response.wave) \($0)" } }
        try claim(Set(codes).count == codes.count, "a code answers once in a wave")
    }

    private static func checkCodings(_ file: [UInt8]) throws {
        switch Result(catching: { () throws(CodingFileError) in try CodingFile.read(file) }) {
        case .failure(let error): try claimPrintable(error.description)
        case .success(let codings):
            try claim(
                codings.allSatisfy {
                    !$0.response.isEmpty && !$0.item.isEmpty && !$0.rater.isEmpty && !$0.theme.isEmpty
                },
                "a coding has all its parts")
            // A cell that begins with spaces or looks guarded is told without them the second time.
            let first = try CodingFile.read(CodingFile.csv(codings))
            try claim(try CodingFile.read(CodingFile.csv(first)) == first, "codings go out and come back")
        }
    }
}
