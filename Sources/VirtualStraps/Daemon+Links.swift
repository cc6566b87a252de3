internal import DBus
internal import HeartRate

/// Devices: connecting, resolving, battery, disconnecting.
extension Daemon {
    mutating func takeDevice(_ key: DeviceKey, _ call: IncomingCall, _ caller: Caller) {
        countCall(call.member, on: key)
        guard devices[key] != nil else { return fail(caller, Self.unknownObject(call.path)) }
        switch call.member {
        case "Connect": connect(key, caller)
        case "Disconnect": takeLeave(of: key, DeviceState.Farewell(token: caller.token, removesDevice: false))
        case "Pair": fail(caller, BlueZError.authenticationFailed)
        case "CancelPairing": fail(caller, BlueZError.doesNotExist)
        default: fail(caller, BlueZError.notSupported)
        }
    }

    /// Counts a call and lets the faults that wait for it begin.
    mutating func countCall(_ member: String, on key: DeviceKey) {
        straps[key.strap].calls[member, default: 0] += 1
        applyFaults(of: .strap(key.strap), member, number: straps[key.strap].calls[member] ?? 0)
    }

    // MARK: Connecting

    private mutating func connect(_ key: DeviceKey, _ caller: Caller) {
        guard straps[key.strap].link != key else { return answer(caller) }
        devices[key]?.isTemporary = false
        guard devices[key]?.connecting == nil else {
            return fail(caller, BlueZError.failed("Operation already in progress"))
        }
        guard adapters[key.adapter].isPowered else { return fail(caller, BlueZError.failed("Input/output error")) }
        devices[key]?.connecting = caller.token
        adapters[key.adapter].queue.append(key)
        connectNext(key.adapter)
    }

    private mutating func connectNext(_ number: Int) {
        guard adapters[number].attempt == nil, !adapters[number].queue.isEmpty else { return }
        let key = adapters[number].queue.removeFirst()
        let attempt = AdapterState.Attempt(key: key, ticket: ticket(), deadline: now + Timing.connectTimeout)
        adapters[number].attempt = attempt
        schedule(.tryToConnect(key, ticket: attempt.ticket), after: Timing.connecting)
    }

    mutating func tryToConnect(_ key: DeviceKey, ticket: Int) {
        guard let attempt = adapters[key.adapter].attempt, attempt.ticket == ticket else { return }
        if let error = takeFailure(of: key.strap) { return finishConnecting(key, .failure(error)) }
        if straps[key.strap].lies > 0 {
            straps[key.strap].lies -= 1
            return finishConnecting(key, .success([]))
        }
        let links = straps.count { $0.link?.adapter == key.adapter }
        if links >= adapters[key.adapter].slots || now >= attempt.deadline {
            return finishConnecting(key, .failure(BlueZError.abortByLocal))
        }
        if straps[key.strap].link == nil, now >= straps[key.strap].outOfReachUntil {
            bringUp(key)
            return finishConnecting(key, .success([]))
        }
        agenda.insert(.tryToConnect(key, ticket: ticket), at: min(now + Timing.lookingAgain, attempt.deadline))
    }

    private mutating func takeFailure(of strap: Int) -> DBusError? {
        guard let failure = straps[strap].failures.first else { return nil }
        straps[strap].failures[0].left -= 1
        if failure.left <= 1 { straps[strap].failures.removeFirst() }
        return failure.error
    }

    private mutating func finishConnecting(_ key: DeviceKey, _ result: Result<[Value], DBusError>) {
        if let token = devices[key]?.connecting { effects.append(.reply(token, result)) }
        devices[key]?.connecting = nil
        adapters[key.adapter].attempt = nil
        connectNext(key.adapter)
    }

    /// Ends a connection attempt that somebody takes back.
    mutating func cancelConnecting(_ key: DeviceKey) {
        guard let token = devices[key]?.connecting else { return }
        devices[key]?.connecting = nil
        effects.append(.reply(token, .failure(BlueZError.cancelled)))
        adapters[key.adapter].queue.removeAll { $0 == key }
        if adapters[key.adapter].attempt?.key == key {
            adapters[key.adapter].attempt = nil
            connectNext(key.adapter)
        }
    }

    // MARK: The link

    private mutating func bringUp(_ key: DeviceKey) {
        let link = ticket()
        straps[key.strap].link = key
        straps[key.strap].linkTicket = link
        straps[key.strap].firstLink = straps[key.strap].firstLink ?? now
        devices[key]?.isConnected = true
        devices[key]?.lastSeen = now
        changeDevice(key, ["Connected": .boolean(true)])
        schedule(.readBattery(key, link: link), after: Timing.battery)
        if straps[key.strap].unresolved > 0 {
            straps[key.strap].unresolved -= 1
        } else {
            schedule(.resolve(key, link: link), after: Timing.resolving)
        }
    }

    mutating func resolve(_ key: DeviceKey) {
        guard let device = devices[key], let table = straps[key.strap].tables[key] else { return }
        if !device.hasServices {
            devices[key]?.hasServices = true
            for object in table.objects { effects.append(.add(object.path, object.interfaces)) }
            let uuids = [0x1800, 0x1801, 0x180A, 0x180D, 0x180F].map(GattTable.uuid)
            changeDevice(key, ["UUIDs": .strings(uuids)])
        }
        devices[key]?.isResolved = true
        changeDevice(key, ["ServicesResolved": .boolean(true)])
        // Clients that wanted notifications before the link was lost get them again without asking.
        if !device.subscribers.isEmpty {
            schedule(.subscribe(key, link: straps[key.strap].linkTicket), after: Timing.attRoundTrip)
        }
    }

    mutating func showBattery(_ key: DeviceKey) {
        guard devices[key]?.hasBattery == false, let path = devicePaths[key] else { return }
        devices[key]?.hasBattery = true
        let level = UInt8(clamping: straps[key.strap].strap.plan.battery)
        effects.append(.add(path, [BlueZInterface.battery: ["Percentage": .byte(level)]]))
    }

    /// Disconnects, and answers once the link is down.
    mutating func takeLeave(of key: DeviceKey, _ farewell: DeviceState.Farewell) {
        cancelConnecting(key)
        guard let device = devices[key], straps[key.strap].link == key else {
            effects.append(.reply(farewell.token, .success([])))
            return
        }
        devices[key]?.farewells.append(farewell)
        guard !device.isDisconnecting else { return }
        devices[key]?.isDisconnecting = true
        schedule(.disconnect(key, link: straps[key.strap].linkTicket), after: Timing.disconnecting)
    }

    /// The link is gone, for whatever reason.
    mutating func takeDown(_ key: DeviceKey) {
        straps[key.strap].link = nil
        straps[key.strap].stream = nil
        straps[key.strap].held = []
        guard var device = devices[key], let path = devicePaths[key] else { return }
        let farewells = device.farewells
        let wasResolved = device.isResolved
        let hadBattery = device.hasBattery
        device.isConnected = false
        device.isResolved = false
        device.isDisconnecting = false
        device.hasBattery = false
        device.farewells = []
        device.lastSeen = now
        for index in device.subscribers.indices {
            device.subscribers[index].isRegistered = false
            guard let token = device.subscribers[index].token else { continue }
            device.subscribers[index].token = nil
            effects.append(.reply(token, .failure(BlueZError.failed("Operation failed with ATT error: 0x0e"))))
        }
        devices[key] = device
        if wasResolved { changeDevice(key, ["ServicesResolved": .boolean(false)]) }
        if hadBattery { effects.append(.remove(path, [BlueZInterface.battery])) }
        changeDevice(key, ["Connected": .boolean(false)])
        for farewell in farewells { effects.append(.reply(farewell.token, .success([]))) }
        if farewells.contains(where: \.removesDevice) { return drop(key) }
        forgetLater(key)
    }
}
