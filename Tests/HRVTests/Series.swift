import HRV

/// RR series that tests share: formulas, and one literal tachogram of slow breathing with a little noise.
enum Series {
    /// Intervals of a heart that follows `curve(t)` ms, where t is the time in seconds at which an interval begins.
    static func tachogram(count: Int, _ curve: (Double) -> Double) -> [Double] {
        var time = 0.0
        return (0..<count).map { _ in
            let interval = (curve(time) * 1e6).rounded() / 1e6
            time += interval / 1000
            return interval
        }
    }

    /// Beats from a linear congruential generator: `mean` ms, spread evenly over plus and minus `spread` ms.
    static func noise(count: Int, mean: Double = 900, spread: Double = 60, seed: UInt64 = 1) -> [Double] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let part = Double(state >> 11) / Double(1 << 53)
            return mean + spread * (2 * part - 1)
        }
    }

    /// The end of each interval in seconds, the first beginning at 0.
    static func ends(_ intervals: [Double]) -> [Double] { BeatSeries(rr: intervals).endTimes }

    /// The coherence of the window that ends with the last interval, by a new engine.
    static func coherence(_ intervals: [Double]) -> Coherence? {
        var engine = CoherenceEngine()
        return engine.coherence(intervals: intervals, endTimes: ends(intervals))
    }

    /// The coherence of samples at 4 Hz, by a new engine.
    static func coherence(samples: [Double]) -> Coherence? {
        var engine = CoherenceEngine()
        return engine.coherence(samples: samples)
    }

    /// The breathing tachogram with one ectopic beat.
    static var oneEctopic: [Double] {
        var intervals = breathing
        intervals[121] = 605.364669
        intervals[122] = 1143.496817
        return intervals
    }

    /// The breathing tachogram with one beat missed: two intervals in one.
    static var oneMissed: [Double] {
        var intervals = breathing
        intervals[126] += intervals.remove(at: 127)
        return intervals
    }

    /// The breathing tachogram with one interval cut in two by a beat that was none.
    static var oneExtra: [Double] {
        var intervals = breathing
        let whole = intervals[100]
        intervals[100] = whole * 0.4
        intervals.insert(whole * 0.6, at: 101)
        return intervals
    }

    /// 156 beats at 0.1 Hz with noise.
    static let breathing: [Double] = [
        911.431178, 929.242878, 954.29386, 963.35634, 952.695762, 923.263848, 870.817456, 863.471675, 839.716969,
        843.964446, 854.081631, 891.691568, 916.905945, 939.223293, 975.602041, 952.172417, 918.217664, 885.429808,
        875.829581, 835.090792, 842.311095, 865.062852, 894.719007, 934.928041, 953.318709, 953.575784, 951.43702,
        896.039781, 873.212309, 847.794418, 850.733447, 857.059626, 860.039505, 872.075924, 914.61493, 953.204342,
        972.662177, 951.991377, 907.650738, 906.081205, 867.246247, 863.3408, 842.357867, 847.755558, 883.542832,
        916.039835, 955.098237, 954.454174, 957.336203, 933.607816, 905.442131, 867.789618, 845.033218, 849.972208,
        866.56723, 886.957441, 894.904463, 930.354157, 959.693954, 944.860795, 927.106151, 897.453107, 856.780571,
        849.412963, 831.342887, 860.672217, 889.621222, 909.966152, 917.54566, 957.502203, 950.817181, 951.900012,
        892.028344, 859.868816, 843.970683, 857.032933, 843.880091, 870.930908, 923.105556, 948.828851, 978.65497,
        965.132708, 947.052619, 900.421349, 871.848687, 845.108514, 838.993345, 839.160278, 865.668401, 905.266299,
        923.088876, 952.020569, 962.640505, 933.386139, 913.691107, 873.246764, 860.025328, 855.770283, 826.887759,
        865.911712, 905.714885, 921.781623, 970.534751, 962.167491, 952.27305, 903.792253, 869.330198, 873.555847,
        846.944667, 834.403295, 860.553336, 894.993423, 932.355822, 954.055109, 952.875294, 960.913751, 929.993816,
        893.626561, 848.181803, 831.263991, 831.030818, 864.80667, 884.054816, 925.825412, 932.895573, 963.718616,
        958.328244, 932.290822, 894.230374, 870.227798, 832.173148, 842.763274, 840.427145, 897.361376, 917.271128,
        948.879665, 978.639955, 949.411448, 927.425691, 899.214403, 865.380776, 846.573926, 840.106642, 849.255935,
        867.089704, 912.695858, 948.233294, 953.388348, 942.701801, 919.355582, 894.49724, 871.022274, 840.156908,
        848.730553, 837.202725, 872.424764,
    ]
}
