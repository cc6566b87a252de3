import HRV
import Practice

/// METHODS.md: a checklist filled from the script that was run and from what was recorded; what nobody wrote down is
/// called so.
///
/// The checklist is that for reports on HRV biofeedback (Lalanza and others 2023, doi 10.1007/s10484-023-09582-6, table 2);
/// what its sections 5 and 6 ask for stands here in words of our own.
struct MethodsText {
    static let unknown = "not recorded: fill in"

    private let record: SessionRecord
    private let summaries: [PhaseSummary]
    private let options: ExportOptions
    private let surveys: [SurveyAnswers]

    static func text(of export: SessionExport) -> String {
        MethodsText(
            record: export.record, summaries: export.summaries, options: export.options, surveys: export.surveys
        ).text
    }

    private var text: String {
        let sections = sections
        let open = sections.flatMap { section in
            section.items.filter { $0.1.contains(Self.unknown) }.map { "\(section.title.prefix { $0 != " " }) \($0.0)" }
        }
        return """
            # Methods of session \(record.info.name)

            Filled by entrain \(record.info.toolVersion) from the script that was run and from what was recorded, along the \
            checklist for reports on
            heart-rate-variability biofeedback (Lalanza et al. 2023, Appl Psychophysiol Biofeedback 48:275, table 2). Sections \
            0 to 4 follow its items,
            5 and 6 say in words of our own what it asks for there.

            "\(Self.unknown)" means that the program does not know it and cannot: it asks nobody for age, sex or health. Fill \
            these in by hand
            (\(open.count) of \(sections.flatMap(\.items).count) items): \(open.joined(separator: "; ")).


            """
                + sections.map { "## \($0.title)\n\n| item | this session |\n|---|---|\n" + rows($0.items) }
                .joined(separator: "\n") + "\n" + phaseTable
    }

    private func rows(_ items: [(String, String)]) -> String {
        items.map { "| \($0.0) | \(Self.cell($0.1)) |\n" }.joined()
    }

    private static func cell(_ text: String) -> String {
        text.replacing("|", with: "\\|").replacing("\n", with: " ")
    }

    private var sections: [(title: String, items: [(String, String)])] {
        let unknown = Self.unknown
        return [
            ("0 Pre-registration or registration", [("Pre-registration or registration", unknown)]),
            (
                "1 Sample",
                [
                    ("Power analysis", unknown), ("Biological sex", unknown), ("Age", unknown),
                    ("Condition, such as students or patients", unknown), ("Weight (optional)", unknown),
                    ("Height (optional)", unknown),
                ]
            ),
            (
                "2 Allocation",
                [
                    ("Recruitment", unknown), ("Compensation", unknown), ("Inclusion and exclusion criteria", unknown),
                    ("Awareness or suspicion of the allocation", "does not apply: one group, nobody was allocated"),
                    ("Random allocation (optional)", "does not apply: one group"),
                    ("Control group", "none in this session: one group, measured before, during and after practice"),
                ]
            ), ("3 Missing participants and missing data", missing), ("4 Breathing protocol", breathing),
            ("5 Breathing intervention", intervention), ("6 Heart rate variability", measurement),
        ]
    }

    // MARK: - Sections

    private var missing: [(String, String)] {
        let consents = record.info.codes
        let asked = consents.count
        let recorded = Set(record.beats.map(\.code))
        let silent = record.info.presentCodes.filter { !recorded.contains($0) }
        let gaps = summaries.filter { $0.phase != Phase.pause.key }.reduce(0) { $0 + $1.gaps }
        let absent = summaries.filter { $0.beats > 0 && $0.coherenceMean == nil && $0.reasons["coherence_mean"] != nil }
        let rows = summary.rows
        return [
            (
                "Initial sample",
                "\(asked) codes took part with consent on record; how many were invited: \(Self.unknown)"
            ),
            (
                "Final sample",
                "\(recorded.count) codes with beats; \(rows.count { $0.use == .yes }) of them with both baseline and practice, "
                    + "used for the change of the group"
            ),
            (
                "Causes of loss",
                "withdrew: \(record.info.withdrawnCount); no beats from the strap: "
                    + (silent.isEmpty ? "0" : silent.map(\.description).joined(separator: ", "))
                    + "; left out of the change: \(leftOut(rows))"
            ),
            (
                "Missing data",
                "gaps of connection inside phases: \(gaps), kept as gaps (nothing was filled in); "
                    + "phases of codes without a score: \(absent.count), each with its reason in summary.csv"
            ),
        ]
    }

    private var summary: SessionSummary {
        SessionSummary(info: record.info, seconds: record.info.seconds ?? record.lastMoment, phases: summaries)
    }

    /// How many codes do not count, by reason.
    private func leftOut(_ rows: [SessionSummary.Row]) -> String {
        let reasons = rows.compactMap { row in
            switch row.use {
            case .yes: String?.none
            case .part(let why), .no(let why): why
            }
        }
        guard !reasons.isEmpty else { return "0" }
        return Dictionary(grouping: reasons) { $0 }.sorted { $0.key < $1.key }.map { "\($0.value.count) (\($0.key))" }
            .joined(separator: ", ")
    }

    private var pacers: [(phase: Phase, pacer: Pacer)] {
        var seen: Set<String> = []
        return record.phases.compactMap { span in
            guard let pacer = span.phase.pacer, seen.insert(span.phase.key).inserted else { return nil }
            return (span.phase, pacer)
        }
    }

    private var breathing: [(String, String)] {
        let rates = Set(pacers.map(\.pacer.rate)).sorted()
        let isAssessment = rates.count > 2
        let kind =
            pacers.isEmpty
            ? "no pacer was shown"
            : isAssessment
                ? "several preset paces one after the other, as in an assessment of resonance frequency"
                : "preset pace: everybody breathed at the same rate"
        let cycles = pacers.map { phase, pacer in
            "\(phase.key): in \(number(pacer.inSeconds)) s, hold \(number(pacer.holdSeconds)) s, "
                + "out \(number(pacer.outSeconds)) s (in : out = 1 : \(ratio(pacer)))"
        }
        return [
            ("Type of intervention", kind),
            (
                "Resonance frequency detection (optional)",
                isAssessment ? "paces \(list(rates)) a minute; the choice is not recorded" : "none"
            ),
            (
                "Mean resonance frequency (optional)",
                isAssessment ? Self.unknown : "does not apply: none was determined"
            ),
            ("Preset pace (optional)", rates.isEmpty ? "none" : "\(list(rates)) breaths a minute"),
            ("Control of the breathing rate (optional)", control),
            (
                "Inhalation, holding and exhalation in each cycle",
                cycles.isEmpty ? "no pacer was shown" : cycles.joined(separator: "; ")
            ),
        ]
    }

    private var control: String {
        let judged = summaries.compactMap(\.followsPacer)
        let kept = judged.count { $0 }
        return
            "no respirometer; peak of the heart rhythm within 0.01 Hz of the pacer in \(kept) of \(judged.count) phases "
            + "of codes with a pacer and a peak"
    }

    private var intervention: [(String, String)] {
        let whole = record.info.seconds.map { "\(number($0 / 60)) min in all" } ?? "the session broke off"
        let paced = length { $0.pacer != nil }
        let postures = unique(record.phases.map(\.phase.posture).filter { !$0.isEmpty })
        let shown = record.phases.filter { $0.phase.feedback == .own }.map(\.phase.key)
        let hidden = record.phases.filter { $0.phase.feedback != .own && $0.phase.isAnalysed }.map(\.phase.key)
        return [
            ("Number and spacing of sessions", "this is one session; others: \(Self.unknown)"),
            ("Duration", "\(whole), of which \(number(paced / 60)) min with a pacer"),
            (
                "Order and length of phases",
                "script \(record.info.script.name); the table at the end has each as it happened"
            ),
            ("Departures from the script", departures),
            ("What participants were told", instructions),
            ("Families of emotion regulation", families), ("Practice at home", Self.unknown), ("Place", Self.unknown),
            ("Who led it, and their training", Self.unknown),
            (
                "Body position",
                postures.isEmpty ? Self.unknown : "asked for: \(postures); whether it was kept: \(Self.unknown)"
            ),
            (
                "Feedback to participants",
                (shown.isEmpty ? "none" : "own heart rate, curve and score in: \(unique(shown))")
                    + (hidden.isEmpty ? "" : "; hidden in: \(unique(hidden))")
            ), ("Unwanted effects, such as dizziness", Self.unknown),
            ("Pauses", "\(record.phases.count { $0.phase == .pause })"),
            (
                "Recordings made elsewhere",
                "\(record.imports.count), named in session.json; their beats have no packet"
            ), ("Corrections afterwards", "\(record.reassignments.count), named in session.json"), ("Survey", survey),
        ]
    }

    private func length(where isWanted: (Phase) -> Bool) -> Double {
        record.phases.filter { isWanted($0.phase) }.compactMap { span in span.end.map { $0 - span.start } }.reduce(0, +)
    }

    /// Phases that were left out, and those that were more than a second shorter or longer than the script has them.
    private var departures: String {
        let found = record.info.script.phases.compactMap { phase -> String? in
            let spans = record.phases.filter { $0.phase.key == phase.key }
            guard !spans.isEmpty else { return "\(phase.key) was left out" }
            guard let planned = phase.seconds else { return nil }
            guard !spans.contains(where: { $0.end == nil }) else { return "\(phase.key) broke off" }
            let real = spans.compactMap { span in span.end.map { $0 - span.start } }.reduce(0, +)
            return abs(real - planned) > 1 ? "\(phase.key) took \(number(real)) s, planned \(number(planned)) s" : nil
        }
        return found.isEmpty ? "none" : found.joined(separator: "; ")
    }

    private var instructions: String {
        let told = record.info.script.phases.filter { !$0.prompt.isEmpty }.map { "\($0.key): \"\($0.prompt)\"" }
        return told.isEmpty ? Self.unknown : "by the script, in the coach's words: \(told.joined(separator: "; "))"
    }

    private var families: String {
        let named = record.phases.map(\.phase.regulation).filter { !$0.isEmpty }
        var seen: Set<String> = []
        let minutes = named.filter { seen.insert($0).inserted }.map { family in
            "\(family) \(number(length { $0.regulation == family } / 60)) min"
        }
        return minutes.isEmpty ? "none named in the script" : minutes.joined(separator: "; ") + " (Gross 1998)"
    }

    private var survey: String {
        guard !surveys.isEmpty else { return "none kept with these codes" }
        return surveys.map { survey in
            let waves = survey.instrument.waves.map { "\($0) \(survey.responses(in: $0).count)" }
            return "\(survey.instrument.name) (\(survey.instrument.title)): answered \(waves.joined(separator: ", "))"
        }.joined(separator: "; ")
    }

    private var measurement: [(String, String)] {
        let makes = Set(record.packets.map { StrapLabel.make(of: $0.strap) }).sorted()
        let beats = record.beats.count
        return [
            (
                "Device",
                makes.isEmpty ? Self.unknown : makes.joined(separator: ", ") + " (Bluetooth Heart Rate Service)"
            ),
            ("Sampling", "RR intervals as the straps computed them, in ticks of 1/1024 s; \(beats) beats"),
            (
                "Artefact handling",
                "Lipponen & Tarvainen 2019 (doi 10.1080/03091902.2019.1640306): labels in beats.csv; numbers rest on "
                    + "corrected intervals, raw ones are kept; no number where too few beats are clean"
            ), ("Clean share", cleanShare),
            (
                "Measures",
                "mean heart rate, SDNN, RMSSD and its logarithm per phase; coherence \(Coherence.definition): "
                    + "window \(number(CoherenceWindow.seconds)) s every \(number(CoherenceWindow.interval)) s"
            ),
            ("Baseline", baseline),
            (
                "Length of recordings",
                "as long as each phase; RMSSD from 60 s, the score from 64 s, SDNN from 120 s on: else the cell is empty and "
                    + "has its reason in summary.csv"
            ),
            (
                "Quality rule",
                "left out of the change: who has fewer than 80 % clean beats in baseline or practice, or no score there"
            ), ("Respiration", "not measured; see control of the breathing rate"),
            ("Software", "entrain \(record.info.toolVersion); algorithms with their parameters in session.json"),
            (
                "Statistics",
                "description of one session; paired effects with exact intervals where they are exported; no claim "
                    + "about one person"
            ),
        ]
    }

    private var cleanShare: String {
        let shares = summaries.compactMap(\.clean)
        guard let least = shares.min(), let most = shares.max() else { return Self.unknown }
        return "\(Decimals.text(least * 100, 0)) to \(Decimals.text(most * 100, 0)) % of beats by code and phase"
    }

    private var baseline: String {
        let spans = record.phases.filter(\.phase.isBaseline)
        guard !spans.isEmpty else { return "none: change from rest cannot be told" }
        let seconds = spans.compactMap { span in span.end.map { $0 - span.start } }.reduce(0, +)
        return "\(number(seconds / 60)) min, feedback \(unique(spans.map(\.phase.feedback.rawValue))), no pacer"
    }

    private var phaseTable: String {
        var lines = [
            "## Phases as they happened", "",
            "| phase | begin s | length s | feedback | breaths a minute | in s | hold s | out s | posture | family |",
            "|---|---|---|---|---|---|---|---|---|---|",
        ]
        for span in record.phases {
            let pacer = span.phase.pacer
            let cells = [
                span.phase.key, number(span.start), span.end.map { number($0 - span.start) } ?? "broke off",
                span.phase.feedback.rawValue, pacer.map { number($0.rate) } ?? "-",
                pacer.map { number($0.inSeconds) } ?? "-", pacer.map { number($0.holdSeconds) } ?? "-",
                pacer.map { number($0.outSeconds) } ?? "-",
                span.phase.posture.isEmpty ? Self.unknown : span.phase.posture,
                span.phase.regulation.isEmpty ? "-" : span.phase.regulation,
            ]
            lines.append("| " + cells.map(Self.cell).joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: - Words

    private func number(_ value: Double) -> String {
        let text = Decimals.text(value, 1)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private func ratio(_ pacer: Pacer) -> String {
        pacer.inSeconds > 0 ? number(pacer.outSeconds / pacer.inSeconds) : Self.unknown
    }

    private func list(_ values: [Double]) -> String { values.map(number).joined(separator: ", ") }

    private func unique(_ words: [String]) -> String {
        var seen: Set<String> = []
        return words.filter { seen.insert($0).inserted }.joined(separator: ", ")
    }
}
