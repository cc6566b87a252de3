import Practice

/// group.csv without the figures of so few people that they could be worked out.
///
/// Where fewer than the least count, the row has its measure only. Else up and down hide together with what would give
/// them away (complementary suppression).
enum HiddenEffects {
    static func bytes(_ effects: [GroupEffect], least: Int) -> [UInt8] {
        let table = Table<GroupEffectRow>(
            file: GroupEffectRow.table.file,
            columns: GroupEffectRow.table.columns.map { column in
                Column(
                    name: column.name, kind: column.kind, unit: column.unit, range: column.range,
                    meaning: column.meaning
                ) { row in
                    hides(column.name, of: row.effect, least) ? .empty : column.cell(row)
                }
            })
        var bytes: [UInt8] = []
        table.writeHeader(into: &bytes)
        for effect in effects { table.write(GroupEffectRow(effect: effect), into: &bytes) }
        return bytes
    }

    private static func hides(_ column: String, of effect: GroupEffect, _ least: Int) -> Bool {
        guard column != "measure" else { return false }
        if effect.used < least { return true }
        let isSplitHidden = CellHiding(least: least)
            .hidden([effect.up, effect.down, effect.used - effect.up - effect.down])
        switch column {
        case "up", "down", "rbc": return isSplitHidden[0] || isSplitHidden[1]
        default: return false
        }
    }
}
