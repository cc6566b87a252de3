import ArgumentParser
import BlueZ
import Gateway
import Timekeeping
import VirtualStraps

extension StrapCommand {
    struct Pretend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Be a chest strap for another computer, with a made-up heart.",
            discussion: """
                Examples:
                  entrain strap pretend
                  entrain strap pretend --name "Entrain P1" --pacer 6

                Another laptop or phone finds it as it finds a real strap. It is for training
                and tests: the heart is computed, nobody wears it. It stays until Ctrl-C, or
                for --seconds. Without Bluetooth, see: entrain sim
                """)

        static let breaths = 3.0...20.0
        static let heartRates = 30.0...200.0

        @Option(help: "The name that others see, at most \(LocalAdvertisement.longestName) bytes.")
        var name = "Entrain Pretend"
        @Option(
            help: ArgumentHelp("Breaths a minute that the heart keeps to (3 to 20), or off.", valueName: "rate|off"))
        var pacer = "off"
        @Option(help: "Mean heart rate, beats a minute (30 to 200).") var heartRate = 70.0
        @Option(help: ArgumentHelp("The adapter to use; the first that can otherwise.", valueName: "hciN"))
        var adapter: String?
        @Option(help: "End by itself after so many seconds.") var seconds: Double?
        @Option(help: "The same seed gives the same heart, beat by beat.") var seed: UInt64?
        @OptionGroup var global: GlobalOptions

        func validate() throws {
            guard !name.isEmpty, !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
            else { throw ValidationError("Give the strap a name without control characters, such as 'Entrain P1'.") }
            guard name.utf8.count <= LocalAdvertisement.longestName else {
                throw ValidationError(
                    """
                    The name has \(name.utf8.count) bytes, and an advertisement holds \
                    \(LocalAdvertisement.longestName): 31, less 2 for its length and kind. Take a shorter one; letters \
                    beyond A to Z take 2 bytes or more.
                    """)
            }
            guard pacer == "off" || breathingRate != nil else {
                throw ValidationError("--pacer takes breaths a minute from 3 to 20, or off.")
            }
            guard Self.heartRates.contains(heartRate) else {
                throw ValidationError("--heart-rate takes beats a minute from 30 to 200.")
            }
            if let seconds, !(seconds > 0 && seconds <= 604_800) {
                throw ValidationError("--seconds takes more than 0 and at most 604800 (a week).")
            }
            if let adapter, !Self.isAdapter(adapter) {
                throw ValidationError("'\(adapter)' is not the name of an adapter. Give one, such as hci0.")
            }
        }

        private static func isAdapter(_ text: String) -> Bool {
            do { return try AdapterNames(text).names == [text] } catch { return false }
        }

        private var breathingRate: Double? { Double(pacer).flatMap { Self.breaths.contains($0) ? $0 : nil } }

        func run() async throws {
            try await Failing.run {
                var parameters = HeartParameters()
                parameters.meanRate = heartRate
                let stretches = breathingRate.map { [PacedStretch(from: 0, to: .infinity, rate: $0)] } ?? []
                let heart = SoleStrap(
                    heart: parameters, pacer: PacerSchedule(stretches), seed: seed ?? UInt64.random(in: 0 ... .max))
                let plan = PretendPlan(name: name, adapter: adapter, seconds: seconds, firmware: Version.number)
                let strap = try await PretendedStrap.open(plan, heart: ModelHeart(heart), clock: Environment.clock())
                // From now on Ctrl-C finds somebody who takes the strap off the air.
                let signals = Signals.stream()
                let stopping = Task { for await _ in signals { await strap.stop() } }
                defer { stopping.cancel() }
                let output = PretendOutput(name: name, pacer: breathingRate, global: global)
                let showing = Task { await output.show(strap) }
                do { try await strap.run() } catch {
                    await showing.value
                    throw error
                }
                await showing.value
                output.close(await strap.view)
            }
        }
    }
}

/// The documented heart as the conductor wants it.
private struct ModelHeart: PacketSource {
    private var strap: SoleStrap

    init(_ strap: SoleStrap) { self.strap = strap }

    mutating func packet(at seconds: Double) -> PretendPacket {
        let packet = strap.packet(at: seconds)
        return PretendPacket(bytes: packet.bytes, heartRate: packet.heartRate, rrTicks: packet.rrTicks)
    }

    mutating func skip(to seconds: Double) { strap.skip(to: seconds) }

    mutating func resetEnergy(at seconds: Double) { strap.resetEnergy(at: seconds) }
}
