import Formats
import Practice
import Store

/// The script of the room that a data folder works in.
enum RoomScript {
    /// The script of the kit that was opened here; the usual one of the program where none was.
    static func usual(in store: Store) async throws -> Script {
        guard let text = try await store.rooms(isOwn: true).first else { return try ScriptFinder.find("pal-30") }
        let kit = try RoomKit(text: text)
        return try ScriptFile.read(kit.script, file: "the script of room \(kit.name)")
    }
}
