/// Words that were probably meant.
public enum Spelling {
    /// The known word nearest to one that is not known; nil when none is near enough to be proposed.
    ///
    /// Near enough are words that one change in three letters, and at most three changes, turn into one another.
    public static func nearest(to word: String, among known: [String]) -> String? {
        let lowered = word.lowercased()
        let near = known.map { (word: $0, distance: distance(lowered, $0.lowercased())) }
            .min { $0.distance < $1.distance }
        guard let near, near.distance <= min(3, max(1, word.count / 3)) else { return nil }
        return near.word
    }

    /// Levenshtein's distance.
    public static func distance(_ left: String, _ right: String) -> Int {
        let target = Array(right)
        var row = Array(0...target.count)
        for (i, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in target.enumerated() {
                let next = min(row[j + 1] + 1, row[j] + 1, diagonal + (character == other ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = next
            }
        }
        return row[target.count]
    }
}
