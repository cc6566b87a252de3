/// Which columns of a table with a heading matter.
struct RRTable {
    /// Whose table it is.
    let format: RRFormat
    /// The byte between two cells.
    let separator: UInt8
    /// The column of the intervals.
    let interval: Int
    /// The column of the time.
    var time: Int?
    /// The column that tells the moment of a row, where the time runs from 0.
    var date: Int?
    /// The column that says what a row is, and what it says where the row is an interval.
    var event: (column: Int, words: [String])?
    /// The column that is 1 where the sensor does not trust its value.
    var blocker: Int?
    /// The columns of the own beats.csv.
    var own: Own?
    /// The columns taken, in words.
    let taken: String

    /// The columns of the own beats.csv that say what belongs together.
    struct Own {
        let code: Int
        /// Whether the column of intervals counts 1/1024 s.
        let isTicks: Bool
        /// The column of the intervals in ms, for beats whose ticks are not known.
        let milliseconds: Int
        let flag: Int?
        let segment: Int?
    }

    /// What a heading turned out to be.
    enum Heading {
        /// A table of intervals.
        case intervals(RRTable)
        /// A table of something else: what, and where the intervals are.
        case others(what: String, advice: String)
    }

    /// Reads a heading.
    ///
    /// - Parameter line: a line that begins with no number.
    /// - Returns: nil when it names no column that is known.
    static func heading(_ line: UnsafeBufferPointer<UInt8>) -> Heading? {
        var cells = RRCells()
        for separator in [UInt8(ascii: ";"), UInt8(ascii: ","), 0x09] where line.contains(separator) {
            cells.split(line, at: separator)
            let names = (0..<cells.count).map { cells.text($0, of: line) }
            if let heading = heading(names, separator: separator) { return heading }
        }
        return nil
    }

    private static func heading(_ names: [String], separator: UInt8) -> Heading? {
        let words = names.map(words(of:))
        func column(_ name: String...) -> Int? { words.firstIndex { $0 == name } }
        if let others = others(words) { return others }
        if let code = column("code"), column("schema") != nil, let rr = column("rr", "ms"), let time = column("t", "s")
        {
            let ticks = column("rr", "1024")
            var table = RRTable(.ownBeats, separator, interval: ticks ?? rr, time: time, names: names)
            table.own = Own(
                code: code, isTicks: ticks != nil, milliseconds: rr, flag: column("flag"), segment: column("segment"))
            return .intervals(table)
        }
        if words == [["event"], ["value"], ["timestamp"]] {
            var table = RRTable(.openHRV, separator, interval: 1, time: 2, names: names)
            table.event = (0, ["interbeatinterval", "ibi"])
            table.date = 2
            return .intervals(table)
        }
        guard let interval = intervalColumn(words) else { return nil }
        let format: RRFormat =
            if words[interval].first == "pp", column("blocker") != nil {
                .polarSensorLoggerPPI
            } else if column("phone", "timestamp") != nil {
                .polarSensorLogger
            } else if column("since", "start") != nil {
                .hrvLogger
            } else {
                .table
            }
        var table = RRTable(format, separator, interval: interval, time: timeColumn(words), names: names)
        table.blocker = column("blocker")
        table.date = words.firstIndex { !Set(["date", "timestamp", "datetime"]).isDisjoint(with: $0) }
        return .intervals(table)
    }

    private init(_ format: RRFormat, _ separator: UInt8, interval: Int, time: Int?, names: [String]) {
        (self.format, self.separator, self.interval, self.time) = (format, separator, interval, time)
        taken = "interval '\(names[interval])'" + (time.map { ", time '\(names[$0])'" } ?? ", no time")
    }

    /// The words of a name, letters small: `RR-interval [ms]` gives rr, interval, ms.
    private static func words(of name: String) -> [String] {
        let letters = name.unicodeScalars.map { scalar -> Character in
            let isWord = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            return isWord ? Character(scalar) : " "
        }
        return String(letters).lowercased().split(separator: " ").map(String.init)
    }

    private static func intervalColumn(_ words: [[String]]) -> Int? {
        let names: Set = ["rr", "rri", "ibi", "ibis", "nn", "nni", "pp", "ppi", "rrinterval", "interbeatinterval"]
        return words.firstIndex { !names.isDisjoint(with: $0) }
    }

    /// A running time before a time of day: the latter often has whole seconds only.
    private static func timeColumn(_ words: [[String]]) -> Int? {
        let running: Set = ["since", "offset", "elapsed", "t", "onset"]
        let others: Set = ["time", "timestamp", "date", "datetime", "seconds"]
        return words.firstIndex { !running.isDisjoint(with: $0) } ?? words.firstIndex { !others.isDisjoint(with: $0) }
    }

    /// Files of the same programs that hold no intervals.
    private static func others(_ words: [[String]]) -> Heading? {
        let all = Set(words.flatMap(\.self))
        if all.isSuperset(of: ["annotation", "manual"]) {
            return .others(what: "events of HRV Logger", advice: "The intervals are in the file with _RR_ in its name.")
        }
        guard intervalColumn(words) == nil else { return nil }
        if all.contains("marker") {
            return .others(
                what: "markers of Polar Sensor Logger", advice: "The intervals are in the file that ends in _RR.txt.")
        }
        if all.isSuperset(of: ["phone", "timestamp"]) {
            return .others(
                what: "other measurements of Polar Sensor Logger",
                advice: "The intervals are in the file that ends in _RR.txt or _PPI.txt.")
        }
        if all.contains("rmssd") {
            return .others(what: "daily measures", advice: "Export the intervals themselves.")
        }
        if words.first == ["session"], all.contains("schema") == false, all.contains("score") || all.contains("packet")
        {
            return .others(what: "another table of a session", advice: "The intervals are in beats.csv.")
        }
        return nil
    }
}
