import Formats
import Glibc
import Practice
import Screens
import Terminal

/// Shows a reading: the whole screen, lines, or JSON.
enum MeDisplay {
    /// Shows it until its events end.
    static func show(_ source: any MeSource, options: MeOptions, output: LineOutlet) async {
        let sound = MeSound(isOn: options.hasSound)
        let sounding = Task { await sound.run(source) }
        defer { sounding.cancel() }
        if options.isFull {
            let screen = MeFullScreen(source: source, options: options, sound: sound)
            if await screen.run() { return }
        }
        let keys = options.canAsk ? LineKeys(source: source, options: options, sound: sound) : nil
        let listening = Task { await keys?.run() }
        defer { listening.cancel() }
        for await event in source.events {
            if options.global.json {
                _ = await output.add(MeJSON.line(for: event).line)
            } else {
                let hides = await keys?.hidesNumbers ?? options.hidesNumbers
                if let text = MeEventLine.text(of: event, hidesNumbers: hides) { _ = await output.add(text) }
            }
        }
        await keys?.stop()
    }
}

/// The same keys as on the screen, each with Enter, for those who read lines.
private actor LineKeys {
    private let source: any MeSource
    private let sound: MeSound
    private var controls: MeControls
    private var keyboard: Keyboard?

    init(source: any MeSource, options: MeOptions, sound: MeSound) {
        self.source = source
        self.sound = sound
        controls = MeControls(hidesNumbers: options.hidesNumbers, hasSound: options.hasSound)
    }

    var hidesNumbers: Bool { controls.hidesNumbers }

    func run() async {
        guard let keyboard = try? Keyboard() else { return }  // without keys the reading still ends by itself
        self.keyboard = keyboard
        for await key in keyboard.keys {
            if let act = controls.press(key) { await MeKeys.carryOut(act, source, sound) }
        }
    }

    func stop() { keyboard?.stop() }
}

/// What keys do to a reading.
enum MeKeys {
    static func carryOut(_ act: MeControls.Act, _ source: any MeSource, _ sound: MeSound) async {
        switch act {
        case .pause: await source.pause()
        case .sound(let isOn): await sound.set(isOn)
        case .pacer(let steps): await source.changePacer(by: steps)
        case .stop: await source.stop()
        }
    }
}

/// The screen and its keys.
private actor MeFullScreen {
    /// Ten pictures a second for the pacer; numbers change once a second.
    static let frame = Duration.milliseconds(100)
    static let framesBetweenNumbers = 10

    private let source: any MeSource
    private let options: ScreenOptions
    private let colouring: Colouring
    private let sound: MeSound
    private let isKept: Bool
    private var controls: MeControls
    private var shown: PersonalView?
    /// Whether a key was pressed since the last picture.
    private var isTouched = false

    init(source: any MeSource, options: MeOptions, sound: MeSound) {
        self.source = source
        self.sound = sound
        isKept = options.isKept
        self.options = ScreenOptions(isASCII: options.global.ascii)
        colouring = options.global.colouring
        controls = MeControls(hidesNumbers: options.hidesNumbers, hasSound: options.hasSound)
    }

    /// Shows the reading until its events end.
    /// - Returns: false, with no event taken, when the terminal cannot be taken over.
    func run() async -> Bool {
        let terminal: RawMode
        let keyboard: Keyboard
        do {
            terminal = try RawMode()
            keyboard = try Keyboard()
        } catch {
            StandardError.write("entrain: \(error) Showing plain lines instead.\n")
            return false
        }
        let keys = Task {
            for await key in keyboard.keys { await press(key) }
            // A terminal that is gone has nobody before it.
            await source.stop()
        }
        let drawing = Task { await draw(Display(descriptor: STDOUT_FILENO, colouring: colouring)) }
        for await _ in source.events {}
        drawing.cancel()
        keyboard.stop()
        keys.cancel()
        await drawing.value
        terminal.restore()
        return true
    }

    private func press(_ key: Key) async {
        if let act = controls.press(key) { await MeKeys.carryOut(act, source, sound) }
        isTouched = true
    }

    /// Draws until cancelled: the breath at every picture, what a key changed at once, numbers once a second.
    private func draw(_ display: Display) async {
        var display = display
        var count = 0
        while !Task.isCancelled {
            var newest = await source.view()
            newest.isKept = isKept
            let isDue = count % Self.framesBetweenNumbers == 0
            if isDue || isTouched {
                shown = isDue ? newest : newest.withNumbers(of: shown ?? newest)
                controls.hasSound = await sound.isOn
                isTouched = false
            }
            count += 1
            shown?.breath = newest.breath
            let size = WindowSize.of(descriptor: STDOUT_FILENO) ?? ScreenSize(columns: 80, rows: 24)
            do {
                if let shown {
                    try display.show(MeScreen.draw(shown, controls: controls, size: size, options: options))
                }
                try await Task.sleep(for: Self.frame)
            } catch { return }
        }
    }
}

extension PersonalView {
    /// The same moment with the numbers of an earlier one.
    fileprivate func withNumbers(of old: PersonalView) -> PersonalView {
        var view = self
        view.heartRate = old.heartRate
        view.beats = old.beats
        view.swing = old.swing
        view.clean = old.clean
        if isPaused == old.isPaused { view.smoothness = old.smoothness }
        return view
    }
}
