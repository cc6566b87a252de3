/// Sample and approximate entropy with templates of two beats.
struct Entropy {
    /// Richman & Moorman 2000; N-2 templates for both lengths; nil when no template of three matches another.
    let sample: Double?
    /// Pincus 1991; self-matches count; nil with fewer than three values.
    let approximate: Double?

    /// The entropies of a series for a tolerance in its own unit, above 0.
    init(_ x: [Double], tolerance: Double) {
        guard x.count > 2, tolerance > 0 else {
            (sample, approximate) = (nil, nil)
            return
        }
        let matches = TemplateMatches(x, tolerance: tolerance)
        let count = x.count - 2
        // Of the N-1 templates of two, sample entropy leaves out the last, and the matches of others with it.
        let pairs = matches.two.reduce(0, +) - (2 * matches.two[count] - 1) - count
        let triples = matches.three.reduce(0, +) - count
        sample = triples > 0 ? Numerics.logarithm(Double(pairs) / Double(triples)) : nil
        approximate = Self.meanLogShare(matches.two) - Self.meanLogShare(matches.three)
    }

    /// The mean over templates of the logarithm of the share that matches.
    private static func meanLogShare(_ counts: [Int]) -> Double {
        let whole = Double(counts.count)
        return counts.reduce(0) { $0 + Numerics.logarithm(Double($1) / whole) } / whole
    }
}
