import Formats
import Gateway
import Glibc
import Practice
import Store
import Terminal

/// `entrain pair --map`: straps are given as a file says, and nothing is asked.
struct PairMap {
    let map: String
    let seconds: Double
    let size: Int?
    let adapters: Set<String>?
    let global: GlobalOptions

    func run(_ name: GroupName) async throws {
        let text = try text()
        let entries: [StrapMap.Entry]
        do throws(StrapMapError) {
            entries = try StrapMap(text, of: name).entries
        } catch {
            throw Failure(.failed, "\(map), \(error)")
        }
        let store = try global.openStore()
        let found = try await find(entries, store)
        if let size, try await !store.rosters().contains(where: { $0.group == name }) {
            try await store.createGroup(try Roster(group: name, size: size))
        }
        let straps = Dictionary(uniqueKeysWithValues: zip(entries.map(\.code), found))
        try await store.setStraps(straps)
        for (code, strap) in straps.sorted(by: { $0.key < $1.key }) {
            StandardOutput.line(
                global.json
                    ? PairingJSON.given(strap, to: code)
                    : "\(code) wears \(SafeText.line(strap.label)) now.")
        }
        if global.json { StandardOutput.line(PairingJSON.end(try await store.roster(name))) }
    }

    private func text() throws -> String {
        let descriptor = map == "-" ? STDIN_FILENO : open(map, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure(.failed, "\(map) cannot be opened: \(String(cString: strerror(errno))).")
        }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count < 1 << 20 {
            let count = read(descriptor, &piece, piece.count)
            guard count >= 0 else {
                throw Failure(.failed, "\(map) cannot be read: \(String(cString: strerror(errno))).")
            }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece[..<count]
        }
        throw Failure(.failed, "\(map) is larger than a megabyte: it is no file of codes and straps.")
    }

    /// The straps that the lines mean: among the known ones first, then over the air.
    private func find(_ entries: [StrapMap.Entry], _ store: Store) async throws -> [StrapIdentity] {
        var known: [Int: StrapIdentity] = [:]
        for entry in entries {
            known[entry.line] = try await StrapFinder.known(entry.strap, global: global)?.identity
        }
        let open = entries.filter { known[$0.line] == nil }
        if !open.isEmpty {
            let seen = try await StrapScan.run(
                seconds: seconds, adapters: adapters, clock: Environment.clock(),
                until: { found in
                    open.allSatisfy { entry in found.contains { $0.identity.matches(entry.strap) } }
                })
            for entry in open {
                let match = try StrapFinder.only(seen.map(\.identity).filter { $0.matches(entry.strap) }, entry.strap)
                known[entry.line] = match ?? StrapFinder.bare(entry.strap)
            }
        }
        let missing = entries.filter { known[$0.line] == nil }
        guard missing.isEmpty else {
            let lines = missing.map { "  line \($0.line): \($0.code) \($0.strap)" }.joined(separator: "\n")
            throw Failure(
                .notFound,
                """
                \(missing.count) of \(entries.count) straps were not heard in \(Int(seconds)) s; nothing was changed.
                \(lines)
                  Wet the pads, put them on, close phone apps, and see who is there:  entrain strap scan
                """)
        }
        return entries.compactMap { known[$0.line] }
    }
}
