/// Makes verdicts of facts: what stands well, what does not, and the next step.
///
/// Pure: whoever gathers the facts judges nothing, and whoever draws the findings neither.
public enum Doctor {
    /// The screens are drawn for this size, columns and rows.
    static let screen = (columns: 80, rows: 24)
    /// Free space below which the next sessions may not fit, bytes.
    static let littleSpace = 1_000_000_000
    /// Free space below which not even one may fit, bytes.
    static let noSpace = 50_000_000
    /// The longest interval that Polar straps ask for, in units of 1.25 ms: 500 ms.
    static let slowestInterval = 400

    /// Every finding, in the order of the way from the radio to people.
    public static func findings(_ facts: DoctorFacts) -> [Finding] {
        bluetooth(facts.bluetooth) + links(facts.bluetooth.adapters, facts.groups, facts.bluetooth.reach)
            + [policy(facts.hasGatewayPolicy), kernel(facts.kernel), clock(facts.clock)]
            + folder(facts.folder) + [disk(facts.folder)].compactMap(\.self) + privacy(facts.privacy)
            + [terminal(facts.terminal)]
    }

    // MARK: - The machine

    static func policy(_ isInstalled: Bool) -> Finding {
        Finding(
            .ok, "Gateway policy", isInstalled ? "installed" : "not installed; only the gateway service needs it")
    }

    static func kernel(_ facts: KernelFacts) -> Finding {
        let name = facts.version.map { "Linux \($0)" } ?? "Linux \(facts.release)"
        let setting = facts.longestInterval.map { "MaxConnectionInterval=\($0)" }
        guard let version = facts.version, version.refusesSlowIntervals else {
            return Finding(.ok, "Kernel", ([name, setting].compactMap(\.self)).joined(separator: ", "))
        }
        if let interval = facts.longestInterval, interval >= slowestInterval {
            return Finding(.ok, "Kernel", "\(name) with MaxConnectionInterval=\(interval), as Polar straps need it")
        }
        return Finding(
            .warning, "Kernel",
            "\(name) may refuse the slow connections that Polar straps ask for: they hang up after 30 to 150 s",
            advice: "update Linux, or set MaxConnectionInterval=400 under [LE] in /etc/bluetooth/main.conf")
    }

    static func clock(_ facts: ClockFacts) -> Finding {
        let zone = zone(facts.zoneOffsetSeconds)
        switch facts.isSynced {
        case true?: return Finding(.ok, "Clock", "synced, \(zone)")
        case nil: return Finding(.ok, "Clock", "\(zone); whether it is synced could not be seen")
        case false?:
            return Finding(
                .warning, "Clock", "not synced, \(zone): recordings of several computers will not line up",
                advice: "timedatectl set-ntp true")
        }
    }

    static func zone(_ seconds: Int) -> String {
        let minutes = abs(seconds) / 60
        let pair = [minutes / 60, minutes % 60].map { ($0 < 10 ? "0" : "") + "\($0)" }.joined(separator: ":")
        return "UTC\(seconds < 0 ? "-" : "+")\(pair)"
    }

    static func terminal(_ facts: TerminalFacts) -> Finding {
        guard let columns = facts.columns, let rows = facts.rows else {
            return Finding(.ok, "Terminal", "none: sessions write plain lines")
        }
        let colour = facts.colours > 0 ? "colour \(facts.colours)" : "no colour"
        let text = "\(columns)x\(rows), \(colour), \(facts.isUTF8 ? "UTF-8" : "no UTF-8")"
        if columns < screen.columns || rows < screen.rows {
            return Finding(
                .warning, "Terminal", text, advice: "make the window at least \(screen.columns)x\(screen.rows)")
        }
        return facts.isUTF8
            ? Finding(.ok, "Terminal", text)
            : Finding(.warning, "Terminal", text, advice: "entrain session start ... --ascii, or LANG=C.UTF-8")
    }
}
