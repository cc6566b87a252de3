internal import HeartRate
internal import Yams

extension ScenarioReader {
    private static let strapKeys = [
        "name", "address", "adapter", "contact", "rr", "wide_heart_rate", "energy", "battery", "rssi", "near",
        "location", "heart", "count",
    ]
    private static let shares:
        [(key: String, path: any WritableKeyPath<HeartParameters, Double> & Sendable, most: Double)] = [
            ("swing", \.breathingDepth, 0.3), ("variation", \.breathingVariation, 0.5), ("mayer", \.mayer, 0.2),
            ("wander", \.wander, 0.2), ("noise", \.beatNoise, 0.1), ("follows", \.following, 1),
            ("ectopic", \.ectopic, 0.3), ("missed", \.missed, 0.3), ("extra", \.extra, 0.3),
        ]

    /// The straps: a number of them, or a list.
    func straps(_ node: Node, seed: UInt64, adapters: [AdapterPlan]) throws(ScenarioError) -> [StrapPlan] {
        if case .scalar = node {
            let count = try integer(node, "straps", in: 0...Scenario.mostStraps)
            return Scenario.standard(straps: count, seed: seed).straps
        }
        var plans: [StrapPlan] = []
        for entry in try sequence(node, of: "`straps`") {
            let keys = try mapping(entry, of: "a strap", keys: Self.strapKeys)
            let count = try keys["count"].map { node throws(ScenarioError) in
                try integer(node, "count", in: 1...Scenario.mostStraps)
            }
            if let count, count > 1, let own = keys["name"] ?? keys["address"] {
                throw error(
                    own, "\(count) straps cannot share a name or an address", "Leave it out, or leave out `count`")
            }
            for _ in 0..<(count ?? 1) {
                var plan = StrapPlan.standard(plans.count, seed: seed)
                try read(keys, into: &plan, adapters: adapters)
                guard !plans.contains(where: { $0.name == plan.name || $0.address == plan.address }) else {
                    throw error(
                        entry, "two straps are named \(plan.name) or have the address \(plan.address)",
                        "Give each its own")
                }
                plans.append(plan)
            }
        }
        guard plans.count <= Scenario.mostStraps else {
            throw error(node, "there are \(plans.count) straps", "Use at most \(Scenario.mostStraps)")
        }
        return plans
    }

    private func read(
        _ keys: [String: Node], into plan: inout StrapPlan, adapters: [AdapterPlan]
    ) throws(ScenarioError) {
        if let node = keys["name"] {
            plan.name = try text(node, "name")
            guard plan.name.utf8.count <= 29, plan.name.unicodeScalars.allSatisfy({ $0.value >= 0x20 }) else {
                throw error(
                    node, "`name` has \(plan.name.utf8.count) bytes or a control character",
                    "Use printable text of at most 29 bytes, as an advertisement holds")
            }
        }
        if let node = keys["address"] { plan.address = try address(node) }
        if let node = keys["adapter"] {
            plan.adapter = try choice(node, "adapter", adapters.map { ($0.name, $0.name) })
        }
        if let node = keys["contact"] {
            plan.contact = try choice(node, "contact", ContactReport.allCases.map { ($0.rawValue, $0) })
        }
        if let node = keys["rr"] { plan.sendsRR = try flag(node, "rr") }
        if let node = keys["wide_heart_rate"] { plan.sendsWideHeartRate = try flag(node, "wide_heart_rate") }
        if let node = keys["energy"] { plan.sendsEnergy = try flag(node, "energy") }
        if let node = keys["battery"] { plan.battery = try integer(node, "battery", in: 0...100) }
        if let node = keys["rssi"] { plan.rssi = try integer(node, "rssi", in: -127...20) }
        if let node = keys["near"] { plan.approaches = try approaches(node) }
        if let node = keys["location"] {
            let places = BodySensorLocation.allCases.map { ("\($0)", BodySensorLocation?.some($0)) }
            plan.location = try choice(node, "location", places + [("none", nil)])
        }
        if let node = keys["heart"] { try read(heart: node, into: &plan.heart) }
    }

    private func approaches(_ node: Node) throws(ScenarioError) -> [Approach] {
        var approaches: [Approach] = []
        for entry in try sequence(node, of: "`near`") {
            let keys = try mapping(entry, of: "an approach", keys: ["from_s", "to_s", "after", "for_s", "rssi"])
            guard let signal = keys["rssi"] else {
                throw error(entry, "the approach has no `rssi`", "Give the signal in dBm, such as -45")
            }
            let rssi = try integer(signal, "rssi", in: -127...20)
            switch (keys["from_s"], keys["after"]) {
            case (.some(let node), nil):
                let from = try number(node, "from_s", in: 0...1e9)
                let to = try keys["to_s"].map { node throws(ScenarioError) in
                    try number(node, "to_s", in: from...1e9)
                }
                approaches.append(Approach(.at(seconds: from), seconds: (to ?? .infinity) - from, rssi: rssi))
            case (nil, .some(let node)):
                let place = try integer(node, "after", in: 1...Scenario.mostStraps)
                let seconds = try keys["for_s"].map { node throws(ScenarioError) in
                    try number(node, "for_s", in: 0...1e9)
                }
                approaches.append(Approach(.afterStrap(place - 1), seconds: seconds ?? .infinity, rssi: rssi))
            default:
                throw error(entry, "it must be known when the approach begins", "Give either `from_s` or `after`")
            }
        }
        return approaches
    }

    private func read(heart node: Node, into heart: inout HeartParameters) throws(ScenarioError) {
        let keys = try mapping(node, of: "a heart", keys: ["rate", "breathing"] + Self.shares.map(\.key))
        if let node = keys["rate"] { heart.meanRate = try number(node, "rate", in: 30...200) }
        if let node = keys["breathing"] { heart.breathingRate = try number(node, "breathing", in: 4...40) }
        for share in Self.shares {
            guard let node = keys[share.key] else { continue }
            heart[keyPath: share.path] = try number(node, share.key, in: 0...share.most)
        }
    }
}
