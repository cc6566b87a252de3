import Formats
import Practice

/// The reader of surveys that people write.
enum SurveyEntry {
    static func take(_ bytes: [UInt8]) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        switch Result(catching: { () throws(WrittenFileError) in try SurveyFile.read(text, file: "x.yaml") }) {
        case .success(let instrument): try check(instrument)
        case .failure(let error): try MistakeClaims.check(error, in: text)
        }
    }

    private static func check(_ instrument: Instrument) throws {
        try claim(!instrument.items.isEmpty && !instrument.name.isEmpty, "a survey has a name and asks something")
        let names = instrument.items.map { "\($0.wave) \($0.name)" }
        try claim(Set(names).count == names.count, "an item is asked once in a wave")
        let own = DelimitedText(SurveyCodebook.csv(instrument)).rows
        try claim(own.count == instrument.items.count + 1, "the codebook has a line an item")
        try claim(own.allSatisfy { $0.cells.count == 10 }, "a line of the codebook has ten cells")
        let dictionary = DelimitedText(SurveyCodebook.redcap(instrument)).rows
        try claim(dictionary.allSatisfy { $0.cells.count == 18 }, "a line of REDCap's dictionary has eighteen cells")
        for item in instrument.items { _ = item.read("3") }
    }
}

/// What holds of the mistakes in every file that a person wrote.
enum MistakeClaims {
    static func check(_ error: WrittenFileError, in text: String) throws {
        try claim(!error.mistakes.isEmpty, "an error names a mistake")
        let lines = lineCount(text)
        for mistake in error.mistakes {
            try claim((1...lines).contains(mistake.line), "line \(mistake.line) of \(lines) is there: \(mistake)")
            try claim(mistake.column >= 1, "columns count from 1: \(mistake)")
            try claim(!mistake.problem.isEmpty && !mistake.advice.isEmpty, "a mistake has words: \(mistake)")
        }
    }
}
