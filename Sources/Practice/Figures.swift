/// Numbers as screens, pages and sentences write them.
public enum Figures {
    /// What stands where there is no number.
    public static let absent = "–"

    /// A number with so many decimal places, rounded half away from zero.
    public static func fixed(_ value: Double, places: Int) -> String {
        let places = max(places, 0)
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        let scaled = (value * scale).rounded()
        guard scaled.isFinite, abs(scaled) < 1e15 else { return absent }
        let digits = String(Int(abs(scaled)))
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let sign = scaled < 0 ? "-" : ""
        return places > 0 ? "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))" : sign + padded
    }

    /// A number of seconds: no decimals where it is whole, else one.
    public static func seconds(_ value: Double) -> String {
        let text = fixed(value, places: 1)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// A change, with its sign also where it does not go down.
    public static func signed(_ value: Double, places: Int) -> String {
        let text = fixed(value, places: places)
        return text.hasPrefix("-") || text == absent ? text : "+" + text
    }

    /// A share of 0 to 1 in whole per cent, rounded down, so that a limit is not reached before it is.
    public static func percent(_ share: Double) -> String {
        fixed((share * 100 + 1e-9).rounded(.down), places: 0)
    }

    /// A stretch of time as `04:12`, or `1:04:12` from an hour on; seconds begun do not count.
    public static func clock(_ seconds: Double) -> String {
        guard seconds.isFinite, abs(seconds) < 1e9 else { return "--:--" }
        let whole = max(0, Int(seconds.rounded(.down)))
        let tail = pair(whole / 60 % 60) + ":" + pair(whole % 60)
        return whole < 3600 ? tail : "\(whole / 3600):\(tail)"
    }

    /// A stretch of time in words, as `31 min 20 s`, `5 min` or `40 s`.
    public static func spoken(_ seconds: Double) -> String {
        guard seconds.isFinite, abs(seconds) < 1e9 else { return absent }
        let whole = max(0, Int(seconds.rounded()))
        let minutes = whole < 60 ? [] : ["\(whole / 60) min"]
        let rest = whole % 60 == 0 && whole > 0 ? [] : ["\(whole % 60) s"]
        return (minutes + rest).joined(separator: " ")
    }

    private static func pair(_ number: Int) -> String {
        (number < 10 ? "0" : "") + String(number)
    }
}
