import BlueZ
import DBus
import FoundationEssentials
import Glibc
import HCI
public import Practice
import Straps
public import Timekeeping

extension Examination {
    /// The bus, the Bluetooth service and its adapters.
    /// - Parameters:
    ///   - clock: stamps what the bus says.
    ///   - known: what sessions learned of adapters.
    /// - Returns: what was seen; what could not be is left out or says why.
    public static func bluetooth(clock: any SessionClock, known: [KnownAdapter] = []) async -> BluetoothFacts {
        var facts = BluetoothFacts(reach: .answered)
        facts.blocks = blocks()
        let client: BlueZClient
        do {
            client = try await BlueZClient.open(.system, clock: clock)
        } catch {
            facts.reach = reach(error)
            facts.version = await installedVersion()
            return facts
        }
        if await client.isServiceUp {
            await look(through: client, into: &facts, known: known)
        } else {
            facts.reach = .noService
            facts.version = await installedVersion()
        }
        await client.close()
        return facts
    }

    private static func reach(_ error: BlueZError) -> BluetoothFacts.Reach {
        let words = error.message.isEmpty ? error.name : error.message
        return switch error.kind {
        case .busGone: .noBus(words)
        case .policy: .denied(error.name)
        case .serviceGone: .noService
        default: .trouble(words)
        }
    }

    private static func look(
        through client: BlueZClient, into facts: inout BluetoothFacts, known: [KnownAdapter]
    ) async {
        do {
            // A bus that does not tell who answers leaves it unknown.
            facts.program = try await client.serviceProcess().flatMap { line("/proc/\($0)/comm") }
        } catch {
            facts.program = nil
        }
        var controllers: [String: Controller] = [:]
        if facts.standIn == nil {
            facts.version = await installedVersion()
            do {
                controllers = Dictionary(try Controller.all().map { ($0.name, $0) }) { $1 }
            } catch {
                facts.kernelTrouble = "\(error)"
            }
        }
        facts.adapters = await client.adapters.map { adapter in
            Self.adapter(adapter, controllers[adapter.name], known.first { $0.address == adapter.address })
        }
    }

    private static func slots(
        of adapter: Adapter, _ controller: Controller?, _ known: KnownAdapter?
    ) -> (Int, AdapterFacts.SlotSource) {
        if let declared = adapter.declaredSlots { return (declared, .declared) }
        let maker = controller?.knownSlots
        let assumed = maker ?? RadioTranslation.usualSlots
        let learned = known.map { SlotLesson(held: $0.held, refusedAt: $0.refusedAt).slots(assumed: assumed) }
        if let learned, learned != assumed { return (learned, .learned) }
        return (assumed, maker == nil ? .usual : .maker)
    }

    private static func adapter(
        _ adapter: Adapter, _ controller: Controller?, _ known: KnownAdapter?
    ) -> AdapterFacts {
        let (slots, source) = slots(of: adapter, controller, known)
        let central = adapter.roles.map { $0.contains("central") }
        return AdapterFacts(
            name: adapter.name, isPowered: adapter.isPowered, isLowEnergy: controller?.isLowEnergy ?? central,
            slots: slots, slotSource: source,
            maker: controller?.makerName, version: controller?.bluetoothVersion,
            attachment: controller.flatMap { attachment($0.bus) })
    }

    private static func attachment(_ bus: Controller.Bus) -> String? {
        switch bus {
        case .usb: "USB"
        case .uart: "serial line"
        case .virtual: "virtual"
        case .other: nil
        }
    }

    // MARK: - Radio switches

    /// Bluetooth switches that are off (kernel: Documentation/ABI/stable/sysfs-class-rfkill).
    private static func blocks() -> [BluetoothFacts.Block] {
        let root = "/sys/class/rfkill"
        // A kernel without rfkill has no such folder, and then nothing is blocked.
        let switches = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return switches.sorted().compactMap { entry in
            let path = "\(root)/\(entry)"
            guard line("\(path)/type") == "bluetooth" else { return nil }
            let isHard = line("\(path)/hard") == "1"
            guard isHard || line("\(path)/soft") == "1" else { return nil }
            return BluetoothFacts.Block(name: line("\(path)/name") ?? entry, isHard: isHard)
        }
    }

    // MARK: - Version

    /// The version of BlueZ that is installed: it is not on the bus, so its programs are asked.
    private static func installedVersion() async -> String? {
        let programs = [
            "/usr/libexec/bluetooth/bluetoothd", "/usr/lib/bluetooth/bluetoothd", "/usr/sbin/bluetoothd",
            "/usr/bin/bluetoothctl",
        ]
        for program in programs where access(program, X_OK) == 0 {
            let said = await ProgramOutput.of([program, "--version"], within: .seconds(2))
            if let version = version(in: said ?? "") { return version }
        }
        return nil
    }

    /// The version in `5.66` or `bluetoothctl: 5.66`.
    static func version(in text: String) -> String? {
        text.split(whereSeparator: \.isWhitespace).last { $0.first?.isNumber ?? false && $0.contains(".") }
            .map(String.init)
    }
}
