import Glibc

/// What the machine knows of Unix accounts (`getpwuid`, `getgrouplist`).
public enum UnixAccount {
    /// The group whose members own and steer.
    static let stewards = "entrain"

    /// The account's name; nil when the machine knows no such user.
    static func name(of user: UInt32) -> String? { entry { getpwuid_r(user, $0, $1, $2, $3) }?.name }

    /// Whether the machine knows an account of that name.
    public static func exists(_ name: String) -> Bool { entry { getpwnam_r(name, $0, $1, $2, $3) } != nil }

    /// Whether an account belongs to a group, by its main group or as a member.
    static func isMember(_ user: UInt32, of group: String) -> Bool {
        guard let account = entry({ getpwuid_r(user, $0, $1, $2, $3) }), let wanted = number(of: group) else {
            return false
        }
        var groups = [gid_t](repeating: 0, count: 64)
        var count = Int32(groups.count)
        while getgrouplist(account.name, account.group, &groups, &count) < 0 {
            guard Int(count) > groups.count else { return false }
            groups = [gid_t](repeating: 0, count: Int(count))
        }
        return groups.prefix(Int(count)).contains(wanted)
    }

    private static func number(of group: String) -> gid_t? {
        var size = 4096
        while size <= 1 << 20 {
            var buffer = [CChar](repeating: 0, count: size)
            var entry = Glibc.group()
            var found: UnsafeMutablePointer<Glibc.group>?
            let code = getgrnam_r(group, &entry, &buffer, size, &found)
            guard code == ERANGE else { return found == nil ? nil : entry.gr_gid }
            size *= 4
        }
        return nil
    }

    private typealias Lookup = (
        UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
        UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
    ) -> Int32

    private static func entry(_ look: Lookup) -> (name: String, group: gid_t)? {
        var size = 4096
        while size <= 1 << 20 {
            var buffer = [CChar](repeating: 0, count: size)
            var entry = passwd()
            var found: UnsafeMutablePointer<passwd>?
            let code = look(&entry, &buffer, size, &found)
            guard code == ERANGE else {
                return found == nil ? nil : (String(cString: entry.pw_name), entry.pw_gid)
            }
            size *= 4
        }
        return nil
    }
}
