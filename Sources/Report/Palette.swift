/// The colours of a report: Okabe and Ito's, told apart with any colour vision; nothing is told by colour alone.
enum Palette {
    /// Text, and lines that must be read.
    static let ink = "#1a1a1a"
    /// Smaller text: still seven to one against white.
    static let quiet = "#545454"
    /// Ground of the page.
    static let paper = "#ffffff"
    /// Lines of the grid.
    static let grid = "#d9d9d9"
    /// Ground of every other phase, and of times without a number.
    static let shade = "#f0f0f0"
    /// What is baseline.
    static let baseline = "#6b6b6b"
    /// What is practice.
    static let practice = "#0072b2"
    /// Odd beats, the pacer's line.
    static let mark = "#b34700"
    /// The band called low.
    static let low = "#d0d0d0"
    /// The band called medium.
    static let medium = "#8cc9ee"
    /// The band called high.
    static let high = "#0072b2"

    /// Colours of text on the ground it may stand on: each pair has at least 4.5 to 1 (WCAG 2.2, 1.4.3).
    static let textPairs = [
        (ink, paper), (quiet, paper), (ink, shade), (quiet, shade), (ink, low), (ink, medium), (paper, high),
        (practice, paper), (baseline, paper), (mark, paper), (practice, shade), (mark, shade),
    ]
}
