import Glibc

/// Slow and plain forms of what the engine computes fast, to compare with.
enum Reference {
    /// Sample and approximate entropy by looking at every pair.
    static func entropies(_ x: [Double], m: Int = 2, tolerance: Double) -> (sample: Double, approximate: Double) {
        func agree(_ i: Int, _ j: Int, _ length: Int) -> Bool {
            (0..<length).allSatisfy { abs(x[i + $0] - x[j + $0]) <= tolerance }
        }
        let count = x.count - m
        var (pairs, triples) = (0, 0)
        for i in 0..<count {
            for j in 0..<count where i != j {
                if agree(i, j, m) { pairs += 1 }
                if agree(i, j, m + 1) { triples += 1 }
            }
        }
        func phi(_ length: Int) -> Double {
            let templates = x.count - length + 1
            let logs = (0..<templates).map { i in
                log(Double((0..<templates).count { agree(i, $0, length) }) / Double(templates))
            }
            return logs.reduce(0, +) / Double(templates)
        }
        return (log(Double(pairs) / Double(triples)), phi(m) - phi(m + 1))
    }

    /// The exponent of detrended fluctuations with a least-squares line in every box.
    static func exponent(_ x: [Double], boxes: ClosedRange<Int>) -> Double {
        let mean = x.reduce(0, +) / Double(x.count)
        var sum = 0.0
        let profile = x.map { value -> Double in
            sum += value - mean
            return sum
        }
        let points = boxes.map { size -> (Double, Double) in
            var squares: [Double] = []
            for start in stride(from: 0, through: profile.count - size, by: size) {
                let piece = (0..<size).map { (Double($0), profile[start + $0]) }
                let (slope, offset) = line(piece)
                squares += piece.map { ($0.1 - slope * $0.0 - offset) * ($0.1 - slope * $0.0 - offset) }
            }
            return (log(Double(size)), log((squares.reduce(0, +) / Double(squares.count)).squareRoot()))
        }
        return line(points).slope
    }

    /// The least-squares line through points.
    static func line(_ points: [(Double, Double)]) -> (slope: Double, offset: Double) {
        let count = Double(points.count)
        let x = points.reduce(0) { $0 + $1.0 } / count
        let y = points.reduce(0) { $0 + $1.1 } / count
        let slope =
            points.reduce(0) { $0 + ($1.0 - x) * ($1.1 - y) } / points.reduce(0) { $0 + ($1.0 - x) * ($1.0 - x) }
        return (slope, y - slope * x)
    }

    /// `|sum x[n] exp(-2 pi i k n / size)|^2`.
    static func power(_ x: [Double], bin: Int, size: Int) -> Double {
        var (real, imaginary) = (0.0, 0.0)
        for (n, value) in x.enumerated() {
            let angle = -2 * Double.pi * Double(bin * n % size) / Double(size)
            real += value * cos(angle)
            imaginary += value * sin(angle)
        }
        return real * real + imaginary * imaginary
    }

    /// The solution of a dense system by elimination.
    static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
        var a = matrix
        var b = right
        for i in a.indices {
            for row in (i + 1)..<max(i + 1, a.count) {
                let factor = a[row][i] / a[i][i]
                guard factor != 0 else { continue }
                for column in i..<a.count { a[row][column] -= factor * a[i][column] }
                b[row] -= factor * b[i]
            }
        }
        for i in a.indices.reversed() {
            for column in (i + 1)..<max(i + 1, a.count) { b[i] -= a[i][column] * b[column] }
            b[i] /= a[i][i]
        }
        return b
    }
}
