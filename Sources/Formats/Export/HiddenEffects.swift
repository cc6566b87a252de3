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
                    if column.name == "reason" { return .optional(reason(of: row.effect, least)) }
                    return hides(column.name, of: row.effect, least) ? .empty : column.cell(row)
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
        return ["up", "down", "rbc"].contains(column) && hidesSplit(of: effect, least)
    }

    private static func hidesSplit(of effect: GroupEffect, _ least: Int) -> Bool {
        let hidden = CellHiding(least: least).hidden([effect.up, effect.down, effect.used - effect.up - effect.down])
        return hidden[0] || hidden[1]
    }

    private static func reason(of effect: GroupEffect, _ least: Int) -> String? {
        if effect.used < least { return "hidden: fewer than \(least) codes" }
        guard hidesSplit(of: effect, least) else { return effect.reason }
        return "hidden: up and down, where one of them is below \(least), and what would tell them"
    }
}
