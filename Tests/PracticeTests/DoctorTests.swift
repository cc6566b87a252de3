import Testing

@testable import Practice

@Suite("The doctor's verdicts") struct DoctorTests {
    /// A computer on which all is well.
    static var healthy: DoctorFacts {
        DoctorFacts(
            bluetooth: BluetoothFacts(
                reach: .answered, program: "bluetoothd", version: "5.66",
                adapters: [
                    AdapterFacts(
                        name: "hci0", isPowered: true, isLowEnergy: true, slots: 7, slotSource: .maker,
                        maker: "Intel Corp.", version: "5.2", attachment: "USB")
                ]),
            hasGatewayPolicy: false,
            kernel: KernelFacts(release: "6.1.0-37-amd64", version: KernelVersion(6, 1, 140)),
            clock: ClockFacts(isSynced: true, zoneOffsetSeconds: -14_400),
            folder: FolderFacts(path: "~/.local/share/entrain", rights: 0o700, freeBytes: 12_345_000_000),
            groups: [.init(name: "G1", places: 7)],
            terminal: TerminalFacts(columns: 80, rows: 24, colours: 256, isUTF8: true))
    }

    @Test("a healthy computer gets a line for each thing, all ok and without advice")
    func health() {
        let findings = Doctor.findings(Self.healthy)
        #expect(findings.allSatisfy { $0.status == .ok && $0.advice == nil })
        #expect(!findings.hasFailure)
        #expect(
            findings.map(\.subject) == [
                "Message bus", "Bluetooth service", "May use Bluetooth", "Adapter hci0", "Links", "Gateway policy",
                "Kernel", "Clock", "Data folder", "Disk", "Terminal",
            ])
        #expect(
            findings.map(\.text) == [
                "reached", "BlueZ 5.66, hci0 on", "your account can talk to BlueZ",
                "on, LE, 7 links (known of its maker), Intel Corp., Bluetooth 5.2, USB",
                "room for 7 straps: hci0 holds 7; the largest group, G1, has 7",
                "not installed; only the gateway service needs it", "Linux 6.1.140", "synced, UTC-04:00",
                "~/.local/share/entrain, 0700", "12.3 GB free", "80x24, colour 256, UTF-8",
            ])
    }

    /// One thing that is not well, and the line it leads to.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var spoil: @Sendable (inout DoctorFacts) -> Void
        var finding: Finding

        init(
            _ name: String, _ status: Finding.Status, _ subject: String, _ text: String, _ advice: String?,
            spoil: @escaping @Sendable (inout DoctorFacts) -> Void
        ) {
            self.name = name
            self.spoil = spoil
            finding = Finding(status, subject, text, advice: advice)
        }

        var testDescription: String { name }
    }

    @Test("each thing that is not well has its line", arguments: bluetooth + adapters + links + machine + folder)
    func verdict(_ spoiled: Case) {
        var facts = Self.healthy
        spoiled.spoil(&facts)
        #expect(!Doctor.findings(Self.healthy).contains(spoiled.finding), "it must not be said of a healthy one")
        let findings = Doctor.findings(facts)
        #expect(findings.contains(spoiled.finding), "\(findings)")
    }

    @Test(
        "what cannot be seen behind a closed door is not judged",
        arguments: [
            BluetoothFacts.Reach.noBus("gone"), .noService, .denied("no"), .trouble("odd"),
        ])
    func closedDoor(_ reach: BluetoothFacts.Reach) {
        var facts = Self.healthy
        facts.bluetooth = BluetoothFacts(reach: reach)
        let findings = Doctor.findings(facts)
        #expect(findings.count(.failure) == 1)
        #expect(!findings.contains { $0.subject.hasPrefix("Adapter") || $0.subject == "Links" })
        #expect(findings.contains { $0.subject == "Clock" })
    }

    @Test("several things wrong with the folder are told one by one")
    func folderTroubles() {
        let facts = FolderFacts(
            path: "/d", rights: 0o755, linkTarget: "/home/a/OneDrive/d", syncedBy: "OneDrive",
            looseFiles: ["entrain.sqlite"])
        #expect(Doctor.folder(facts).map(\.status) == [.warning, .warning, .warning, .warning])
        var unwritable = facts
        unwritable.isWritable = false
        #expect(Doctor.folder(unwritable).map(\.status) == [.failure])
    }

    static let bluetooth: [Case] = [
        Case(
            "no bus", .failure, "Message bus", "no such file",
            "sudo systemctl start dbus, or check DBUS_SYSTEM_BUS_ADDRESS"
        ) { $0.bluetooth = BluetoothFacts(reach: .noBus("no such file")) },
        Case(
            "no service", .failure, "Bluetooth service", "bluetoothd does not run; BlueZ 5.66 is installed",
            "sudo systemctl start bluetooth"
        ) { $0.bluetooth = BluetoothFacts(reach: .noService, version: "5.66") },
        Case(
            "no BlueZ", .failure, "Bluetooth service", "bluetoothd does not run; its version could not be seen",
            "sudo apt install bluez && sudo systemctl start bluetooth"
        ) { $0.bluetooth = BluetoothFacts(reach: .noService) },
        Case(
            "denied", .failure, "May use Bluetooth", "your account may not; the group bluetooth may (rejected)",
            "sudo usermod -aG bluetooth $USER, then log in again"
        ) { $0.bluetooth = BluetoothFacts(reach: .denied("rejected")) },
        Case("trouble", .failure, "Bluetooth service", "no answer", "sudo systemctl restart bluetooth") {
            $0.bluetooth = BluetoothFacts(reach: .trouble("no answer"))
        },
        Case("no version", .ok, "Bluetooth service", "BlueZ, its version could not be seen, hci0 on", nil) {
            $0.bluetooth.version = nil
        },
        Case("virtual straps", .ok, "Bluetooth service", "'entrain' in place of BlueZ, hci0 on", nil) {
            $0.bluetooth.program = "entrain"
        },
        Case("policy", .ok, "Gateway policy", "installed", nil) { $0.hasGatewayPolicy = true },
    ]

    static let adapters: [Case] = [
        Case(
            "no adapter", .failure, "Adapter", "there is none",
            "plug one in; see whether the system knows it: bluetoothctl list"
        ) { $0.bluetooth.adapters = [] },
        Case(
            "a machine's switch", .failure, "Adapter", "there is none; tpacpi is switched off",
            "turn on the radio switch of this computer"
        ) {
            $0.bluetooth.adapters = []
            $0.bluetooth.blocks = [.init(name: "tpacpi", isHard: true)]
        },
        Case("off", .failure, "Adapter hci0", "off", "bluetoothctl power on") {
            $0.bluetooth.adapters[0].isPowered = false
        },
        Case(
            "blocked", .failure, "Adapter hci0", "off, blocked by a radio switch", "rfkill unblock bluetooth"
        ) {
            $0.bluetooth.adapters[0].isPowered = false
            $0.bluetooth.blocks = [.init(name: "hci1", isHard: true), .init(name: "hci0", isHard: false)]
        },
        Case("one of two is off", .warning, "Adapter hci1", "off", "bluetoothctl power on") {
            $0.bluetooth.adapters.append(AdapterFacts(name: "hci1", isPowered: false, slots: 5))
        },
        Case(
            "classic only", .failure, "Adapter hci0", "on, but without Bluetooth LE: it cannot hold straps",
            "add an adapter of Bluetooth 4.0 or later"
        ) { $0.bluetooth.adapters[0].isLowEnergy = false },
        Case(
            "nothing seen of it", .ok, "Adapter hci0",
            "on, LE could not be seen, 5 links (the usual guess), maker could not be seen", nil
        ) { $0.bluetooth.adapters = [AdapterFacts(name: "hci0", isPowered: true, slots: 5)] },
        Case("it says so", .ok, "Adapter hci0", "on, LE, 1 link (it says so), maker could not be seen", nil) {
            $0.bluetooth.adapters = [
                AdapterFacts(name: "hci0", isPowered: true, isLowEnergy: true, slots: 1, slotSource: .declared)
            ]
        },
        Case("a kernel that is silent", .ok, "Controllers", "makers could not be seen: no Bluetooth", nil) {
            $0.bluetooth.kernelTrouble = "no Bluetooth"
        },
    ]

    static let links: [Case] = [
        Case(
            "a large group", .warning, "Links", "hci0 holds 7 at once; G2 has 8 straps",
            "add a Bluetooth adapter; where more links are known to work: --slots hci0=8"
        ) { $0.groups.append(.init(name: "G2", places: 8)) },
        Case(
            "a large group and an adapter that is off", .warning, "Links", "hci0 holds 7 at once; G2 has 8 straps",
            "turn on hci1 too: bluetoothctl power on"
        ) {
            $0.groups.append(.init(name: "G2", places: 8))
            $0.bluetooth.adapters.append(AdapterFacts(name: "hci1", isPowered: false, slots: 5))
        },
        Case(
            "two adapters together", .ok, "Links",
            "room for 12 straps: hci0 holds 7, hci1 holds 5; the largest group, G1, has 12", nil
        ) {
            $0.groups = [.init(name: "G1", places: 12), .init(name: "G2", places: 11)]
            $0.bluetooth.adapters.append(AdapterFacts(name: "hci1", isPowered: true, slots: 5))
        },
        Case("no group", .ok, "Links", "room for 7 straps: hci0 holds 7", nil) { $0.groups = [] },
    ]

    static let machine: [Case] = [
        Case(
            "a kernel that refuses", .warning, "Kernel",
            "Linux 6.1.85 may refuse the slow connections that Polar straps ask for: they hang up after 30 to 150 s",
            "update Linux, or set MaxConnectionInterval=400 under [LE] in /etc/bluetooth/main.conf"
        ) { $0.kernel.version = KernelVersion(6, 1, 85) },
        Case(
            "the same with the setting", .ok, "Kernel",
            "Linux 6.1.85 with MaxConnectionInterval=400, as Polar straps need it", nil
        ) {
            $0.kernel.version = KernelVersion(6, 1, 85)
            $0.kernel.longestInterval = 400
        },
        Case(
            "the same with too small a setting", .warning, "Kernel",
            "Linux 6.1.85 may refuse the slow connections that Polar straps ask for: they hang up after 30 to 150 s",
            "update Linux, or set MaxConnectionInterval=400 under [LE] in /etc/bluetooth/main.conf"
        ) {
            $0.kernel.version = KernelVersion(6, 1, 85)
            $0.kernel.longestInterval = 399
        },
        Case("a kernel of unknown make", .ok, "Kernel", "Linux odd, MaxConnectionInterval=40", nil) {
            $0.kernel = KernelFacts(release: "odd", version: nil, longestInterval: 40)
        },
        Case(
            "a free clock", .warning, "Clock",
            "not synced, UTC+05:45: recordings of several computers will not line up", "timedatectl set-ntp true"
        ) { $0.clock = ClockFacts(isSynced: false, zoneOffsetSeconds: 20_700) },
        Case("a silent clock", .ok, "Clock", "UTC+00:00; whether it is synced could not be seen", nil) {
            $0.clock = ClockFacts(isSynced: nil, zoneOffsetSeconds: 0)
        },
        Case("no terminal", .ok, "Terminal", "none: sessions write plain lines", nil) {
            $0.terminal = TerminalFacts(columns: nil, rows: nil, colours: 0, isUTF8: false)
        },
        Case(
            "a low window", .warning, "Terminal", "80x23, no colour, UTF-8", "make the window at least 80x24"
        ) { $0.terminal = TerminalFacts(columns: 80, rows: 23, colours: 0, isUTF8: true) },
        Case(
            "another encoding", .warning, "Terminal", "132x40, colour 256, no UTF-8",
            "entrain session start ... --ascii, or LANG=C.UTF-8"
        ) { $0.terminal = TerminalFacts(columns: 132, rows: 40, colours: 256, isUTF8: false) },
    ]

    static let folder: [Case] = [
        Case("a folder to come", .ok, "Data folder", "/d, made when it is needed", nil) {
            $0.folder = FolderFacts(path: "/d", rights: nil)
        },
        Case(
            "an open folder", .warning, "Data folder", "/d is 0750: other accounts can look into it", "chmod 700 /d"
        ) { $0.folder = FolderFacts(path: "/d", rights: 0o750) },
        Case(
            "an open file", .warning, "Data folder", "other accounts can read entrain.sqlite",
            "cd /d && chmod 600 entrain.sqlite"
        ) { $0.folder = FolderFacts(path: "/d", rights: 0o700, looseFiles: ["entrain.sqlite"]) },
        Case(
            "a link", .warning, "Data folder", "/d is a symbolic link; it lies at /e",
            "name the place itself: --data /e"
        ) { $0.folder = FolderFacts(path: "/d", rights: 0o700, linkTarget: "/e") },
        Case(
            "a synced folder", .warning, "Data folder", "/d is copied to other computers by Nextcloud",
            "keep heart data on this computer: --data DIR outside of Nextcloud"
        ) { $0.folder = FolderFacts(path: "/d", rights: 0o700, syncedBy: "Nextcloud") },
        Case(
            "somebody else's folder", .failure, "Data folder", "/d cannot be written by this account",
            "choose another with --data DIR, or take it over: sudo chown $USER /d"
        ) { $0.folder = FolderFacts(path: "/d", rights: 0o755, isWritable: false) },
        Case(
            "a folder that cannot be made", .failure, "Data folder", "/d cannot be written by this account",
            "choose another with --data DIR"
        ) { $0.folder = FolderFacts(path: "/d", rights: nil, isWritable: false) },
        Case("a damaged file", .failure, "Data folder", "it is damaged", nil) { $0.folder.trouble = "it is damaged" },
        Case("little space", .warning, "Disk", "999 MB free", "free some space before a long day") {
            $0.folder.freeBytes = 999_999_999
        },
        Case("no space", .failure, "Disk", "49 MB free: a session may not fit", "free some space") {
            $0.folder.freeBytes = 49_999_999
        },
        Case("just enough space", .ok, "Disk", "1.0 GB free", nil) { $0.folder.freeBytes = 1_000_000_000 },
    ]
}
