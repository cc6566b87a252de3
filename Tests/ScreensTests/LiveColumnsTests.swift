import Testing

@testable import Screens

struct LiveColumnsTests {
    @Test(
        "columns go in the order dBm, battery, sparkline, bar; code, heart rate and word stay",
        arguments: [
            (132, [.signal, .history, .battery, .beats], [.bar]), (120, [.signal, .history, .battery, .beats], [.bar]),
            (119, [.battery, .beats, .bar], [.signal, .history]), (80, [.battery, .beats, .bar], [.signal]),
            (77, [.battery, .beats, .bar], [.signal]), (76, [.beats, .bar], [.battery]),
            (71, [.beats, .bar], [.battery]),
            (70, [.bar], [.battery, .beats]), (60, [.bar], [.battery, .beats]), (48, [], [.battery, .beats, .bar]),
        ] as [(Int, [LiveColumns.Kind], [LiveColumns.Kind])])
    func dropped(width: Int, present: [LiveColumns.Kind], absent: [LiveColumns.Kind]) {
        let columns = LiveColumns(width: width, codeWidth: 5)
        for kind in present + [.code, .heartRate, .word, .clean, .strap] { #expect(columns[kind] != nil, "\(kind)") }
        for kind in absent { #expect(columns[kind] == nil, "\(kind)") }
    }

    @Test("at every width from 60 to 240 and for every code, columns neither overlap nor leave the window")
    func places() {
        for width in 60...240 {
            for codeWidth in 0...15 {
                let columns = LiveColumns(width: width, codeWidth: codeWidth)
                let places = LiveColumns.Kind.allCases.compactMap { columns[$0] }
                    .sorted { $0.lowerBound < $1.lowerBound }
                for (left, right) in zip(places, places.dropFirst()) { #expect(left.upperBound < right.lowerBound) }
                #expect(places.allSatisfy { $0.upperBound <= width })
                #expect((columns[.beats]?.count ?? 12) >= 12)
            }
        }
    }

    @Test("rows are shared out without overlap at every height and for every number of codes", arguments: 16...60)
    func rows(height: Int) {
        for codes in 0...30 {
            for showsNext in [true, false] {
                let rows = LiveRows(height: height, codes: codes, showsNext: showsNext)
                let used =
                    Array(LiveRows.firstCode..<LiveRows.firstCode + rows.shownCodes)
                    + [rows.overflow, rows.rule, rows.next].compactMap(\.self) + Array(rows.events)
                    + Array(rows.attention) + [rows.keys]
                #expect(Set(used).count == used.count)
                #expect(used == used.sorted())
                #expect(rows.keys == height - 1)
                #expect((rows.overflow == nil) == (rows.shownCodes == codes))
            }
        }
    }
}
