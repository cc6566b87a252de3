/// Counts templates by the ranks of their second and third values, as they come and go.
///
/// Ranks are gathered in groups of about equal population. Whole groups are counted by a two-dimensional Fenwick tree; at
/// the ends of a range, where a group is only partly inside, its members are looked at one by one.
struct RankGrid {
    private let groupOfRank: [Int]
    private let firstRank: [Int]
    private let secondRank: [Int32]
    private let thirdRank: [Int32]
    private let side: Int
    private var sums: [Int32]
    private var bySecond: GroupMembers
    private var byThird: GroupMembers

    /// A grid for the first `pairs` templates of a ranked series, none of them in it yet.
    init(_ ranks: Ranks, pairs: Int) {
        var groups = 8
        while groups < 512, groups * groups < pairs { groups *= 2 }
        let share = max(1, (ranks.of.count + groups - 1) / groups)
        var groupOfRank: [Int] = []
        var firstRank: [Int] = []
        var filled = 0
        for (rank, population) in ranks.population.enumerated() {
            if firstRank.isEmpty || filled + population > share {
                firstRank.append(rank)
                filled = 0
            }
            filled += population
            groupOfRank.append(firstRank.count - 1)
        }
        let count = firstRank.count
        firstRank.append(ranks.values.count)
        self.groupOfRank = groupOfRank
        self.firstRank = firstRank
        secondRank = (0..<pairs).map { Int32(ranks.of[$0 + 1]) }
        thirdRank = (0..<pairs).map { Int32(ranks.of[$0 + 2]) }
        side = count + 1
        sums = [Int32](repeating: 0, count: side * side)
        bySecond = GroupMembers(groups: secondRank.map { groupOfRank[Int($0)] }, count: count)
        byThird = GroupMembers(groups: thirdRank.map { groupOfRank[Int($0)] }, count: count)
    }

    mutating func insert(_ template: Int) {
        bySecond.insert(template)
        byThird.insert(template)
        add(1, template)
    }

    mutating func remove(_ template: Int) {
        bySecond.remove(template)
        byThird.remove(template)
        add(-1, template)
    }

    /// How many templates have their second rank in one range and their third in the other; neither range is empty.
    func count(_ seconds: Range<Int>, _ thirds: Range<Int>) -> Int {
        let wholeSeconds = wholeGroups(seconds)
        let wholeThirds = wholeGroups(thirds)
        var total = sum(wholeSeconds, wholeThirds)
        let touchedSeconds = partialGroups(seconds, wholeSeconds)
        total += bySecond.count(in: touchedSeconds.first) { isMember($0, seconds, thirds) }
        total += bySecond.count(in: touchedSeconds.last) { isMember($0, seconds, thirds) }
        // What partial groups of the second value hold is counted already.
        let counted = firstRank[wholeSeconds.lowerBound]..<firstRank[wholeSeconds.upperBound]
        guard !counted.isEmpty else { return total }
        let touchedThirds = partialGroups(thirds, wholeThirds)
        total += byThird.count(in: touchedThirds.first) { isMember($0, counted, thirds) }
        return total + byThird.count(in: touchedThirds.last) { isMember($0, counted, thirds) }
    }

    @inline(__always)
    private func isMember(_ template: Int, _ seconds: Range<Int>, _ thirds: Range<Int>) -> Bool {
        seconds.contains(Int(secondRank[template])) && thirds.contains(Int(thirdRank[template]))
    }

    /// The groups that lie wholly inside a range of ranks; where none does, an empty range.
    private func wholeGroups(_ ranks: Range<Int>) -> Range<Int> {
        let low = groupOfRank[ranks.lowerBound]
        let high = groupOfRank[ranks.upperBound - 1]
        let first = firstRank[low] == ranks.lowerBound ? low : low + 1
        let end = firstRank[high + 1] == ranks.upperBound ? high + 1 : high
        return first..<max(first, end)
    }

    /// The one or two groups that a range only touches.
    private func partialGroups(_ ranks: Range<Int>, _ whole: Range<Int>) -> (first: Int?, last: Int?) {
        let low = groupOfRank[ranks.lowerBound]
        let high = groupOfRank[ranks.upperBound - 1]
        return (whole.contains(low) ? nil : low, high == low || whole.contains(high) ? nil : high)
    }

    private mutating func add(_ amount: Int32, _ template: Int) {
        let second = groupOfRank[Int(secondRank[template])] + 1
        let third = groupOfRank[Int(thirdRank[template])] + 1
        let side = side
        sums.withUnsafeMutableBufferPointer { sums in
            var row = second
            while row < side {
                var column = third
                while column < side {
                    sums[row * side + column] &+= amount
                    column += column & -column
                }
                row += row & -row
            }
        }
    }

    private func sum(_ seconds: Range<Int>, _ thirds: Range<Int>) -> Int {
        guard !seconds.isEmpty, !thirds.isEmpty else { return 0 }
        return sums.withUnsafeBufferPointer { sums in
            // Both sums below a range's ends share their last steps, so the walk stops where they meet.
            func row(_ row: Int) -> Int32 {
                var total: Int32 = 0
                var (high, low) = (thirds.upperBound, thirds.lowerBound)
                while high > low {
                    total &+= sums[row * side + high]
                    high &= high - 1
                }
                while low > high {
                    total &-= sums[row * side + low]
                    low &= low - 1
                }
                return total
            }
            var total: Int32 = 0
            var (high, low) = (seconds.upperBound, seconds.lowerBound)
            while high > low {
                total &+= row(high)
                high &= high - 1
            }
            while low > high {
                total &-= row(low)
                low &= low - 1
            }
            return Int(total)
        }
    }
}
