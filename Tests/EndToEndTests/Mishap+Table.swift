extension Mishap {
    /// What needs neither straps nor a group.
    static let plain: [Mishap] = [
        Mishap(
            "strap scan --data %/data", 3, "message bus", "DBUS_SYSTEM_BUS_ADDRESS",
            environment: ["DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere/bus"]),
        Mishap(
            "session start G1 --size 2 --any --consent-on-paper --data %/data", 3, "message bus",
            environment: ["DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere/bus"]),
        Mishap("group show G9 --data %/data", 4, "There is no group G9", "entrain group new G9"),
        Mishap("session start G9 --data %/data", 4, "There is no group G9"),
        Mishap("assign G9-01 A1B2 --data %/data", 4, "There is no group G9"),
        Mishap("session show 20200101-G1 --data %/data", 4, "no session 20200101-G1", "entrain session list"),
        Mishap("export 20200101-G1 --to %/out --data %/data", 4, "no session 20200101-G1"),
        Mishap(
            "session start G1 --script nope --data %/data", 4, "no script 'nope'", "pal-30, quick-10, resonance, demo"),
        Mishap("decode 16", 1, "heart rate", "1 byte is missing at byte 1"),
        Mishap("decode 084801", 1, "energy", "byte 3"),
        Mishap("decode 164", 64, "3 hexadecimal digits", "two digits for each byte"),
        Mishap("decode 16xy", 64, "'x' is no hexadecimal digit"),
        Mishap("analyze %/empty.txt", 1, "%/empty.txt is empty", "one interval a line"),
        Mishap("analyze %/garbled.txt", 1, "%/garbled.txt holds no number", "line 1", "ms (812) or s (0.812)"),
        Mishap("analyze %", 1, "% is a folder", "Name a file"),
        Mishap("analyze /dev/zero", 1, "/dev/zero is ", "standard input"),
        Mishap("analyze %/missing.txt", 1, "cannot read %/missing.txt", "Check the name"),
        Mishap("session list --data %/empty.txt/data", 1, "%/empty.txt/data cannot be written", "--data DIR"),
        Mishap("group new G1 --data /proc/entrain", 1, "/proc/entrain cannot be written", "--data DIR"),
        Mishap("sesion start G1", 64, "no command 'sesion'", "Did you mean 'session'?"),
        Mishap("session strat G1", 64, "no command 'session strat'", "Did you mean 'start'?"),
        Mishap("frobnicate", 64, "no command 'frobnicate'", "There are: strap, group"),
        Mishap("session start", 64, "<group>", "--help"),
        Mishap("session start G1 --minutes long", 64, "'long'", "--minutes"),
        Mishap("session start G1 --minutes 0 --data %/data", 64, "at most 600 minutes"),
        Mishap("session start G1 --minutes 3 --script demo", 64, "--script and --minutes do not go together"),
        Mishap("group new G! --data %/data", 64, "'G!' is not a group name", "such as G1"),
        Mishap("group new G1 --size 0 --data %/data", 64, "from 1 to 99"),
        Mishap("assign G1 A1B2 --data %/data", 64, "'G1' is not a code", "G1-03"),
        Mishap("export 20200101-G1", 64, "--to"),
        Mishap("strap scan --seconds 0", 64, "more than 0"),
        Mishap("completions tcsh", 64, "bash, zsh and fish"),
    ]

    /// What goes wrong among virtual straps.
    static let simulated: [Mishap] = [
        Mishap(
            "sim --scenario %/off.yaml -- entrain strap scan --data %/data", 3, "Bluetooth is off (hci0)",
            "bluetoothctl power on"),
        Mishap(
            "sim --scenario %/off.yaml -- entrain session start G1 --any --consent-on-paper --data %/data", 3,
            "Bluetooth is off"),
        Mishap(
            "sim --scenario %/nobody.yaml -- entrain strap scan --seconds 1 --data %/data", 4,
            "No heart-rate strap was heard in 1 s", "wet the pads"),
        Mishap(
            "sim --straps 1 -- entrain assign G1-01 FFFF --seconds 1 --data %/data", 4, "No strap 'FFFF' was heard",
            "entrain strap scan"),
        Mishap("sim --straps 1 -- entrain assign G1-09 FFFF --data %/data", 4, "no code G1-09"),
        Mishap(
            "sim --straps 1 -- entrain session start G1 --any --data %/data", 7, "no consent on record: G1-01, G1-02",
            "--consent-on-paper"),
        Mishap(
            "sim --straps 1 -- entrain session start G1 --consent-on-paper --data %/data", 4,
            "No code of G1 has a strap", "--any", "entrain assign G1-01"),
        Mishap(
            "sim --speed 30 --scenario %/nobody.yaml -- entrain session start G1 --any --consent-on-paper "
                + "--minutes 0.1 --screen off --data %/data", 4, "no strap sent anything: G1-01, G1-02"),
        Mishap(
            "sim --speed 30 --straps 1 -- entrain session start G1 --any --consent-on-paper --minutes 1 --screen off "
                + "--data %/data", 5, "nothing came from G1-02"),
        Mishap(
            "sim --straps 1 -- entrain session start G1 --any --consent-on-paper --adapters hci7 --data %/data", 3,
            "no adapter hci7", "hci0"),
        Mishap("sim --scenario %/unknown-key.yaml", 1, "%/unknown-key.yaml:2", "no key `foo`"),
        Mishap("sim --scenario %/no-yaml.yaml", 1, "%/no-yaml.yaml:2", "no YAML"),
        Mishap("sim --scenario %/missing.yaml", 1, "%/missing.yaml", "cannot be read"),
        Mishap("sim --straps 2 --scenario %/off.yaml", 64, "--straps and --scenario do not go together"),
        Mishap("sim --straps 0", 64, "from 1 to 1000"),
        Mishap("sim --speed 99", 64, "from 0.1 to 30"),
        Mishap("sim --straps 1 --truth %/no/folder -- true", 1, "%/no/folder cannot be written"),
        Mishap("sim --straps 1 -- no-such-command", 1, "cannot run 'no-such-command'", "after --"),
    ]
}
