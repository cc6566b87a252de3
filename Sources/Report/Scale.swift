/// A straight scale from values to places on paper.
struct Scale: Sendable {
    let values: ClosedRange<Double>
    /// Places of the lower and of the upper value.
    let places: (low: Double, high: Double)

    /// A scale over values; a single value gets room around it.
    init(_ values: ClosedRange<Double>, from low: Double, to high: Double) {
        let isPoint = values.upperBound - values.lowerBound < 1e-9
        self.values = isPoint ? (values.lowerBound - 1)...(values.upperBound + 1) : values
        places = (low, high)
    }

    /// The place of a value; what lies outside is put on the border.
    func place(_ value: Double) -> Double {
        let inside = min(max(value, values.lowerBound), values.upperBound)
        let share = (inside - values.lowerBound) / (values.upperBound - values.lowerBound)
        return places.low + share * (places.high - places.low)
    }

    /// Round values inside, some `wanted` of them.
    func ticks(_ wanted: Int) -> [Double] {
        let span = values.upperBound - values.lowerBound
        var step = 1e-6
        let steps = [2.0, 2.5, 2.0]
        var turn = 0
        while span / step > Double(wanted) {
            step *= steps[turn % 3]
            turn += 1
        }
        return ticks(every: step)
    }

    /// Every multiple of `step` inside.
    func ticks(every step: Double) -> [Double] {
        var ticks: [Double] = []
        var number = (values.lowerBound / step - 1e-9).rounded(.up)
        while number * step <= values.upperBound + step * 1e-9 {
            ticks.append(number * step)
            number += 1
        }
        return ticks
    }
}
