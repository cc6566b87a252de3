import Formats
import Practice
import Screens
import Store
import Terminal

/// A student's own part of a sealed session: phase by phase, and as a tachogram and coherence over time.
struct MeOwnPart {
    private let own: Store.OwnPart
    private let personal: PersonalRecord
    private let replay: CodeReplay

    init(_ own: Store.OwnPart) {
        self.own = own
        let record = own.record
        let changes = record.phases.map { span in
            PersonalRecord.PacerChange(t: span.start, rate: span.phase.pacer?.rate)
        }
        personal = PersonalRecord(
            started: record.info.started, zoneOffsetSeconds: record.info.zoneOffsetSeconds,
            seconds: record.info.seconds ?? record.lastMoment, pacers: changes, beats: record.beats.map(\.beat))
        replay = CodeReplay(personal.beats, pacers: personal.timeline)
    }

    func write(global: GlobalOptions) {
        let summary = PersonalSummary(personal, replay)
        let phases = PhaseSummary.all(of: own.record, replays: own.record.replays()).filter { $0.code == own.code }
        if global.json {
            StandardOutput.line(MeJSON.kept(personal, summary, replay).line)
            StandardOutput.line(SummaryJSON.object(own.code, of: own.record.info.name, phases).line)
            return
        }
        let hasWithdrawn = own.record.info.codes[own.code] == .withdrawn
        if !hasWithdrawn {
            let table = PhaseTable.text(own.code, session: own.record.info.name, phases: phases)
            StandardOutput.write((global.ascii ? ASCIIFallback.text(table) : table) + "\n")
        }
        MeKeptOutput.write(personal, summary, replay, global: global)
        let involved = own.record.reassignments.contains { $0.from == own.code || $0.to == own.code }
        if involved {
            StandardError.write(
                "This session was corrected: what was recorded of you under another code is not in this part.\n")
        }
        if hasWithdrawn {
            StandardError.write(
                "\(own.code) has withdrawn: nobody else's summary or export of \(own.record.info.name) holds this. To "
                    + "destroy it:  entrain privacy erase \(own.code)\n")
        }
        StandardError.write("\(MeText.wellness)\n")
    }
}
