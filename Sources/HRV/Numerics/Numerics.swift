import Glibc

/// The few functions of the C library that the numbers need.
enum Numerics {
    static func logarithm(_ x: Double) -> Double { log(x) }
    static func exponential(_ x: Double) -> Double { exp(x) }
    static func sine(_ x: Double) -> Double { sin(x) }
    static func cosine(_ x: Double) -> Double { cos(x) }
    static func angle(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
}
