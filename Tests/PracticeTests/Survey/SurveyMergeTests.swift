import Testing

@testable import Practice

@Suite("Answers of two rooms") struct SurveyMergeTests {
    private func kept(
        _ place: Int?, _ answers: [String: String], wave: String = "post", made: Int64 = 1, id: String = "x"
    ) throws -> SurveyMerge.Kept {
        let code = try place.map { try Code(group: GroupName("G1"), place: $0) }
        return SurveyMerge.Kept(SurveyResponse(id: id, wave: wave, code: code, answers: answers), made: made)
    }

    @Test("a code's answers come once; what is more is added; what differs is a clash, and the first stays")
    func linked() throws {
        let there = [
            try kept(1, ["a": "1"], id: "post-001"), try kept(2, ["a": "1"], id: "post-002"),
            try kept(3, ["a": "1"], id: "post-003"),
        ]
        let merge = SurveyMerge(
            [
                try kept(1, ["a": "1"]), try kept(2, ["a": "1", "b": "2"]), try kept(3, ["a": "2", "b": "2"]),
                try kept(4, ["a": "3"]), try kept(1, ["a": "5"], wave: "pre"),
            ], into: there)
        #expect(merge.known == 1 && merge.new.count == 2)
        #expect(merge.added == ["post-002": ["b": "2"], "post-003": ["b": "2"]])
        #expect(merge.clashes.map(\.items) == [["a"]] && merge.clashes.first?.there == ["1"])
        let third = try Code("G1-03")
        #expect(merge.clashes.first?.here == ["2"] && merge.clashes.first?.code == third)
    }

    @Test("answers without codes are known again by their moment, as often as they are there")
    func unlinked() throws {
        let own = try ["1", "1", "2"].map { try kept(nil, ["a": $0], made: 7) }
        #expect(SurveyMerge(own, into: []).new.count == 3)
        #expect(SurveyMerge(own, into: own).new.isEmpty && SurveyMerge(own, into: own).known == 3)
        let more = own + [try kept(nil, ["a": "1"], made: 7)]
        #expect(SurveyMerge(more, into: own).new.map(\.response.answers) == [["a": "1"]])
    }

    @Test("the same answers without codes at another moment are one file that two rooms took in; a few alike are not")
    func doubles() throws {
        let first = try ["1", "3", "2"].map { try kept(nil, ["a": $0], made: 7) }
        let second = try ["3", "2", "1"].map { try kept(nil, ["a": $0], made: 8) }
        let merge = SurveyMerge(second, into: first)
        #expect(merge.doubles == 3 && merge.new.isEmpty)
        let few = SurveyMerge([try kept(nil, ["a": "1"], made: 8)], into: [try kept(nil, ["a": "1"], made: 7)])
        #expect(few.doubles == 0 && few.new.count == 1)
    }
}
