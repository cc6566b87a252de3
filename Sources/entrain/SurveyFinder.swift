import Formats
import Practice
import Store

/// Finds the survey and the wave that a person means.
struct SurveyFinder {
    /// Every survey there is, by name: those of the store, then those that come with the program.
    let instruments: [Instrument]
    /// Names of those that were defined or answered here.
    let kept: Set<String>

    init(_ store: Store) async throws {
        let texts = try await store.instrumentTexts()
        var found: [Instrument] = []
        for (name, text) in texts { found.append(try SurveyFile.read(text, file: name)) }
        found += try SurveyFile.builtIn().filter { texts[$0.name] == nil }
        instruments = found.sorted { $0.name < $1.name }
        kept = Set(texts.keys)
    }

    /// Everything that was answered to the surveys that are kept here.
    func answers(_ store: Store) async throws -> [SurveyAnswers] {
        var answers: [SurveyAnswers] = []
        for instrument in instruments where kept.contains(instrument.name) {
            answers.append(try await store.answers(to: instrument))
        }
        return answers
    }

    /// A survey by name.
    func instrument(_ name: String) throws(SurveyError) -> Instrument {
        guard let instrument = instruments.first(where: { $0.name == name }) else {
            throw .unknownInstrument(name, known: instruments.map(\.name))
        }
        return instrument
    }

    /// A survey and one of its waves: `pal-post`, or `post` where that can mean one survey only; without a wave, nil.
    func find(_ text: String, instrument named: String?) throws(SurveyError) -> (instrument: Instrument, wave: String?)
    {
        if let named {
            let instrument = try instrument(named)
            let wave =
                text == named ? nil : text.hasPrefix("\(named)-") ? String(text.dropFirst(named.count + 1)) : text
            return (instrument, try wave.map { wave throws(SurveyError) in try Self.known(wave, of: instrument) })
        }
        if let instrument = instruments.first(where: { $0.name == text }) { return (instrument, nil) }
        if let hyphen = text.lastIndex(of: "-"),
            let instrument = instruments.first(where: { $0.name == text[..<hyphen] })
        {
            return (instrument, try Self.known(String(text[text.index(after: hyphen)...]), of: instrument))
        }
        let having = instruments.filter { $0.waves.contains(text) }
        let own = having.filter { kept.contains($0.name) }
        let candidates = own.isEmpty ? having : own
        guard candidates.count <= 1 else { throw .severalInstruments(candidates.map(\.name)) }
        guard let only = candidates.first else {
            throw .unknownInstrument(
                text, known: instruments.flatMap { own in own.waves.map { "\(own.name)-\($0)" } })
        }
        return (only, text)
    }

    /// A survey and one wave of it; the wave must be said when there are several.
    func wave(_ text: String, instrument named: String?) throws(SurveyError) -> (instrument: Instrument, wave: String) {
        let found = try find(text, instrument: named)
        if let wave = found.wave { return (found.instrument, wave) }
        let waves = found.instrument.waves
        guard waves.count == 1 else {
            throw .severalWaves(found.instrument.name, waves: waves)
        }
        return (found.instrument, waves[0])
    }

    /// The survey that an import fills: the one that was named, or the only one that is kept here.
    func target(_ named: String?) throws(SurveyError) -> Instrument {
        if let named { return try instrument(named) }
        let own = instruments.filter { kept.contains($0.name) }
        let candidates = own.isEmpty ? instruments : own
        guard candidates.count == 1 else { throw .severalInstruments(candidates.map(\.name)) }
        return candidates[0]
    }

    private static func known(_ wave: String, of instrument: Instrument) throws(SurveyError) -> String {
        guard instrument.waves.contains(wave) else {
            throw .unknownWave(wave, instrument: instrument.name, waves: instrument.waves)
        }
        return wave
    }
}
