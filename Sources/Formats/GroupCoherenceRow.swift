import HRV
public import Practice

/// A line of group_coherence.csv: the group in one phase with a pacer.
struct GroupCoherenceRow: Sendable {
    let session: String
    let rhythm: GroupRhythm

    static let table = Table<GroupCoherenceRow>(
        file: "group_coherence.csv",
        columns: [
            .text("session", "the session") { $0.session },
            .text("phase", "key of the phase") { $0.rhythm.phase },
            .number("pacer_rate", unit: "1/min", "breaths a minute of the pacer") { $0.rhythm.pacerRate },
            .number(
                "locking", range: "0 to 1",
                "how steadily hearts keep their distance: mean over pairs (\(GroupCoherenceMeter.definition))"
            ) { $0.rhythm.locking },
            .number("resultant", range: "0 to 1", "how far hearts are at the same point of the breath") {
                $0.rhythm.resultant
            },
            .integer("codes", range: "from 0", "codes that counted") { $0.rhythm.codes },
            .integer("updates", range: "from 0", "updates in which at least three codes counted") {
                $0.rhythm.updates
            },
            .text("reason", "why there is no figure") { $0.rhythm.reason },
        ])
}

extension GroupRhythm {
    /// The rhythm as members of a JSON object.
    public var json: [JSONValue.Member] {
        [
            .init("phase", .string(phase)), .init("pacer_rate", .number(pacerRate)),
            .init("locking", JSONValue(locking, places: 4)), .init("resultant", JSONValue(resultant, places: 4)),
            .init("codes", .integer(codes)), .init("updates", .integer(updates)),
            .init("reason", JSONValue(reason)),
        ]
    }
}
