extension Doctor {
    /// The data folder: one finding when all is well, else one for each thing that is not.
    static func folder(_ facts: FolderFacts) -> [Finding] {
        guard facts.isWritable else {
            let taking = facts.rights == nil ? "" : ", or take it over: sudo chown $USER \(facts.path)"
            return [
                Finding(
                    .failure, "Data folder", "\(facts.path) cannot be written by this account",
                    advice: "choose another with --data DIR\(taking)")
            ]
        }
        var findings: [Finding] = []
        if let trouble = facts.trouble { findings.append(Finding(.failure, "Data folder", trouble)) }
        if let rights = facts.rights, rights & 0o077 != 0 {
            findings.append(
                Finding(
                    .warning, "Data folder", "\(facts.path) is \(octal(rights)): other accounts can look into it",
                    advice: "chmod 700 \(facts.path)"))
        }
        if !facts.looseFiles.isEmpty {
            let names = facts.looseFiles.joined(separator: " ")
            findings.append(
                Finding(
                    .warning, "Data folder", "other accounts can read \(names)",
                    advice: "cd \(facts.path) && chmod 600 \(names)"))
        }
        if let target = facts.linkTarget {
            findings.append(
                Finding(
                    .warning, "Data folder", "\(facts.path) is a symbolic link; it lies at \(target)",
                    advice: "name the place itself: --data \(target)"))
        }
        if let service = facts.syncedBy {
            findings.append(
                Finding(
                    .warning, "Data folder", "\(facts.path) is copied to other computers by \(service)",
                    advice: "keep heart data on this computer: --data DIR outside of \(service)"))
        }
        if let mount = facts.carriedAt {
            findings.append(
                Finding(
                    .warning, "Data folder", "\(facts.path) is on a disk that can be carried away (\(mount))",
                    advice:
                        "keep heart data on this computer: --data DIR, or seal it: entrain privacy key import FILE.pub"
                ))
        }
        guard findings.isEmpty else { return findings }
        return [
            Finding(
                .ok, "Data folder",
                facts.rights.map { "\(facts.path), \(octal($0))" } ?? "\(facts.path), made when it is needed")
        ]
    }

    /// Free space; nil when it could not be seen.
    static func disk(_ facts: FolderFacts) -> Finding? {
        guard let free = facts.freeBytes else { return nil }
        if free < noSpace {
            return Finding(.failure, "Disk", "\(size(free)) free: a session may not fit", advice: "free some space")
        }
        if free < littleSpace {
            return Finding(.warning, "Disk", "\(size(free)) free", advice: "free some space before a long day")
        }
        return Finding(.ok, "Disk", "\(size(free)) free")
    }

    /// Rights as `0700`.
    static func octal(_ rights: Int) -> String {
        let digits = String(rights & 0o7777, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Bytes as people read them: `12.3 GB`, `40 MB`.
    static func size(_ bytes: Int) -> String {
        let tenths = bytes / 100_000_000
        return tenths >= 10 ? "\(tenths / 10).\(tenths % 10) GB" : "\(bytes / 1_000_000) MB"
    }
}
