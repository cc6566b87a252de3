import Testing

@testable import Practice

/// Columns that say who somebody is.
@Suite struct IdentifyingTests {
    @Test(arguments: [
        "IPAddress", "RecipientLastName", "RecipientFirstName", "RecipientEmail", "LocationLatitude",
        "LocationLongitude", "ResponseId", "ExternalReference", "Email Address", "E-mail", "your e-mail", "Username",
        "Timestamp", "first_name", "Last name", "phone", "Mobile number", "dob", "Date of birth", "Student ID", "mrn",
        "pal_timestamp", "redcap_survey_identifier", "name", "ZIP code", "IP", "Full Name",
    ])
    func areKnownByTheirNames(_ name: String) { #expect(Identifying.reason(column: name) != nil) }

    @Test(arguments: [
        "goals_met", "Plans to use strategies", "Q1", "Which situation would you name?", "relationship", "tips",
        "UserLanguage", "Finished", "maternal", "feeling",
    ])
    func othersAreNot(_ name: String) { #expect(Identifying.reason(column: name) == nil) }

    @Test(arguments: [
        ("write to ana.b@uni.example.org please", "an e-mail address"), ("<a@b.de>", "an e-mail address"),
        ("192.168.0.17", "a network address"), ("from 2001:db8::1", "a network address"),
        ("fe80:0:0:0:0:0:0:1", "a network address"), ("call 0170 123 45 678", "a telephone number"),
        ("+1 (555) 010-9999", "a telephone number"),
    ])
    func areKnownByTheirContents(_ text: String, _ reason: String) {
        #expect(Identifying.reason(contents: text) == reason)
    }

    @Test(arguments: [
        "breathe @ the door", "5", "4.5", "10:30", "12:30:45", "version 1.2.3", "2026-08-04 16:02", "2026-08-04",
        "from 4 to 5, at 10 minutes", "it helped :) really",
    ])
    func wordsAndNumbersAreNoAddress(_ text: String) { #expect(Identifying.reason(contents: text) == nil) }
}
