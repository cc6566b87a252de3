extension StoreError {
    /// Sentences about what is locked, and what must be kept.
    var aboutSealing: String {
        switch kind {
        case .sealed:
            "The session \(subject) is sealed for the facilitator\(detail.isEmpty ? "" : " (\(detail))"), so its beats "
                + "cannot be read here. Whoever has the private key names it with --key FILE; students open their own part "
                + "with their slip: entrain me open RECEIPT. Counts are there for all: entrain session show \(subject)"
        case .otherKey:
            "The session \(subject) is sealed for another key: \(detail). See which one yours is: "
                + "entrain privacy key show FILE"
        case .sessionInterrupted:
            "The session \(subject) was broken off. End it first: entrain session recover \(subject)"
        default:
            "\(subject) must be kept until \(detail), somebody put on record. See: entrain privacy log. Change it with: "
                + "entrain privacy keep --until DATE \(subject)"
        }
    }
}
