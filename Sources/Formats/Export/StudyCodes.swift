public import Practice

/// Random study IDs in place of codes: what a code tells of a seat or a group, nobody reads from them.
///
/// They look like codes, such as `P417-62`, so that everything that takes a code takes them.
public struct StudyCodes: Sendable, Hashable {
    /// The study ID of each code.
    public let map: [Code: Code]

    /// Gives every code an ID of its own.
    /// - Parameters:
    ///   - codes: whom.
    ///   - generator: where chance comes from.
    /// - Throws: `PracticeError` never in fact: every ID is a code.
    public init(
        for codes: some Sequence<Code>, using generator: inout some RandomNumberGenerator
    ) throws(PracticeError) {
        var map: [Code: Code] = [:]
        var taken: Set<Code> = []
        for code in codes where map[code] == nil {
            var study: Code
            repeat {
                let group = try GroupName("P\(Int.random(in: 100...999, using: &generator))")
                study = try Code(group: group, place: Int.random(in: 1...99, using: &generator))
            } while !taken.insert(study).inserted
            map[code] = study
        }
        self.map = map
    }

    /// The map as a table, by code.
    public var table: [UInt8] {
        var bytes: [UInt8] = []
        Self.columns.writeHeader(into: &bytes)
        for (code, study) in map.sorted(by: { $0.key < $1.key }) {
            Self.columns.write(Pair(code: code, study: study), into: &bytes)
        }
        return bytes
    }

    private struct Pair: Sendable {
        let code: Code
        let study: Code
    }

    private static let columns = Table<Pair>(
        file: "codes.csv",
        columns: [
            .text("code", "the code in the session") { $0.code.description },
            .text("study_id", "the random ID in the export") { $0.study.description },
        ])

    /// The lines of this table in docs/formats.md.
    static var entries: [CodebookEntry] { columns.entries }
}
