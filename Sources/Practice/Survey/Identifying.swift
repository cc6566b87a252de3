/// Tells columns of a survey's export that say who somebody is.
public enum Identifying {
    /// Why a column of that name is not to be kept; nil when its name says nothing.
    ///
    /// Names are those that REDCap, Qualtrics and Google Forms give, and the usual ones of hand-made tables.
    public static func reason(column name: String) -> String? {
        let words = words(of: name)
        let joined = words.joined()
        for (reason, names) in known where names.contains(joined) { return reason }
        for (reason, marks) in telling where words.contains(where: marks.contains) { return reason }
        return nil
    }

    /// What the contents of a cell look like: an e-mail address, a network address or a telephone number; nil otherwise.
    public static func reason(contents text: String) -> String? {
        let words = text.split { $0.isWhitespace || ",;<>\"'()[]".contains($0) }.map(String.init)
        if words.contains(where: isMail) { return "an e-mail address" }
        if words.contains(where: { isIPv4($0) || isIPv6($0) }) { return "a network address" }
        return hasTelephone(text) ? "a telephone number" : nil
    }

    private static let known: [(reason: String, names: Set<String>)] = [
        (
            "a number of the survey system",
            [
                "responseid", "externalreference", "externaldatareference", "redcapsurveyidentifier", "sessionid",
                "deviceid", "recordid",
            ]
        ),
        ("a network address", ["ip", "ipaddress", "ipadress"]),
        (
            "a name",
            [
                "name", "fullname", "recipientlastname", "recipientfirstname", "username", "participantname",
                "studentname", "yourname",
            ]
        ),
        ("a place", ["locationlatitude", "locationlongitude", "location", "zip", "zipcode"]),
        ("when somebody answered", ["startdate", "enddate", "recordeddate", "timestamp"]),
    ]

    private static let telling: [(reason: String, marks: Set<String>)] = [
        ("an e-mail address", ["email", "mail", "emailaddress", "e-mail", "recipientemail"]),
        ("a network address", ["ip", "ipaddress"]),
        (
            "a name",
            ["firstname", "lastname", "surname", "forename", "fname", "lname", "username", "nickname", "initials"]
        ),
        ("a telephone number", ["phone", "telephone", "tel", "mobile", "cell", "cellphone"]),
        ("a place", ["latitude", "longitude", "gps", "zip", "zipcode", "postcode", "street"]),
        ("a date of birth", ["dob", "birthdate", "birthday", "dateofbirth", "birth"]),
        ("a number of a person", ["mrn", "ssn", "matriculation", "netid", "studentid", "insurance"]),
        ("when somebody answered", ["timestamp"]),
    ]

    /// Words, letters small: `first_name` and `First name` give first, name and firstname.
    private static func words(of name: String) -> [String] {
        let spaced = String(name.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : " " })
        let words = spaced.lowercased().split(separator: " ").map { String($0) }
        // Two words in a row that make up one of the telling ones: first name, date birth, student id.
        let pairs = zip(words, words.dropFirst()).map { $0 + $1 }
        return words + pairs.filter { ["firstname", "lastname", "studentid", "birthdate", "ipaddress"].contains($0) }
    }

    private static func isMail(_ word: String) -> Bool {
        let parts = word.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return false }
        let host = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return host.count >= 2 && host.dropLast().allSatisfy { !$0.isEmpty }
            && (host.last ?? "").count(where: \.isLetter) >= 2
    }

    private static func isIPv4(_ word: String) -> Bool {
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(\.isASCII) && (Int($0) ?? 256) < 256 }
    }

    private static func isIPv6(_ word: String) -> Bool {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        let isShort = word.contains("::") && parts.count >= 3
        return (isShort || parts.count == 8) && parts.contains { !$0.isEmpty }
            && parts.allSatisfy { $0.count <= 4 && $0.allSatisfy { $0.isASCII && $0.isHexDigit } }
    }

    /// Ten digits or more with nothing but what telephone numbers have between them.
    private static func hasTelephone(_ text: String) -> Bool {
        let runs = text.split { !($0.isASCII && ($0.isNumber || " +()-./".contains($0))) }
        return runs.contains { run in (10...15).contains(run.count(where: \.isNumber)) && !isDate(run) }
    }

    private static func isDate(_ run: Substring) -> Bool {
        let parts = run.split { !$0.isNumber }
        return parts.count >= 3 && parts[0].count == 4 && parts[1].count <= 2 && parts[2].count <= 2
    }
}
