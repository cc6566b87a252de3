import Gateway
import Practice
import Screens
import Terminal

/// Finds out whether the nearest strap is the person's own, line by line.
actor MeQuestion {
    /// How often it is looked whether there is something new to say, machine time.
    static let pause = Duration.milliseconds(100)

    private let conductor: PersonalConductor
    private let output: LineOutlet
    private var typed = ""
    /// What the person said is on the pod, while no strap was asked about.
    private var named: String?

    init(_ conductor: PersonalConductor, _ output: LineOutlet) {
        self.conductor = conductor
        self.output = output
    }

    /// Asks until a strap is read or the reading is over.
    func run() async {
        guard let keyboard = try? Keyboard() else {  // nobody can answer
            await conductor.stop()
            return
        }
        let answering = Task {
            for await key in keyboard.keys { await press(key) }
            // Nobody can answer any more, unless everything is answered.
            if await conductor.stage != .reading { await conductor.stop() }
        }
        _ = await output.add("Put your strap on, pads wet, and come close to this computer. q and Enter stops.")
        var said = ""
        while true {
            let stage = await conductor.stage
            if stage == .reading || stage == .ended { break }
            if case .asking(let strap) = stage, let named, strap.matches(named) {
                await conductor.answer(isMine: true)
                continue
            }
            let text = Self.words(stage)
            if text != said, !text.isEmpty {
                for line in text.split(separator: "\n") { _ = await output.add(SafeText.line(line)) }
            }
            said = text
            do { try await Task.sleep(for: Self.pause) } catch { break }
        }
        keyboard.stop()
        await answering.value
    }

    private static func words(_ stage: PersonalStage) -> String {
        switch stage {
        case .asking(let strap):
            "\(strap.label) is the nearest strap.\n"
                + "Last four on your pod: \(strap.printedID.suffix(4).uppercased())?   Enter = yes, n = no"
        case .looking(let text): text
        case .reading, .ended: ""
        }
    }

    private func press(_ key: Key) async {
        switch key {
        case .enter:
            let answer = typed.lowercased()
            typed = ""
            await take(answer)
        case .character(let character): if typed.count < 40 { typed.append(character) }
        default: break
        }
    }

    private func take(_ answer: String) async {
        guard answer != "q" else { return await conductor.stop() }
        guard case .asking(let strap) = await conductor.stage else {
            guard !answer.isEmpty else { return }
            if let refusal = await conductor.choose(answer) {
                _ = await output.add(SafeText.line(refusal))
            } else {
                named = answer
            }
            return
        }
        switch answer {
        case "", "y", "yes": await conductor.answer(isMine: true)
        case "n", "no": await conductor.answer(isMine: false)
        default: await conductor.answer(isMine: strap.matches(answer))
        }
    }
}
