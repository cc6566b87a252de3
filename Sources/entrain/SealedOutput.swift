import Formats
import Practice
import Store
import Timekeeping
import Terminal

/// What everybody may know of a sealed session: counts, and how clean it was.
enum SealedOutput {
    static func write(_ session: SealedSession, only code: Code?, global: GlobalOptions) {
        let parts = session.parts.filter { code == nil || $0.code == code }
        if global.json {
            let object: JSONValue = [
                "v": 1, "type": "sealed_session", "session": .string(session.info.name),
                "group": .string(session.info.group.text), "started": .string(session.info.started.rfc3339),
                "minutes": JSONValue((session.info.seconds ?? 0) / 60, places: 2),
                "withdrawn": .integer(session.info.withdrawnCount),
                "keys": .array(session.recipients.map { .string($0) }),
                "codes": .array(
                    parts.map { part in
                        [
                            "code": .string(part.code.description), "packets": .integer(part.packets),
                            "beats": .integer(part.beats), "clean": JSONValue(part.clean, places: 3),
                        ]
                    }),
            ]
            StandardOutput.line(object.line)
            return
        }
        let minutes = JSONValue((session.info.seconds ?? 0) / 60, places: 1).line
        StandardOutput.line(" \(session.info.name)  sealed  \(minutes) min  script \(session.info.script.name)")
        StandardOutput.write(
            TextTable.text(
                ["Code", "Packets", "Beats", "Clean"],
                parts.map { part in
                    let clean = part.clean.map { "\(Figures.percent($0)) %" } ?? "-"
                    return [part.code.description, "\(part.packets)", "\(part.beats)", clean]
                }))
        if session.info.withdrawnCount > 0 {
            StandardOutput.line(" Withdrawn and left out: \(session.info.withdrawnCount).")
        }
    }
}
