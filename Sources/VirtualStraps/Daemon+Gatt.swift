internal import DBus

/// Characteristics: reading, writing, and notifications.
extension Daemon {
    mutating func takeCharacteristic(
        _ key: DeviceKey, _ characteristic: GattTable.Characteristic, _ call: IncomingCall, _ caller: Caller
    ) {
        countCall(call.member, on: key)
        guard devices[key]?.hasServices == true else { return fail(caller, Self.unknownObject(call.path)) }
        switch call.member {
        case "StartNotify": startNotify(key, characteristic, caller)
        case "StopNotify":
            guard unsubscribe(caller.sender, from: key) else {
                return fail(caller, BlueZError.failed("No notify session started"))
            }
            answer(caller)
        case "ReadValue":
            guard case .constant(let value) = characteristic.role else {
                return refuse(key, caller, BlueZError.notPermitted("Read not permitted"))
            }
            read(key, characteristic, value, call, caller)
        case "WriteValue":
            guard characteristic.role == .controlPoint else {
                return refuse(key, caller, BlueZError.notPermitted("Write not permitted"))
            }
            guard call.arguments.first?.bytes == [1] else {
                return refuse(key, caller, BlueZError.failed("Operation failed with ATT error: 0x80"))
            }
            straps[key.strap].strap.resetEnergy(at: now)
            schedule(.answer(caller.token, .success([])), after: Timing.attRoundTrip)
        default: fail(caller, BlueZError.notSupported)
        }
    }

    /// The Client Characteristic Configuration: BlueZ writes it itself and lets nobody else.
    mutating func takeConfiguration(_ key: DeviceKey, _ call: IncomingCall, _ caller: Caller) {
        guard devices[key]?.hasServices == true else { return fail(caller, Self.unknownObject(call.path)) }
        guard call.member == "ReadValue" else { return fail(caller, BlueZError.notPermitted("Write not permitted")) }
        guard isReady(key) else { return fail(caller, BlueZError.failed("Not connected")) }
        let isOn = devices[key]?.subscribers.contains { $0.isRegistered } ?? false
        schedule(.answer(caller.token, .success([.bytes([isOn ? 1 : 0, 0])])), after: Timing.attRoundTrip)
    }

    /// Answers what the strap itself refuses: that takes a link and a round trip.
    private mutating func refuse(_ key: DeviceKey, _ caller: Caller, _ error: DBusError) {
        guard isReady(key) else { return fail(caller, BlueZError.failed("Not connected")) }
        schedule(.answer(caller.token, .failure(error)), after: Timing.attRoundTrip)
    }

    private mutating func read(
        _ key: DeviceKey, _ characteristic: GattTable.Characteristic, _ value: [UInt8], _ call: IncomingCall,
        _ caller: Caller
    ) {
        guard isReady(key) else { return fail(caller, BlueZError.failed("Not connected")) }
        let offset = call.arguments.first?.properties?["offset"]?.int ?? 0
        guard offset <= value.count else {
            return refuse(key, caller, DBusError(name: BlueZError.invalidArguments.name, message: "Invalid offset"))
        }
        let part = Array(value.dropFirst(offset))
        schedule(
            .answerRead(characteristic.path, key, characteristic, part, token: caller.token),
            after: Timing.attRoundTrip)
    }

    mutating func answerRead(
        _ path: ObjectPath, _ key: DeviceKey, _ characteristic: GattTable.Characteristic, _ value: [UInt8], token: Int
    ) {
        guard isReady(key) else {
            effects.append(.reply(token, .failure(BlueZError.failed("Operation failed with ATT error: 0x0e"))))
            return
        }
        // To listeners a read looks like a notification.
        change(path, BlueZInterface.characteristic, ["Value": .bytes(value)])
        effects.append(.reply(token, .success([.bytes(value)])))
    }

    /// Whether the strap is linked and its services are resolved.
    private func isReady(_ key: DeviceKey) -> Bool {
        straps[key.strap].link == key && devices[key]?.isResolved == true
    }

    // MARK: Notifications

    private mutating func startNotify(
        _ key: DeviceKey, _ characteristic: GattTable.Characteristic, _ caller: Caller
    ) {
        guard devices[key]?.isDisconnecting == false else { return fail(caller, BlueZError.notConnected) }
        guard characteristic.role == .measurement else { return fail(caller, BlueZError.notSupported) }
        if let own = devices[key]?.subscribers.first(where: { $0.sender == caller.sender }) {
            return own.isRegistered ? answer(caller) : fail(caller, BlueZError.inProgress)
        }
        var subscriber = DeviceState.Subscriber(sender: caller.sender)
        // Before services are resolved BlueZ answers at once and subscribes when they are.
        let isReady = isReady(key)
        if isReady { subscriber.token = caller.token } else { answer(caller) }
        devices[key]?.subscribers.append(subscriber)
        guard isReady else { return }
        schedule(.subscribe(key, link: straps[key.strap].linkTicket), after: Timing.attRoundTrip)
    }

    mutating func registerSubscribers(_ key: DeviceKey) {
        guard var device = devices[key], device.isResolved, !device.subscribers.isEmpty else { return }
        var tokens: [Int] = []
        for index in device.subscribers.indices {
            device.subscribers[index].isRegistered = true
            if let token = device.subscribers[index].token { tokens.append(token) }
            device.subscribers[index].token = nil
        }
        let isNew = !device.isNotifying
        device.isNotifying = true
        devices[key] = device
        if isNew { changeMeasurement(key, ["Notifying": .boolean(true)]) }
        for token in tokens { effects.append(.reply(token, .success([]))) }
        startStream(key.strap)
    }

    /// Ends a client's notifications.
    /// - Returns: whether it had any.
    @discardableResult
    mutating func unsubscribe(_ client: String, from key: DeviceKey) -> Bool {
        guard let index = devices[key]?.subscribers.firstIndex(where: { $0.sender == client }),
            let gone = devices[key]?.subscribers.remove(at: index)
        else { return false }
        if let token = gone.token { effects.append(.reply(token, .failure(BlueZError.failed("Operation failed")))) }
        guard devices[key]?.subscribers.isEmpty == true else { return true }
        if straps[key.strap].link == key { straps[key.strap].stream = nil }
        if devices[key]?.isNotifying == true {
            devices[key]?.isNotifying = false
            changeMeasurement(key, ["Notifying": .boolean(false)])
        }
        return true
    }

    private mutating func startStream(_ strap: Int) {
        guard straps[strap].stream == nil else { return }
        let stream = ticket()
        straps[strap].stream = stream
        straps[strap].strap.skip(to: now)
        agenda.insert(.send(strap: strap, stream: stream), at: straps[strap].strap.firstPacket(after: now))
    }

    /// The moment of a strap's packet has come.
    mutating func sendPacket(of strap: Int, stream: Int) {
        guard straps[strap].stream == stream, let key = straps[strap].link else { return }
        schedule(.send(strap: strap, stream: stream), after: VirtualStrap.interval)
        let packet = straps[strap].strap.packet(at: now)
        let state = straps[strap]
        guard now >= state.silentUntil, now >= state.lossUntil, now >= state.outOfReachUntil else { return }
        guard now >= state.holdUntil else {
            straps[strap].held.append(packet)
            return
        }
        releaseHeld(strap)
        notify(key, packet)
    }

    /// Sends what was held back.
    mutating func releaseHeld(_ strap: Int) {
        guard now >= straps[strap].holdUntil, let key = straps[strap].link else { return }
        let held = straps[strap].held
        straps[strap].held = []
        for packet in held { notify(key, packet) }
    }

    private mutating func notify(_ key: DeviceKey, _ packet: StrapPacket) {
        changeMeasurement(key, ["Value": .bytes(packet.bytes)])
        effects.append(.sent(straps[key.strap].strap.record(of: packet, at: now)))
    }

    /// Sends bytes that no strap would.
    mutating func notify(_ key: DeviceKey, raw: [UInt8]) {
        changeMeasurement(key, ["Value": .bytes(raw)])
        effects.append(.sent(straps[key.strap].strap.record(of: raw, at: now)))
    }

    private mutating func changeMeasurement(_ key: DeviceKey, _ values: [String: Value]) {
        let table = straps[key.strap].tables[key]
        guard let path = table?.characteristics.first(where: { $0.role == .measurement })?.path else { return }
        change(path, BlueZInterface.characteristic, values)
    }
}
