import Practice
import Screens
import Terminal
import Testing

@Suite("Findings, printed") struct FindingsScreenTests {
    private static let findings = [
        Finding(.ok, "Bluetooth service", "BlueZ 5.66, hci0 on"),
        Finding(
            .warning, "Links", "hci0 holds 5 at once; G1 has 8 straps",
            advice: "turn on hci1 too: bluetoothctl power on"),
        Finding(
            .failure, "Kernel",
            "Linux 6.1.85 may refuse the slow connections that Polar straps ask for: they hang up after 30 to 150 s",
            advice: "update Linux, or set MaxConnectionInterval=400 under [LE] in /etc/bluetooth/main.conf"),
    ]

    @Test("status, subject and text stand in columns, the next step below, the count at the end")
    func layout() {
        let screen = FindingsScreen.draw(Self.findings, closing: "Details: entrain doctor --json")
        #expect(
            screen.text == """
                 ok    Bluetooth service        BlueZ 5.66, hci0 on
                 warn  Links                    hci0 holds 5 at once; G1 has 8 straps
                                                -> turn on hci1 too: bluetoothctl power on
                 FAIL  Kernel                   Linux 6.1.85 may refuse the slow connections
                                                that Polar straps ask for: they hang up after 30
                                                to 150 s
                                                -> update Linux, or set MaxConnectionInterval=400 under [LE] in \
                /etc/bluetooth/main.conf
                 1 failure, 1 warning.  Details: entrain doctor --json
                """)
    }

    @Test(
        "the count says what there is",
        arguments: [
            ([Finding.Status.ok], "All is well."), ([], "All is well."), ([.warning], "1 warning."),
            ([.warning, .ok, .warning], "2 warnings."), ([.failure], "1 failure."),
            ([.failure, .failure, .warning], "2 failures, 1 warning."),
        ])
    func count(statuses: [Finding.Status], expected: String) {
        #expect(FindingsScreen.count(of: statuses.map { Finding($0, "a", "b") }) == expected)
    }

    @Test("what comes from outside cannot steer the terminal, and ASCII is kept when asked for")
    func foreignText() {
        let odd = [Finding(.warning, "Disk", "50\u{1B}[31m €", advice: "rm \u{7} –")]
        let screen = FindingsScreen.draw(odd, options: ScreenOptions(isASCII: true))
        #expect(screen.text.unicodeScalars.allSatisfy { $0.value == 10 || (32...126).contains($0.value) })
    }

    @Test("a word says what a colour says, so that nothing is lost without colours")
    func words() {
        let plain = ANSIRenderer(colouring: .plain).lines(FindingsScreen.draw(Self.findings))
        #expect(!plain.contains("\u{1B}"))
        for word in [" ok ", " warn ", " FAIL "] { #expect(plain.contains(word)) }
    }
}
