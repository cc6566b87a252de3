internal import DBus
internal import HeartRate

/// bluetoothd as BlueZ 5.66 is, as a pure reducer.
///
/// Calls and the passing of time go in, what is to be done on the bus comes out. It knows no bus and no clock; times are
/// seconds of session time since the simulator's start.
struct Daemon: Sendable {
    /// What happens by itself after a while.
    enum Event: Sendable {
        case advertise(strap: Int)
        case tryToConnect(DeviceKey, ticket: Int)
        case resolve(DeviceKey, link: Int)
        case readBattery(DeviceKey, link: Int)
        case subscribe(DeviceKey, link: Int)
        case send(strap: Int, stream: Int)
        case release(strap: Int)
        case loseLink(DeviceKey, link: Int)
        case disconnect(DeviceKey, link: Int)
        case answer(Int, Result<[Value], DBusError>)
        case answerRead(ObjectPath, DeviceKey, GattTable.Characteristic, [UInt8], token: Int)
        case forget(DeviceKey)
        case fault(Int)
        case powerOn(adapter: Int)
        case appear
    }

    /// What stands at a path.
    enum Node: Sendable {
        case agentManager
        case adapter(Int)
        case device(DeviceKey)
        case characteristic(DeviceKey, GattTable.Characteristic)
        case configuration(DeviceKey)
    }

    static let root = ObjectPath(literal: "/org/bluez")

    let scenario: Scenario
    var random: SplitMix64
    var agenda = Agenda<Event>()
    var now = 0.0
    var effects: [Effect] = []
    var adapters: [AdapterState] = []
    var straps: [StrapState] = []
    var devices: [DeviceKey: DeviceState] = [:]
    var devicePaths: [DeviceKey: ObjectPath] = [:]
    var agents: [String: ObjectPath] = [:]
    private var nodes: [ObjectPath: Node] = [root: .agentManager]
    private var lastTicket = 0

    /// Makes the daemon of a scenario; it is on no bus yet.
    /// - Throws: `InvalidArgs` when a name in the scenario makes no object path.
    init(_ scenario: Scenario) throws(DBusError) {
        self.scenario = scenario
        random = SplitMix64(seed: scenario.seed, index: -1)
        for plan in scenario.straps {
            var own = SplitMix64(seed: scenario.seed ^ 0x5EED, index: straps.count)
            straps.append(
                StrapState(strap: VirtualStrap(plan: plan, schedule: scenario.pacer, random: &own)))
        }
        for (number, plan) in scenario.adapters.enumerated() {
            let path = try Self.root.appending(plan.name)
            let slots = plan.slots ?? scenario.straps.count
            adapters.append(AdapterState(plan: plan, path: path, slots: slots, isPowered: plan.isPowered))
            nodes[path] = .adapter(number)
            for strap in straps.indices {
                try place(DeviceKey(adapter: number, strap: strap), below: path)
            }
        }
        for (number, fault) in scenario.faults.enumerated() {
            if case .at(let seconds) = fault.trigger { agenda.insert(.fault(number), at: seconds) }
        }
    }

    private mutating func place(_ key: DeviceKey, below adapter: ObjectPath) throws(DBusError) {
        let plan = straps[key.strap].strap.plan
        guard plan.adapter == nil || plan.adapter == adapters[key.adapter].plan.name else { return }
        let name = "dev_" + plan.address.split(separator: ":").joined(separator: "_")
        let path = try adapter.appending(name)
        let table = try GattTable(plan: plan, device: path)
        devicePaths[key] = path
        nodes[path] = .device(key)
        straps[key.strap].tables[key] = table
        for characteristic in table.characteristics {
            nodes[characteristic.path] = .characteristic(key, characteristic)
            if let configuration = characteristic.configuration { nodes[configuration] = .configuration(key) }
        }
    }

    // MARK: Going in

    /// When something happens by itself next, seconds; nil when nothing will.
    var nextDue: Double? { agenda.nextDue }

    /// Comes to the bus.
    mutating func start() -> [Effect] {
        appear()
        return takeEffects()
    }

    /// Lets time pass.
    mutating func advance(to seconds: Double) -> [Effect] {
        pass(to: seconds)
        return takeEffects()
    }

    /// Takes a call; its answer is among what comes out now or later.
    mutating func take(_ call: IncomingCall, token: Int, at seconds: Double) -> [Effect] {
        pass(to: seconds)
        let caller = Caller(sender: call.sender, token: token)
        switch nodes[call.path] {
        case .agentManager: takeAgent(call, caller)
        case .adapter(let number): takeAdapter(number, call, caller)
        case .device(let key): takeDevice(key, call, caller)
        case .characteristic(let key, let characteristic): takeCharacteristic(key, characteristic, call, caller)
        case .configuration(let key): takeConfiguration(key, call, caller)
        case nil: fail(caller, Self.unknownObject(call.path))
        }
        return takeEffects()
    }

    /// Takes a property that a client sets; all but `Powered` are remembered by the bus alone.
    mutating func take(_ change: PropertyChange, at seconds: Double) -> [Effect] {
        pass(to: seconds)
        if case .adapter(let number) = nodes[change.path], change.property == "Powered", let wish = change.value.bool {
            setPower(number, wish)
        }
        return takeEffects()
    }

    /// Forgets a client that left the bus: its discovery and notifications end, links stay.
    mutating func forget(client: String, at seconds: Double) -> [Effect] {
        pass(to: seconds)
        agents[client] = nil
        for number in adapters.indices {
            adapters[number].presets[client] = nil
            if adapters[number].sessions.removeValue(forKey: client) != nil { endDiscoveryIfUnused(number) }
        }
        for key in devices.keys.sorted(by: Self.inOrder) { unsubscribe(client, from: key) }
        return takeEffects()
    }

    static func unknownObject(_ path: ObjectPath) -> DBusError {
        DBusError(name: DBusError.Name.unknownObject, message: "there is no object at \(path)")
    }

    static func inOrder(_ left: DeviceKey, _ right: DeviceKey) -> Bool {
        (left.adapter, left.strap) < (right.adapter, right.strap)
    }

    // MARK: Time

    private mutating func pass(to seconds: Double) {
        while let (due, event) = agenda.next(by: seconds) {
            now = max(now, due)
            happen(event)
        }
        now = max(now, seconds)
    }

    private mutating func happen(_ event: Event) {
        switch event {
        case .advertise(let strap): advertise(strap)
        case .tryToConnect(let key, let ticket): tryToConnect(key, ticket: ticket)
        case .resolve(let key, let link): if isUp(key, link) { resolve(key) }
        case .readBattery(let key, let link): if isUp(key, link) { showBattery(key) }
        case .subscribe(let key, let link): if isUp(key, link) { registerSubscribers(key) }
        case .send(let strap, let stream): sendPacket(of: strap, stream: stream)
        case .release(let strap): releaseHeld(strap)
        case .loseLink(let key, let link), .disconnect(let key, let link): if isUp(key, link) { takeDown(key) }
        case .answer(let token, let result): effects.append(.reply(token, result))
        case .answerRead(let path, let key, let characteristic, let value, let token):
            answerRead(path, key, characteristic, value, token: token)
        case .forget(let key): forgetIfUnseen(key)
        case .fault(let number): apply(scenario.faults[number])
        case .powerOn(let adapter): setPower(adapter, true)
        case .appear: appear()
        }
    }

    func isUp(_ key: DeviceKey, _ link: Int) -> Bool {
        straps[key.strap].link == key && straps[key.strap].linkTicket == link
    }

    // MARK: Helping

    mutating func ticket() -> Int {
        lastTicket += 1
        return lastTicket
    }

    mutating func schedule(_ event: Event, after delay: Double) {
        agenda.insert(event, at: now + delay)
    }

    mutating func schedule(_ event: Event, after delays: ClosedRange<Double>) {
        agenda.insert(event, at: now + random.uniform(in: delays))
    }

    mutating func answer(_ caller: Caller, _ values: [Value] = []) {
        effects.append(.reply(caller.token, .success(values)))
    }

    mutating func fail(_ caller: Caller, _ error: DBusError) {
        effects.append(.reply(caller.token, .failure(error)))
    }

    mutating func change(_ path: ObjectPath, _ interface: String, _ values: [String: Value]) {
        effects.append(.change(path, interface: interface, values))
    }

    mutating func changeDevice(_ key: DeviceKey, _ values: [String: Value]) {
        guard let path = devicePaths[key] else { return }
        change(path, BlueZInterface.device, values)
    }

    private mutating func takeEffects() -> [Effect] {
        defer { effects = [] }
        return effects
    }
}
