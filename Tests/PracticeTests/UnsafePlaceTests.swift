import Testing
import Timekeeping

@testable import Practice

@Suite("Places and days of privacy") struct UnsafePlaceTests {
    static let mounts = """
        22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
        40 22 8:17 / /media/ann/STICK rw,nosuid shared:30 - vfat /dev/sdb1 rw
        41 22 8:33 / /mnt/my\\040disk rw shared:31 - ext4 /dev/sdc1 rw
        42 22 0:50 / /home/ann/cloud rw - fuse.rclone drive: rw
        43 22 8:49 / /run/media/ann/x rw - btrfs /dev/sdd1 rw
        44 22 259:1 / /boot/efi rw - ext4 /dev/nvme0n1p1 rw
        broken line
        """

    private func judge(_ path: String, marks: [String: [String]] = [:]) -> UnsafePlace? {
        UnsafePlace.judge(
            path, mounts: Self.mounts, isRemovable: { $0 == "8:33" }, marks: { marks[$0] ?? [] })
    }

    @Test(
        "sticks are told by file system, by place and by device",
        arguments: [
            ("/media/ann/STICK/out", UnsafePlace.removable("/media/ann/STICK")),
            ("/media/ann/STICK", .removable("/media/ann/STICK")), ("/media/ann/STICKY", nil),
            ("/mnt/my disk/a/b", .removable("/mnt/my disk")), ("/mnt/my diskette", nil),
            ("/run/media/ann/x/out", .removable("/run/media/ann/x")), ("/home/ann/out", nil), ("/", nil),
            ("/boot/efi/out", nil),
        ])
    func sticks(path: String, expected: UnsafePlace?) { #expect(judge(path) == expected) }

    @Test(
        "folders that are copied to other computers are told by their names, their mounts and their services' own files",
        arguments: [
            ("/home/ann/Dropbox/study", "Dropbox"), ("/home/ann/OneDrive - School/x", "OneDrive"),
            ("/home/ann/Nextcloud", "Nextcloud"), ("/home/ann/cloud/x", "rclone"),
            ("/home/ann/shared/deep/down", "Syncthing"), ("/home/ann/papers/x", "Nextcloud"), ("/home/ann/other", nil),
        ])
    func synced(path: String, service: String?) {
        let marks = ["/home/ann/shared": ["a", ".stfolder"], "/home/ann/papers": [".sync_1a2b3c.db"]]
        #expect(judge(path, marks: marks) == service.map(UnsafePlace.synced))
    }

    @Test("a later mount on the same place covers the earlier one")
    func covered() {
        let mounts = "1 0 8:1 / /x rw - vfat /dev/a rw\n2 0 8:2 / /x rw - ext4 /dev/b rw\n"
        #expect(UnsafePlace.judge("/x/y", mounts: mounts, isRemovable: { _ in false }, marks: { _ in [] }) == nil)
    }

    @Test(
        "a day is read as it is written, and only when there is one",
        arguments: [
            ("2027-01-31", true), ("2028-02-29", true), ("2027-02-29", false), ("2000-02-29", true),
            ("2100-02-29", false), ("2027-04-31", false), ("2027-13-01", false), ("2027-1-31", false),
            ("20270131", false), ("", false), ("2027-01-00", false), ("+027-01-01", false),
        ])
    func days(text: String, isDay: Bool) {
        #expect(CalendarDay(text)?.description == (isDay ? text : nil))
    }

    @Test("the last day is a day of keeping, the next one is not")
    func retention() throws {
        let last = try #require(CalendarDay("2026-12-31"))
        let next = try #require(CalendarDay("2027-01-01"))
        let own = Retention(session: "20260804-G1", until: last, isRequired: true)
        let all = Retention(session: nil, until: next, isRequired: false)
        #expect(!own.isDue(on: last) && own.isDue(on: next))
        #expect(own.forbidsDeletion(on: last) && !own.forbidsDeletion(on: next) && !all.forbidsDeletion(on: last))
        #expect([all, own].holding(for: "20260804-G1") == own && [all, own].holding(for: "x") == all)
        #expect([own].holding(for: "x") == nil)
        let evening = UTC(nanosecondsSince1970: 1_798_760_000_000_000_000)
        #expect(CalendarDay(of: evening, zoneOffsetSeconds: 0)?.description == "2026-12-31")
        #expect(CalendarDay(of: evening, zoneOffsetSeconds: 7200)?.description == "2027-01-01")
    }
}
