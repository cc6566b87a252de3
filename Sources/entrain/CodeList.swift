import ArgumentParser
import Practice

/// Codes as people list them: `G1-05,G1-08`.
struct CodeList {
    let codes: [Code]

    init(_ text: String) throws {
        do {
            codes = try text.split(separator: ",").map { try Code(String($0.filter { $0 != " " })) }
        } catch {
            throw ValidationError("\(error)")
        }
        guard !codes.isEmpty else { throw ValidationError("Name at least one code, such as G1-05.") }
    }
}
