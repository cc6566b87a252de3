import ArgumentParser
import Formats
import Glibc
import Practice
import Store

extension RoomCommand {
    /// `entrain room open`: a kit is taken into this computer.
    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a room's kit: its groups, straps, script and key.",
            discussion: """
                Example:
                  entrain room open b204.room

                Groups are made where they are missing. A strap that the kit names by its
                Bluetooth address is given at once; for the others a map is written, and
                `entrain pair --map` looks for them. Straps that the kit gives to other rooms
                are not taken here any more, by any command, and a code that wears one here
                loses it. A computer works in one room: the kit takes the place of one that
                was opened before. With the facilitator's key in the kit, sessions are sealed
                for it when they end. A file that was damaged changes nothing.
                """)
        @Argument(help: "The file.", completion: .file()) var file: String
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let kit: RoomKit
                do {
                    kit = try RoomKit(text: try TextFile.read(file, longest: RoomKit.longest))
                } catch let error as RoomKitError {
                    throw Failure(.failed, "\(file): \(error)")
                }
                let keys = try Self.keys(of: kit, file)
                let script = try ScriptFile.read(kit.script, file: "\(kit.name).yaml")
                let store = try global.openStore()
                try await makeGroups(of: kit, store)
                let bare = kit.straps.compactMapValues(StrapFinder.bare)
                let freed = try await store.keepRoom(
                    kit.name, text: kit.text, isOwn: true, elsewhere: kit.strapsElsewhere)
                if !bare.isEmpty { try await store.setStraps(bare) }
                let maps = try writeMaps(kit.straps.filter { bare[$0.key] == nil }, of: kit.name)
                let scriptFile = "\(store.folder)/\(kit.name).yaml"
                try Self.replace(scriptFile, kit.script)
                _ = try await store.add(keys)
                tell(kit, script: script, scriptFile: scriptFile, maps: maps, given: bare.count, freed: freed, keys)
            }
        }

        private static func keys(of kit: RoomKit, _ file: String) throws -> [FacilitatorKey] {
            guard !kit.key.isEmpty else { return [] }
            do { return try FacilitatorKey.all(in: kit.key) } catch {
                throw Failure(.failed, "the key in \(file) \(error)")
            }
        }

        /// Groups that are here keep their consents; places that are missing are added.
        private func makeGroups(of kit: RoomKit, _ store: Store) async throws {
            for (group, codes) in Dictionary(grouping: kit.codes, by: \.group) {
                try await store.mergeRoster(Roster(group: group, members: codes.map { Member(code: $0) }))
            }
        }

        private func writeMaps(_ straps: [Code: String], of room: String) throws -> [(group: GroupName, path: String)] {
            try Dictionary(grouping: straps, by: \.key.group).sorted { $0.key < $1.key }.map { group, pairs in
                let path = "\(global.dataFolder)/\(room)-\(group).csv"
                let lines = pairs.sorted { $0.key < $1.key }.map { "\($0.key),\($0.value)\n" }
                try Self.replace(path, "code,strap\n" + lines.joined())
                return (group, path)
            }
        }

        private static func replace(_ path: String, _ text: String) throws {
            try TextFile.create(path, text, option: "--data", isReplacing: true)
        }

        private func tell(
            _ kit: RoomKit, script: Script, scriptFile: String, maps: [(group: GroupName, path: String)], given: Int,
            freed: [Code], _ keys: [FacilitatorKey]
        ) {
            if global.json {
                let object: JSONValue = [
                    "room": .string(kit.name), "codes": .array(kit.codes.map { .string($0.description) }),
                    "given": .integer(given), "freed": .array(freed.map { .string($0.description) }),
                    "maps": .array(maps.map { .string($0.path) }),
                    "script": .string(scriptFile), "has_key": .bool(!kit.key.isEmpty),
                    "keys": .array(keys.map { .string($0.fingerprint) }),
                    "elsewhere": .integer(kit.elsewhere.count),
                ]
                _ = StandardOutput.line(object.line)
                return
            }
            let groups = kit.groups.map { "\($0.group) with \($0.size)" }.joined(separator: ", ")
            StandardOutput.line("Room \(kit.name): \(groups); script \(script.name), which sessions here follow now.")
            if given > 0 { StandardOutput.line("Straps given: \(given).") }
            if !freed.isEmpty {
                StandardOutput.line(
                    "Taken away, for it belongs to another room: the strap of \(freed.map(\.description).joined(separator: ", "))."
                )
            }
            for (group, path) in maps {
                StandardOutput.line("Straps of \(group):  entrain pair \(group) --map \(path)")
            }
            if !keys.isEmpty {
                let list = keys.map(\.fingerprint).joined(separator: ", ")
                StandardOutput.line("Sessions are sealed for:  \(list)")
            }
            StandardOutput.line("Straps of other rooms, not taken here: \(kit.elsewhere.count).")
            for (group, _) in kit.groups {
                StandardOutput.line("Begin:  entrain session start \(group)")
            }
        }
    }
}
