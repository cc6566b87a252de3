import DBus
import HRV
import Practice

/// Names of the properties of a session by which a wall tells of its people.
enum WallProperty {
    static let students = "Students"
    static let goodStraps = "GoodStraps"
    static let band = "GroupBand"
    static let scores = "GroupScores"
    static let together = "GroupTogether"

    static let all: [InterfaceDescription.Property] = [
        .init(students, .uint32), .init(goodStraps, .uint32), .init(band, .string), .init(scores, .uint32),
        .init(together, .double),
    ]
}

extension WallCounts {
    /// The counts as properties; what is not told is missing.
    var properties: [String: Value] {
        var values: [String: Value] = [
            WallProperty.students: .uint32(UInt32(students)), WallProperty.goodStraps: .uint32(UInt32(goodStraps)),
        ]
        if let band {
            values[WallProperty.band] = .string(band.rawValue)
            values[WallProperty.scores] = .uint32(UInt32(scores))
        }
        values[WallProperty.together] = together.map { .double($0) }
        return values
    }

    /// Counts as they came from the bus; nil when something that must be there is missing.
    init?(_ values: [String: Value]) {
        guard let students = values[WallProperty.students]?.int, let goodStraps = values[WallProperty.goodStraps]?.int
        else { return nil }
        self.init()
        self.students = students
        self.goodStraps = goodStraps
        band = values[WallProperty.band]?.string.flatMap(CoherenceBand.init)
        scores = values[WallProperty.scores]?.int ?? 0
        together = values[WallProperty.together]?.double
    }
}
