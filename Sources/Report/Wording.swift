/// Sentences that every report has.
enum Wording {
    /// What this is for.
    static let wellness =
        "For learning and well-being practice; not a medical device; does not diagnose, treat or monitor any condition; "
        + "values are estimates from a consumer strap."
    /// What the score is.
    static let score =
        "The score is open-coherence-1, an open definition from public sources, over windows of 64 s. Low, medium and high "
        + "are this tool's own bands. It is not affiliated with or endorsed by HeartMath, and it is no HeartMath score."
    /// What nobody should read into a person's report.
    static let limitsOfPerson = [
        "It is one session with one strap. It does not say why a number changed, and there was nobody to compare with.",
        "Smooth means: the heart rate goes up and down like one slow wave. It says nothing about how fit or healthy "
            + "somebody is, and it is fine if it stays jagged.",
        "Odd beats are most often a dry or loose strap; this tool cannot judge a heart rhythm. If something worries you, "
            + "talk to a clinician or to student health.",
    ]
    /// What nobody should read into a group's report.
    static let limitsOfGroup = [
        "No control group: this is a description of one session, not evidence that the exercise caused a change.",
        "Codes stand in their own order. It is no ranking, and one person's change says little: scores move by "
            + "themselves from one minute to the next.",
        "Codes that were left out are named with the reason. Numbers of fewer than five codes are those of persons "
            + "rather than of a group.",
    ]
}
