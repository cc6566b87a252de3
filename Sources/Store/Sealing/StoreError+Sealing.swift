extension StoreError {
    /// Sentences about what is locked, and what must be kept.
    var aboutSealing: String {
        switch kind {
        case .sealed:
            """
            The session \(subject) is sealed for the facilitator\(detail.isEmpty ? "." : ":\n  \(detail)")
              Whoever has the private key names it:  --key FILE
              Students open their own part:  entrain me open RECEIPT
              Counts are there for all:  entrain session show \(subject)
            """
        case .otherKey:
            """
            The session \(subject) is sealed for another key: \(detail).
              See which one yours is:  entrain privacy key show FILE
            """
        case .sessionInterrupted:
            "The session \(subject) was broken off. End it first: entrain session recover \(subject)"
        default:
            """
            \(subject) must be kept until \(detail), somebody put on record.
              See who:  entrain privacy log
              Change it with:  entrain privacy keep --until DATE \(subject)
            """
        }
    }
}
