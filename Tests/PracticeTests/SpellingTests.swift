import Testing

@testable import Practice

@Suite struct SpellingTests {
    @Test(arguments: [
        ("feedbak", "feedback"), ("FEEDBACK", "feedback"), ("pacers", "pacer"), ("promt", "prompt"),
        ("minute", "minutes"),
    ])
    func aNearWordIsProposed(_ word: String, _ expected: String) {
        #expect(Spelling.nearest(to: word, among: ["feedback", "pacer", "prompt", "minutes"]) == expected)
    }

    @Test(arguments: ["colour", "x", ""]) func aFarWordIsNot(_ word: String) {
        #expect(Spelling.nearest(to: word, among: ["feedback", "pacer", "prompt"]) == nil)
    }
}
