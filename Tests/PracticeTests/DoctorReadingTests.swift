import Practice
import Testing

@Suite("What the doctor reads off texts") struct DoctorReadingTests {
    @Test(
        "the upstream version of a distribution's kernel is found",
        arguments: [
            ("6.1.0-20-amd64", "#1 SMP PREEMPT_DYNAMIC Debian 6.1.85-1 (2024-04-11)", "", KernelVersion(6, 1, 85)),
            ("6.8.0-31-generic", "#31-Ubuntu SMP", "Ubuntu 6.8.0-31.31-generic 6.8.1\n", KernelVersion(6, 8, 1)),
            ("6.18.44", "#1 SMP", "", KernelVersion(6, 18, 44)),
            ("6.12-rc3", "", "", KernelVersion(6, 12, 0)),
            ("5.15.167.4-microsoft-standard-WSL2", "", "", KernelVersion(5, 15, 167)),
            ("odd", "", "", nil),
            ("", "", "", nil),
            ("6", "", "", nil),
            ("6.1.0-9", "ends in Debian", "", KernelVersion(6, 1, 0)),
        ])
    func version(release: String, build: String, signature: String, expected: KernelVersion?) {
        #expect(KernelVersion(release: release, build: build, signature: signature) == expected)
    }

    @Test(
        "kernels between the commit that refuses slow intervals and the one that allows them again are known",
        arguments: [
            ("4.19.308", false), ("4.19.309", true), ("4.19.316", true), ("4.19.317", false), ("5.4.271", true),
            ("5.4.279", false), ("5.10.211", false), ("5.10.220", true), ("5.10.221", false), ("5.15.151", true),
            ("5.15.162", false), ("6.1.80", false), ("6.1.81", true), ("6.1.94", true), ("6.1.95", false),
            ("6.2.16", false), ("6.6.20", false), ("6.6.34", true), ("6.6.35", false), ("6.7.8", false),
            ("6.7.9", true), ("6.8.8", true), ("6.9.5", true), ("6.9.6", false), ("6.10.0", false), ("6.12.1", false),
        ])
    func refusal(version: String, refuses: Bool) {
        #expect(KernelVersion(release: version)?.refusesSlowIntervals == refuses)
    }

    @Test(
        "a setting counts where it stands: in its group, not in a comment, the last one",
        arguments: [
            ("[LE]\nMaxConnectionInterval=400\n", 400),
            ("[LE]\r\n  MaxConnectionInterval = 40 \r\n", 40),
            ("[General]\nMaxConnectionInterval=400\n", nil),
            ("MaxConnectionInterval=400\n", nil),
            ("[LE]\n#MaxConnectionInterval=400\n", nil),
            ("[LE]\n; MaxConnectionInterval=400\n", nil),
            ("[LE]\nMaxConnectionInterval=\n", nil),
            ("[LE]\nMaxConnectionInterval=slow\n", nil),
            ("[LE]\nMaxConnectionIntervals=400\n[Policy]\nAutoEnable=true\n", nil),
            ("[LE]\nMaxConnectionInterval=24\n[GATT]\nCache=no\n[LE]\nMaxConnectionInterval=400\n", 400),
            ("", nil),
        ])
    func setting(text: String, expected: Int?) {
        #expect(DaemonSettings.longestInterval(in: text) == expected)
    }

    @Test(
        "folders that are copied elsewhere are told by their names",
        arguments: [
            ("/home/a/Dropbox/entrain", "Dropbox"), ("/home/a/Dropbox (School)/x", "Dropbox"),
            ("/home/a/OneDrive - School/x", "OneDrive"), ("/home/a/nextcloud", "Nextcloud"),
            ("/home/a/ownCloud/x", "ownCloud"), ("/media/Google Drive/x", "Google Drive"),
            ("/home/a/.local/share/entrain", nil), ("/home/a/Dropboxes/x", nil), ("/home/onedriver/x", nil), ("", nil),
        ])
    func syncing(path: String, service: String?) {
        #expect(FolderFacts.service(syncing: path) == service)
    }
}
