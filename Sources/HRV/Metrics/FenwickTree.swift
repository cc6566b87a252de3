/// Counts at places 0 to n-1 that change, with sums over ranges in log n steps (Fenwick 1994).
struct FenwickTree {
    private var sums: [Int32]

    init(count: Int) {
        sums = [Int32](repeating: 0, count: count + 1)
    }

    mutating func add(_ amount: Int32, at place: Int) {
        sums.withUnsafeMutableBufferPointer { sums in
            var k = place + 1
            while k < sums.count {
                sums[k] &+= amount
                k += k & -k
            }
        }
    }

    func sum(_ range: Range<Int>) -> Int {
        sums.withUnsafeBufferPointer { sums in
            Int(Self.sum(sums, below: range.upperBound) &- Self.sum(sums, below: range.lowerBound))
        }
    }

    private static func sum(_ sums: UnsafeBufferPointer<Int32>, below place: Int) -> Int32 {
        var total: Int32 = 0
        var k = place
        while k > 0 {
            total &+= sums[k]
            k &= k - 1
        }
        return total
    }
}
