import Formats
import Gateway
import Glibc
import Practice
import Screens
import Terminal
import Timekeeping

/// What a session shows on stdout while it runs.
///
/// Recording never waits for it.
enum SessionDisplay {
    /// The whole screen, redrawn.
    case full(Colouring, ScreenOptions)
    /// A line for each thing that happens.
    case plain(zoneOffsetSeconds: Int)
    /// A JSON object for each thing that happens.
    case json
    /// Nothing.
    case off

    static func make(
        _ kind: SessionStart.ScreenKind, global: GlobalOptions, zoneOffsetSeconds: Int
    ) -> SessionDisplay {
        if global.json { return .json }
        switch kind {
        case .off: return .off
        case .plain: return .plain(zoneOffsetSeconds: zoneOffsetSeconds)
        case .full: return .full(global.colouring, ScreenOptions(isASCII: global.ascii))
        case .auto:
            let isDumb = Environment.value("TERM") == "dumb"
            guard StandardOutput.isTerminal, !global.plain, !global.noInput, !isDumb else {
                return .plain(zoneOffsetSeconds: zoneOffsetSeconds)
            }
            return .full(global.colouring, ScreenOptions(isASCII: global.ascii))
        }
    }

    /// Shows a session until its events end.
    /// - Parameters:
    ///   - coach: the session and who leads it.
    ///   - signals: what the system tells of the terminal, see `Signals.ofTerminal`.
    func show(_ coach: Coach, signals: AsyncStream<Int32>) async {
        let conductor = coach.conductor
        if case .full(let colouring, let options) = self {
            let display = LiveDisplay(coach: coach, colouring: colouring, options: options)
            if await display.run(signals) { return }
        }
        let listening = Task {
            for await number in signals where number == SIGTSTP {
                StandardError.write(
                    "entrain: a session is not suspended, recording goes on. Ctrl-C stops it and keeps everything.\n")
            }
        }
        defer { listening.cancel() }
        switch self {
        case .full: await plainly(conductor, zoneOffsetSeconds: Environment.zoneOffsetSeconds)
        case .plain(let zone): await plainly(conductor, zoneOffsetSeconds: zone)
        case .json: await stream(conductor) { EventJSON.line(for: $0) }
        case .off: for await _ in conductor.events {}
        }
    }

    private func plainly(_ conductor: SessionConductor, zoneOffsetSeconds zone: Int) async {
        await stream(conductor) { event in
            EventLine.text(of: event.kind, at: event.utc.timeOfDay(zoneOffsetSeconds: zone))
        }
    }

    private func stream(_ conductor: SessionConductor, line: (SessionEvent) -> String?) async {
        let outlet = LineOutlet()
        var isRead = true
        for await event in conductor.events {
            guard isRead, let text = line(event) else { continue }
            isRead = await outlet.add(text)
            if !isRead {
                StandardError.write("entrain: nobody reads stdout any more; recording goes on. Ctrl-C stops it.\n")
            }
        }
        if isRead, await !outlet.finish() {
            StandardError.write("entrain: nobody reads stdout; what was to be told there last is left out.\n")
        }
    }
}
