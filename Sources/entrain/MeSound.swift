import Practice
import Sound

/// Tells in and out to closed eyes.
actor MeSound {
    /// How often it is looked whether the breath has turned, machine time.
    static let pause = Duration.milliseconds(50)

    /// Whether tones are played.
    private(set) var isOn: Bool
    private var player = TonePlayer()
    private var motion: Pacer.Motion?

    init(isOn: Bool) { self.isOn = isOn }

    func set(_ isOn: Bool) {
        self.isOn = isOn && !player.isSilent
        motion = nil
    }

    /// Plays until cancelled.
    func run(_ source: any MeSource) async {
        while !Task.isCancelled {
            if let trouble = step(await source.view()) {
                isOn = false
                await source.tell(trouble)
            }
            do { try await Task.sleep(for: Self.pause) } catch { return }
        }
    }

    private func step(_ view: PersonalView) -> String? {
        let trouble = player.look()
        guard trouble == nil, isOn, !view.isPaused else { return trouble }
        let now = view.breath?.motion
        guard now != motion else { return nil }
        motion = now
        return switch now {
        case .inhale: player.play(.inhale)
        case .exhale: player.play(.exhale)
        case .hold, nil: nil
        }
    }
}
