extension Doctor {
    /// Keys, days, the disk and the home folder.
    static func privacy(_ facts: PrivacyFacts) -> [Finding] {
        [keys(facts), days(facts), encryption(facts), home(facts)].compactMap(\.self)
    }

    private static func keys(_ facts: PrivacyFacts) -> Finding? {
        guard let keys = facts.keys else { return nil }
        let subject = "Keys"
        if keys == 0 {
            return Finding(.ok, subject, "none: sessions stay in the clear (see: entrain privacy key --help)")
        }
        let sealing = "sealing for \(keys == 1 ? "1 key" : "\(keys) keys")"
        if facts.plainSessions > 0 {
            let count = facts.plainSessions == 1 ? "1 session stands" : "\(facts.plainSessions) sessions stand"
            return Finding(.warning, subject, "\(sealing), but \(count) in the clear", advice: "entrain privacy seal")
        }
        guard keys == 1 else { return Finding(.ok, subject, sealing) }
        return Finding(
            .warning, subject, "\(sealing): if it is lost, so is everything sealed",
            advice: "entrain privacy key import FILE.pub, of a second person")
    }

    private static func days(_ facts: PrivacyFacts) -> Finding? {
        guard facts.keys != nil else { return nil }
        let subject = "Keep until"
        if facts.dueSessions > 0 {
            let count = facts.dueSessions == 1 ? "1 session is" : "\(facts.dueSessions) sessions are"
            return Finding(.warning, subject, "\(count) past the day", advice: "entrain privacy purge")
        }
        return Finding(
            .ok, subject, facts.keptUntil.map { "\($0)" } ?? "nobody has said (entrain privacy keep --until DAY)")
    }

    private static func encryption(_ facts: PrivacyFacts) -> Finding? {
        switch facts.isDiskEncrypted {
        case true?: Finding(.ok, "Disk encryption", "on")
        case false?:
            Finding(
                .warning, "Disk encryption", "off: whoever takes the disk reads what is not sealed",
                advice: "a laptop with an encrypted disk (LUKS), or: entrain privacy key import FILE.pub")
        case nil: nil
        }
    }

    private static func home(_ facts: PrivacyFacts) -> Finding? {
        guard let rights = facts.homeRights, rights & 0o007 != 0 else { return nil }
        return Finding(
            .warning, "Home folder", "it is \(octal(rights)): other accounts can look into it", advice: "chmod 700 ~")
    }
}
