internal import DBus
internal import HeartRate

/// Adapters: power, discovery and what it finds.
extension Daemon {
    /// Comes to the bus with adapters and no devices.
    mutating func appear() {
        effects.append(.appear)
        effects.append(.add(Self.root, [BlueZInterface.agentManager: [:]]))
        for adapter in adapters {
            effects.append(
                .add(
                    adapter.path,
                    [
                        BlueZInterface.adapter: Self.properties(of: adapter),
                        BlueZInterface.gattManager: [:],
                        BlueZInterface.advertisingManager: [
                            "ActiveInstances": .byte(0), "SupportedInstances": .byte(adapter.plan.advertisements),
                            "SupportedIncludes": .strings(["appearance", "local-name"]),
                        ],
                        BlueZInterface.slots: ["Slots": .uint16(UInt16(clamping: adapter.slots))],
                    ]))
        }
    }

    private static func properties(of adapter: AdapterState) -> [String: Value] {
        [
            "Address": .string(adapter.plan.address), "AddressType": .string("public"),
            "Name": .string(adapter.plan.name), "Alias": .string(adapter.plan.name), "Class": .uint32(0x7C0104),
            "Powered": .boolean(adapter.isPowered), "Discoverable": .boolean(false),
            "DiscoverableTimeout": .uint32(180), "Pairable": .boolean(true), "PairableTimeout": .uint32(0),
            "Discovering": .boolean(false), "Modalias": .string("usb:v1D6Bp0246d0542"),
            "UUIDs": .strings([GattTable.uuid(0x1800), GattTable.uuid(0x1801)]),
            "Roles": .strings(["central", "peripheral"]),
        ]
    }

    mutating func takeAgent(_ call: IncomingCall, _ caller: Caller) {
        let capabilities = ["", "DisplayOnly", "DisplayYesNo", "KeyboardOnly", "NoInputNoOutput", "KeyboardDisplay"]
        let path = call.arguments.first?.objectPath
        switch call.member {
        case "RegisterAgent":
            guard let path, let capability = call.arguments.last?.string, capabilities.contains(capability) else {
                return fail(caller, BlueZError.invalidArguments)
            }
            guard agents[caller.sender] == nil else { return fail(caller, BlueZError.alreadyExists) }
            agents[caller.sender] = path
        case _ where path == nil || agents[caller.sender] != path:
            return fail(caller, BlueZError.doesNotExist)
        case "UnregisterAgent":
            agents[caller.sender] = nil
        default:
            break
        }
        answer(caller)
    }

    mutating func takeAdapter(_ number: Int, _ call: IncomingCall, _ caller: Caller) {
        adapters[number].calls[call.member, default: 0] += 1
        applyFaults(of: .adapter(number), call.member, number: adapters[number].calls[call.member] ?? 0)
        switch call.member {
        case "StartDiscovery": startDiscovery(number, caller)
        case "StopDiscovery": stopDiscovery(number, caller)
        case "SetDiscoveryFilter": setFilter(number, call.arguments.first?.properties ?? [:], caller)
        case "GetDiscoveryFilters": answer(caller, [.strings(DiscoveryFilter.keys)])
        default: removeDevice(number, call.arguments.first?.objectPath, caller)
        }
    }

    // MARK: Power

    mutating func setPower(_ number: Int, _ isPowered: Bool) {
        guard adapters[number].isPowered != isPowered else { return }
        adapters[number].isPowered = isPowered
        change(adapters[number].path, BlueZInterface.adapter, ["Powered": .boolean(isPowered)])
        guard !isPowered else { return }
        adapters[number].presets = [:]
        if !adapters[number].sessions.isEmpty {
            adapters[number].sessions = [:]
            endDiscoveryIfUnused(number)
        }
        adapters[number].queue = []
        adapters[number].attempt = nil
        for key in devices.keys.filter({ $0.adapter == number }).sorted(by: Self.inOrder) {
            if let token = devices[key]?.connecting {
                devices[key]?.connecting = nil
                // BlueZ takes the socket's ECONNABORTED for success (`att_connect_cb`), though nothing is connected.
                effects.append(.reply(token, .success([])))
            }
            if straps[key.strap].link == key { takeDown(key) }
        }
    }

    // MARK: Discovery

    private mutating func startDiscovery(_ number: Int, _ caller: Caller) {
        guard adapters[number].isPowered else { return fail(caller, BlueZError.notReady) }
        guard adapters[number].sessions[caller.sender] == nil else { return fail(caller, BlueZError.busy) }
        let isFirst = adapters[number].sessions.isEmpty
        let filter = adapters[number].presets.removeValue(forKey: caller.sender)
        adapters[number].sessions[caller.sender] = filter ?? DiscoveryFilter()
        for key in devices.keys where key.adapter == number { devices[key]?.lastReport = -.infinity }
        for strap in straps.indices where !straps[strap].isAdvertising {
            straps[strap].isAdvertising = true
            schedule(.advertise(strap: strap), after: Timing.discoveryStart...Timing.advertising.upperBound)
        }
        guard isFirst else { return answer(caller) }
        change(adapters[number].path, BlueZInterface.adapter, ["Discovering": .boolean(true)])
        schedule(.answer(caller.token, .success([])), after: Timing.discoveryStart)
    }

    private mutating func stopDiscovery(_ number: Int, _ caller: Caller) {
        guard adapters[number].isPowered else { return fail(caller, BlueZError.notReady) }
        guard adapters[number].sessions.removeValue(forKey: caller.sender) != nil else {
            return fail(caller, BlueZError.failed("No discovery started"))
        }
        endDiscoveryIfUnused(number)
        answer(caller)
    }

    private mutating func setFilter(_ number: Int, _ properties: [String: Value], _ caller: Caller) {
        guard adapters[number].isPowered else { return fail(caller, BlueZError.notReady) }
        guard let filter = DiscoveryFilter(properties) else { return fail(caller, BlueZError.invalidArguments) }
        if adapters[number].sessions[caller.sender] != nil {
            adapters[number].sessions[caller.sender] = filter
        } else {
            adapters[number].presets[caller.sender] = filter.isAbsent ? nil : filter
        }
        answer(caller)
    }

    mutating func endDiscoveryIfUnused(_ number: Int) {
        guard adapters[number].sessions.isEmpty else { return }
        for key in devices.keys.filter({ $0.adapter == number }).sorted(by: Self.inOrder) {
            guard devices[key]?.rssi != nil, let path = devicePaths[key] else { continue }
            devices[key]?.rssi = nil
            effects.append(.change(path, interface: BlueZInterface.device, [:], invalidated: ["RSSI"]))
        }
        change(adapters[number].path, BlueZInterface.adapter, ["Discovering": .boolean(false)])
    }

    mutating func advertise(_ strap: Int) {
        let hearing = adapters.indices.map { DeviceKey(adapter: $0, strap: strap) }.filter {
            devicePaths[$0] != nil && !adapters[$0.adapter].sessions.isEmpty
        }
        straps[strap].isAdvertising = !hearing.isEmpty
        guard !hearing.isEmpty else { return }
        schedule(.advertise(strap: strap), after: Timing.advertising)
        guard straps[strap].link == nil, now >= straps[strap].outOfReachUntil else { return }
        for key in hearing { sight(key) }
    }

    private mutating func sight(_ key: DeviceKey) {
        let plan = straps[key.strap].strap.plan
        // An adapter further down the list stands a little further off.
        let strength = Double(rssi(of: plan) - 3 * key.adapter) + 2 * random.normal()
        let rssi = min(20, max(-127, Int(strength.rounded())))
        let filters = adapters[key.adapter].sessions.values
        guard filters.contains(where: { $0.matches(plan, advertising: HeartRateUUID.service, rssi: rssi) }) else {
            return
        }
        guard var device = devices[key] else { return meet(key, rssi: rssi) }
        device.lastSeen = now
        let wantsAll = filters.contains { $0.wantsDuplicates }
        if wantsAll || now - device.lastReport >= Timing.duplicates {
            device.lastReport = now
            let threshold = filters.contains { !$0.isAbsent } ? 0 : Timing.rssiThreshold
            if device.rssi.map({ abs($0 - rssi) >= threshold }) ?? true {
                device.rssi = rssi
                changeDevice(key, ["RSSI": .int16(Int16(rssi))])
            }
        }
        devices[key] = device
        forgetLater(key)
    }

    /// Mean signal strength now, dBm.
    private func rssi(of plan: StrapPlan) -> Int {
        let holding = plan.approaches.last { approach in
            let beginning: Double?
            switch approach.beginning {
            case .at(let seconds): beginning = seconds
            case .afterStrap(let place): beginning = straps.indices.contains(place) ? straps[place].firstLink : nil
            }
            return beginning.map { now >= $0 + approach.delay && now < $0 + approach.delay + approach.seconds } ?? false
        }
        return holding?.rssi ?? plan.rssi
    }

    private mutating func meet(_ key: DeviceKey, rssi: Int) {
        guard let path = devicePaths[key] else { return }
        let plan = straps[key.strap].strap.plan
        devices[key] = DeviceState(lastSeen: now, lastReport: now, rssi: rssi)
        effects.append(
            .add(
                path,
                [
                    BlueZInterface.device: [
                        "Address": .string(plan.address), "AddressType": .string(plan.addressType),
                        "Name": .string(plan.name), "Alias": .string(plan.name), "Appearance": .uint16(0x0341),
                        "Paired": .boolean(false), "Bonded": .boolean(false), "Trusted": .boolean(false),
                        "Blocked": .boolean(false), "LegacyPairing": .boolean(false), "RSSI": .int16(Int16(rssi)),
                        "Connected": .boolean(false), "UUIDs": .strings([HeartRateUUID.service]),
                        "Adapter": .objectPath(adapters[key.adapter].path), "ServicesResolved": .boolean(false),
                    ]
                ]))
        forgetLater(key)
    }

    // MARK: Forgetting

    /// Looks at a temporary device again when it might have to be dropped.
    mutating func forgetLater(_ key: DeviceKey) {
        guard let device = devices[key], device.isTemporary, !device.willBeForgotten else { return }
        devices[key]?.willBeForgotten = true
        agenda.insert(.forget(key), at: device.lastSeen + Timing.temporary)
    }

    mutating func forgetIfUnseen(_ key: DeviceKey) {
        guard let device = devices[key] else { return }
        devices[key]?.willBeForgotten = false
        guard device.isTemporary, !device.isConnected else { return }
        guard now >= device.lastSeen + Timing.temporary else { return forgetLater(key) }
        drop(key)
    }

    private mutating func removeDevice(_ number: Int, _ path: ObjectPath?, _ caller: Caller) {
        let found = devices.keys.first { $0.adapter == number && devicePaths[$0] == path }
        guard let key = found else { return fail(caller, BlueZError.doesNotExist) }
        guard adapters[number].isPowered else { return fail(caller, BlueZError.notReady) }
        devices[key]?.isTemporary = true
        guard straps[key.strap].link == key else {
            drop(key)
            return answer(caller)
        }
        takeLeave(of: key, DeviceState.Farewell(token: caller.token, removesDevice: true))
    }

    /// Takes a device object and all below it off the bus.
    mutating func drop(_ key: DeviceKey) {
        if straps[key.strap].link == key { takeDown(key) }
        cancelConnecting(key)
        guard let device = devices.removeValue(forKey: key), let path = devicePaths[key] else { return }
        if device.hasServices {
            for object in (straps[key.strap].tables[key]?.objects ?? []).reversed() {
                effects.append(.remove(object.path, nil))
            }
        }
        effects.append(.remove(path, nil))
    }
}
