import Practice
import Testing

/// Receipts: three words and a number.
@Suite struct PersonalReceiptTests {
    @Test("a new one reads back, also in capitals and with blanks, and no two of a thousand are alike")
    func fresh() throws {
        var generator = SystemRandomNumberGenerator()
        var seen: Set<String> = []
        for _ in 0..<1000 {
            let receipt = PersonalReceipt(using: &generator)
            #expect(try PersonalReceipt(receipt.text) == receipt)
            #expect(try PersonalReceipt(" " + receipt.text.uppercased().replacing("-", with: " ") + " ") == receipt)
            seen.insert(receipt.text)
        }
        #expect(seen.count == 1000)
    }

    @Test("the words are many, plain, sorted, and no two differ by one letter only")
    func words() {
        let words = PersonalReceipt.words
        #expect(words.count >= 1500 && words == words.sorted() && Set(words).count == words.count)
        #expect(words.allSatisfy { (4...6).contains($0.count) && $0.allSatisfy { $0.isASCII && $0.isLowercase } })
        let letters = words.map { Array($0.utf8) }
        for (index, left) in letters.enumerated() {
            for right in letters[(index + 1)...] where left.count == right.count {
                let apart = zip(left, right).count { $0 != $1 }
                if apart < 2 { Issue.record("\(left) \(right)") }
            }
        }
    }

    @Test(
        "a mistyped word is met with the nearest that there is; what has another shape is told the shape",
        arguments: [
            ("melon-harbr-42-tide", "'harbr' is in no receipt. Did you mean 'harbor'?"),
            ("melonn-harbor-42-tide", "Did you mean 'melon'?"), ("melon-qqqqqq-42-tide", "Look at it once more"),
            ("melon-harbor-tide", "three words and a number"), ("melon-harbor-7-tide", "three words and a number"),
            ("melon-harbor-042-tide", "three words"), ("", "three words"), ("melon-42-harbor-tide", "three words"),
        ])
    func mistyped(text: String, sentence: String) {
        let fault = #expect(throws: PersonalReceipt.Fault.self) { try PersonalReceipt(text) }
        #expect(fault?.description.contains(sentence) == true, "\(String(describing: fault))")
    }

    @Test func theExampleIsOne() throws {
        #expect(try PersonalReceipt("melon-harbor-42-tide").text == "melon-harbor-42-tide")
    }
}
