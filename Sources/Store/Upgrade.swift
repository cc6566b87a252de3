import FoundationEssentials
import GRDB
import Glibc

/// Brings the file of an earlier version up to date.
///
/// A copy of it stands beside it for as long as that takes, and stays when it fails. When all is well it goes: what is
/// erased from the file must not live on beside it.
struct Upgrade {
    let place: DataFolder
    let pool: DatabasePool

    /// Takes every step that is missing.
    /// - Throws: `StoreError.Kind.upgradeFailed`; every step that was taken is complete, and the copy is as it was before.
    func run() throws {
        let steps = try pool.read { try Schema.migrator.appliedIdentifiers($0).count }
        let copy = "\(place.database).version-\(steps)"
        try makeCopy(copy)
        do {
            try Schema.migrator.migrate(pool)
        } catch {
            let cause = StoreError(error, at: place.database)
            guard cause.kind != .diskFull else {
                unlink(copy)
                throw cause
            }
            let reason = (error as? DatabaseError)?.message ?? cause.detail
            throw StoreError(.upgradeFailed, place.database, detail: "\(reason); as it was before it is \(copy)")
        }
        Self.removeCopies(in: place)
    }

    /// Removes what an upgrade left that was broken off at its very end.
    static func removeCopies(in place: DataFolder) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: place.path) else {
            return  // what cannot be listed holds no copy that we could remove
        }
        for name in names where name.hasPrefix("entrain.sqlite.version-") { unlink("\(place.path)/\(name)") }
    }

    private func makeCopy(_ path: String) throws {
        let part = path + ".part"
        unlink(part)
        let descriptor = open(part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, DataFolder.fileMode)
        guard descriptor >= 0 else { throw StoreError.folder(place.path, errno: errno) }
        close(descriptor)
        do {
            try pool.backup(to: try DatabaseQueue(path: part))
        } catch {
            unlink(part)
            throw error
        }
        guard rename(part, path) == 0 else { throw StoreError.folder(place.path, errno: errno) }
    }
}
