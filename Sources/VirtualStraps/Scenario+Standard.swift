extension Scenario {
    /// The class that `entrain sim` makes when no file says otherwise: one adapter with as many slots as straps, rest for
    /// 90 s, then six breaths a minute.
    ///
    /// Of each eight straps two send no contact bits and one sends no RR; five students follow the pacer, one does some of
    /// the time, two do not.
    /// - Parameters:
    ///   - straps: how many; none when negative.
    ///   - seed: the same seed gives the same class, beat by beat.
    ///   - speed: seconds of session time in a second of the machine's.
    /// - Returns: the class.
    public static func standard(straps: Int, seed: UInt64 = 1, speed: Double = 1) -> Scenario {
        let plans = (0..<max(0, straps)).map { StrapPlan.standard($0, seed: seed) }
        return Scenario(seed: seed, speed: speed, straps: plans)
    }
}

extension StrapPlan {
    /// A make of strap on the market.
    private enum Make {
        case polarH10, polarH9, tickr, hrmDual, plain
    }

    /// The strap that a class of `seed` has at place `index`, from 0.
    static func standard(_ index: Int, seed: UInt64) -> StrapPlan {
        var random = SplitMix64(seed: seed, index: index)
        let shift = UInt16(truncatingIfNeeded: seed &* 0x9E37_79B9_7F4A_7C15 >> 40)
        var plan: StrapPlan
        switch index % 8 {
        case 2: plan = make(.tickr, index, shift: shift, &random)
        case 4: plan = make(.polarH9, index, shift: shift, &random)
        case 5: plan = make(.hrmDual, index, shift: shift, &random)
        case 7: plan = make(.plain, index, shift: shift, &random)
        default: plan = make(.polarH10, index, shift: shift, &random)
        }
        plan.contact = index % 8 == 2 || index % 8 == 5 ? .none : .yes
        plan.sendsRR = index % 8 != 7
        plan.sendsEnergy = index % 8 == 4
        plan.sendsWideHeartRate = index % 8 == 6
        plan.battery = Int(random.uniform(in: 38...100))
        plan.rssi = Int(random.uniform(in: -84 ... -45))
        plan.heart = HeartParameters.drawn(&random)
        switch index % 8 {
        case 1, 6: plan.heart.following = 0
        case 4: plan.heart.following = 0.5
        default: plan.heart.following = 1
        }
        return plan
    }

    /// Makes a strap whose name ends in what is printed on the pod.
    ///
    /// It and the address hold the place in the class, multiplied by an odd
    /// number, so that no two straps share either.
    private static func make(_ make: Make, _ index: Int, shift: UInt16, _ random: inout SplitMix64) -> StrapPlan {
        let bits = random.next()
        let low = UInt16(truncatingIfNeeded: index &* 0x3B1D) &+ shift
        let high = UInt16(truncatingIfNeeded: bits >> 16)
        let bytes = [UInt8(high >> 8), UInt8(high & 0xFF), UInt8(low >> 8), UInt8(low & 0xFF)]
        let id = Hex.string(bytes)
        var plan: StrapPlan
        switch make {
        case .polarH10, .polarH9:
            let model = make == .polarH10 ? "H10" : "H9"
            plan = StrapPlan(name: "Polar \(model) \(id)", address: address([0xA0, 0x9E, 0x1A], index, bits))
            plan.model = model
            plan.firmware = make == .polarH10 ? "5.0.0" : "3.1.1"
        case .tickr:
            plan = StrapPlan(name: "TICKR \(id.suffix(4))", address: address([0xD4, 0x7B, 0x3E], index, bits))
            plan.addressType = "random"
            (plan.manufacturer, plan.model, plan.firmware) = ("Wahoo Fitness", "TICKR", "2.0.19")
        case .hrmDual:
            plan = StrapPlan(
                name: "HRM-Dual:\(100_000 + 13 * Int(low))", address: address([0xE8, 0x22, 0xB8], index, bits))
            plan.addressType = "random"
            (plan.manufacturer, plan.model, plan.firmware) = ("Garmin", "HRM-Dual", "8.30")
        case .plain:
            plan = StrapPlan(name: "HR Belt \(id.suffix(4))", address: address([0xC3, 0x51, 0x08], index, bits))
            plan.addressType = "random"
            (plan.manufacturer, plan.model, plan.firmware) = ("Generic", "BT-HRB", "1.02")
            plan.location = nil
        }
        plan.serial = id
        return plan
    }

    private static func address(_ maker: [UInt8], _ index: Int, _ bits: UInt64) -> String {
        let place = UInt16(truncatingIfNeeded: index)
        let own = [UInt8(truncatingIfNeeded: bits >> 40), UInt8(place >> 8), UInt8(place & 0xFF)]
        return (maker + own).map(Hex.byte).joined(separator: ":")
    }
}

extension HeartParameters {
    /// A student as a class has them: 55 to 95 beats and 13 to 19 breaths a minute at rest, few odd beats.
    static func drawn(_ random: inout SplitMix64) -> HeartParameters {
        var heart = HeartParameters()
        heart.meanRate = min(95, max(55, 72 + 8 * random.normal()))
        heart.breathingRate = random.uniform(in: 13...19)
        heart.breathingDepth = random.uniform(in: 0.02...0.04)
        heart.mayer = random.uniform(in: 0.018...0.028)
        heart.wander = random.uniform(in: 0.018...0.03)
        heart.beatNoise = random.uniform(in: 0.006...0.012)
        heart.ectopic = random.uniform(in: 0...0.003)
        heart.missed = random.uniform(in: 0...0.002)
        heart.extra = random.uniform(in: 0...0.001)
        return heart
    }
}
