public import Practice

/// Surveys as files that people write: YAML, one entry an item.
///
///     instrument: evening
///     title: A quiet evening
///     scales:
///       agree: {1: strongly disagree, 2: disagree, 3: neither, 4: agree, 5: strongly agree}
///     items:
///       - item: calm
///         wave: [pre, post]
///         type: likert
///         label: Can calm down
///         text: I can calm myself before an exam.
///         levels: agree
///         met_rule: ">=4"
///
/// The keys of an item are the columns of codebook.csv, and `label`, which tables show in place of the text.
public enum SurveyFile {
    /// The longest file, bytes.
    public static let longest = 1 << 20

    /// Reads an instrument and holds it against every rule.
    /// - Parameters:
    ///   - text: the file.
    ///   - file: its name, for errors.
    /// - Returns: the instrument, with the text as it is.
    /// - Throws: `WrittenFileError` with every mistake.
    public static func read(_ text: String, file: String) throws(WrittenFileError) -> Instrument {
        var reader = SurveyReader()
        let instrument = reader.instrument(text)
        guard let instrument, reader.mistakes.isEmpty else {
            throw WrittenFileError(file: file, text: text, mistakes: reader.mistakes)
        }
        return instrument
    }
}
