import ArgumentParser
import Formats
import Glibc
import Practice
import Store
import Terminal

/// `entrain room`: a kit for each room of an afternoon.
struct RoomCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "room", abstract: "Pack a kit for each room, and open it on the coach's computer.",
        discussion: """
            On the facilitator's computer, once a room:
              entrain room pack B204 --codes G1-01..G1-08 --map straps.csv --out b204.room
            On the coach's computer:
              entrain room open b204.room
            """,
        subcommands: [Pack.self, Open.self, List.self])

    struct Pack: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Pack codes, straps, script and public key of a room into one file.",
            discussion: """
                Example:
                  entrain room pack B204 --codes G1-01..G1-08,G2-01..G2-08 --map straps.csv \\
                      --script pal-30 --out b204.room

                No code is in two rooms. The map has a line `code,strap` for every code of
                every room: those of this room go into the kit; of the others it gets digests,
                by which a gateway knows that a strap is not its own, and from which nobody
                reads whose it is. The last line of the file is a checksum.
                """)
        @Argument(help: "The room, such as B204.") var name: String
        @Option(
            help: "Its codes: G1-01..G1-08,G2-03.",
            transform: { text in
                do { return try CodeRange(text) } catch { throw ValidationError("\(error)") }
            })
        var codes: CodeRange
        @Option(help: ArgumentHelp("Who wears which strap, in all rooms.", valueName: "file"), completion: .file())
        var map: [String] = []
        @Option(help: "A script of the program, or a file.") var script = "pal-30"
        @Option(
            help: ArgumentHelp(
                "A facilitator's public key: sessions of that room are sealed for it. Several are allowed.",
                valueName: "file"), completion: .file())
        var key: [String] = []
        @Option(help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file()) var out: String
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let store = try global.openStore()
                let texts = try await store.rooms(isOwn: false) + store.rooms(isOwn: true)
                let packed = try texts.map { try RoomKit(text: $0) }
                try refuseShared(packed)
                let straps = try allStraps()
                let own = straps.filter { codes.codes.contains($0.key) }
                let kits = packed.filter { $0.name.lowercased() != name.lowercased() }
                var others = straps.filter { own[$0.key] == nil }.map(\.value)
                others += kits.flatMap { $0.straps.filter { straps[$0.key] == nil }.map(\.value) }
                let known = try await store.knownStraps()
                others += others.flatMap { other in
                    known.filter { $0.matches(other) }.flatMap { [$0.identity.address, $0.identity.printedID] }
                }
                let kit = try RoomKit(
                    name: name, codes: codes.codes, straps: own, script: ScriptFile.text(of: scriptOfRoom()),
                    key: try publicKey(), salt: Self.newSalt(), others: others)
                try TextFile.create(out, kit.text, option: "--out")
                do {
                    try await store.keepRoom(
                        kit.name, text: kit.text, isOwn: false, elsewhere: kit.strapsElsewhere)
                } catch {
                    unlink(out)
                    throw error
                }
                tell(kit, stale: Self.stale(kits, besides: own))
            }
        }

        private func refuseShared(_ packed: [RoomKit]) throws {
            for kit in packed where kit.name.lowercased() != name.lowercased() {
                guard let code = codes.codes.first(where: { kit.codes.contains($0) }) else { continue }
                throw Failure(
                    .refused,
                    "\(code) is in room \(kit.name) already: a code is in one room only. Choose other codes with --codes."
                )
            }
        }

        private func allStraps() throws -> [Code: String] {
            var straps: [Code: String] = [:]
            for path in map {
                do {
                    let text = try TextFile.read(path, longest: 1 << 20)
                    for entry in try StrapMap(text, of: nil).entries {
                        guard straps.updateValue(entry.strap, forKey: entry.code) == nil else {
                            throw Failure(.failed, "\(path): \(entry.code) is in another of these maps as well.")
                        }
                    }
                } catch let error as StrapMapError {
                    throw Failure(.failed, "\(path), \(error)")
                }
            }
            return straps
        }

        private func scriptOfRoom() throws -> Script {
            guard access(script, F_OK) == 0 else { return try Script.named(script) }
            return try ScriptFile.read(try TextFile.read(script, longest: ScriptFile.longest), file: script)
        }

        /// The public keys, one after the other.
        private func publicKey() throws -> String {
            try key.flatMap(KeyFile.publicKeys).map(\.text).joined()
        }

        private static func newSalt() -> String {
            var generator = SystemRandomNumberGenerator()
            return (0..<2).map { _ in String(generator.next() as UInt64, radix: 16) }.joined()
        }

        /// Rooms that were packed before and do not know the straps of this one.
        private static func stale(_ kits: [RoomKit], besides own: [Code: String]) -> [String] {
            kits.filter { kit in
                own.values.contains { !kit.elsewhere.contains(kit.strapsElsewhere.digest(of: $0)) }
            }.map(\.name)
        }

        private func tell(_ kit: RoomKit, stale: [String]) {
            if global.json {
                let object: JSONValue = [
                    "room": .string(kit.name), "codes": .array(kit.codes.map { .string($0.description) }),
                    "straps": .integer(kit.straps.count), "elsewhere": .integer(kit.elsewhere.count),
                    "has_key": .bool(!kit.key.isEmpty), "file": .string(out),
                    "pack_again": .array(stale.map { .string($0) }),
                ]
                _ = StandardOutput.line(object.line)
                return
            }
            StandardOutput.line(
                "\(out): room \(kit.name), codes \(kit.codes.count), straps \(kit.straps.count), "
                    + "straps of other rooms \(kit.elsewhere.count)\(kit.key.isEmpty ? ", no key" : "").")
            StandardOutput.line("On the coach's computer:  entrain room open \(out)")
            guard !stale.isEmpty else { return }
            StandardError.write(
                "entrain: packed before, and not knowing the straps of \(kit.name): \(stale.joined(separator: ", ")). "
                    + "Pack these again with the whole map.\n")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the rooms that were packed here, and those this computer works in.",
            discussion: "Example:\n  entrain room list")
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let store = try global.openStore()
                var lines: [[String]] = []
                for isOwn in [true, false] {
                    for kit in try await store.rooms(isOwn: isOwn).map({ try RoomKit(text: $0) }) {
                        let codes = kit.groups.map { "\($0.group) (\($0.size))" }.joined(separator: ", ")
                        lines.append([kit.name, isOwn ? "open here" : "packed here", codes, "\(kit.straps.count)"])
                    }
                }
                if global.json {
                    for line in lines {
                        let object: JSONValue = [
                            "room": .string(line[0]), "state": .string(line[1]), "groups": .string(line[2]),
                            "straps": .integer(Int(line[3]) ?? 0),
                        ]
                        StandardOutput.line(object.line)
                    }
                } else if lines.isEmpty {
                    StandardOutput.line(
                        "No rooms yet. Pack one with:  entrain room pack B204 --codes G1-01..G1-08 --out b204.room")
                } else {
                    StandardOutput.write(TextTable.text(["Room", "", "Groups", "Straps"], lines))
                }
            }
        }
    }
}
