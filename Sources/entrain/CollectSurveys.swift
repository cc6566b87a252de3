import Formats
import Practice
import Store
import Timekeeping

extension Study {
    /// Takes over what was answered in a room.
    func takeSurveys(of room: Store, from source: String) async throws -> [Outcome] {
        var outcomes: [Outcome] = []
        for answers in try await SurveyFinder(room).answers(room) where !answers.responses.isEmpty {
            let kept = try await room.keptResponses(to: answers.instrument)
            outcomes += try await take(kept, codings: answers.codings, of: answers.instrument, from: source)
        }
        return outcomes
    }

    /// Takes over what an exported session has of its codes' answers.
    func take(_ surveys: [SurveyAnswers], from source: String) async throws -> [Outcome] {
        var outcomes: [Outcome] = []
        for answers in surveys {
            let now = Environment.clock().now().utc.nanosecondsSince1970
            let kept = answers.responses.map { SurveyMerge.Kept($0, made: now) }
            outcomes += try await take(kept, codings: [], of: answers.instrument, from: source)
        }
        return outcomes
    }

    private func take(
        _ responses: [SurveyMerge.Kept], codings: [SurveyCoding], of instrument: Instrument, from source: String
    ) async throws -> [Outcome] {
        func outcome(_ kind: Outcome.Kind, _ detail: String) -> Outcome {
            Outcome(kind: kind, session: instrument.name, source: source, detail: detail, isSurvey: true)
        }
        let finder = try await SurveyFinder(store)
        var asked = instrument
        if finder.kept.contains(instrument.name) {
            asked = try finder.instrument(instrument.name)
            let answered = responses.reduce(into: [String: Set<String>]()) { items, kept in
                items[kept.response.wave, default: []].formUnion(kept.response.answers.keys)
            }
            let lost = asked.lost(of: instrument, answered: answered)
            guard lost.isEmpty else {
                return [
                    outcome(
                        .clash,
                        "the study's survey of that name does not ask, or asks otherwise: \(lost.joined(separator: ", ")). "
                            + "Give one of the two another name, and define it with that: entrain survey define")
                ]
            }
        }
        let merge = try await store.merge(responses, codings: codings, of: asked)
        let fresh = merge.new.count + merge.added.count
        var outcomes: [Outcome] = []
        if fresh + merge.known > 0 {
            let detail = "answers of \(fresh) new, of \(merge.known) there already"
            outcomes.append(outcome(fresh > 0 ? .new : .known, detail))
        }
        outcomes += merge.clashes.map { clash in
            let items = clash.items.indices.map {
                "\(clash.items[$0]) \(clash.there[$0]) there, \(clash.here[$0]) here"
            }
            return outcome(
                .clash,
                "\(clash.code) answered \(clash.wave) in two ways: \(items.joined(separator: "; ")). What is in the study "
                    + "stays. Mend it:  entrain survey enter \(instrument.name)-\(clash.wave) --code \(clash.code) --replace "
                    + "--data \(store.folder)"
            )
        }
        if merge.doubles > 0 {
            outcomes.append(
                outcome(
                    .clash,
                    "\(merge.doubles) answers without codes are the same as some that are there: most likely one file "
                        + "that two rooms took in. They were left out"))
        }
        return outcomes
    }
}
