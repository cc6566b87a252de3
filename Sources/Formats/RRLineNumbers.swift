/// The line in which each row of a file stands; runs of neighbouring lines take no room.
struct RRLineNumbers {
    private var rows: [Int] = []
    private var lines: [Int] = []
    private(set) var count = 0

    mutating func append(_ line: Int) {
        if let row = rows.last, let first = lines.last, first + (count - row) == line {
            count += 1
            return
        }
        rows.append(count)
        lines.append(line)
        count += 1
    }

    /// The line of the first row; 1 when there is none.
    var first: Int { lines.first ?? 1 }

    /// The line of a row, counted from 1.
    subscript(row: Int) -> Int {
        var (low, high) = (0, rows.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if rows[middle] <= row { low = middle } else { high = middle }
        }
        return lines[low] + row - rows[low]
    }
}
