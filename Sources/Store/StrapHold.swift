import Glibc
import Synchronization

/// Which straps this process has links to, for others to read after it was killed: a link outlives its process.
///
/// A file in the data folder, locked for as long as the process lives, with an address a line.
public final class StrapHold: Sendable {
    /// What is to be told to others.
    private struct State {
        /// The file; nil once it has ended.
        var descriptor: Int32?
        var held: Set<String> = []
        var leftBehind: Set<String>
    }

    private let path: String
    private let state: Mutex<State>

    /// The longest file that is read, bytes.
    private static let most = 1 << 16

    /// Takes over what dead processes held in this folder.
    /// - Throws: `StoreError` when the file cannot be made.
    init(in folder: String) throws(StoreError) {
        var left: Set<String> = []
        for file in Self.files(in: folder) {
            left.formUnion(Self.takeOver(file))
        }
        path = "\(folder)/straps-\(getpid()).lock"
        // Locked before it has its name, so that nobody takes it for one of a dead process.
        let making = path + ".new"
        let opened = open(making, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, DataFolder.fileMode)
        guard opened >= 0, flock(opened, LOCK_EX | LOCK_NB) == 0, rename(making, path) == 0 else {
            let code = errno
            if opened >= 0 { close(opened) }
            throw StoreError(.inputOutput, path, detail: String(cString: strerror(code)))
        }
        state = Mutex(State(descriptor: opened, leftBehind: left))
        set([])
    }

    deinit { end() }

    /// These are the straps held now.
    public func set(_ addresses: Set<String>) {
        state.withLock { state in
            state.held = addresses
            state.leftBehind.subtract(addresses)
            Self.write(state)
        }
    }

    /// Whether a process left a link to this strap behind when it was killed; from now on it is no longer so.
    public func settle(_ address: String) -> Bool {
        state.withLock { state in
            guard state.leftBehind.remove(address) != nil else { return false }
            Self.write(state)
            return true
        }
    }

    /// Nothing is held any more; nothing happens the second time.
    ///
    /// What was left behind before and was not settled stays for the next process.
    public func end() {
        state.withLock { state in
            guard let opened = state.descriptor else { return }
            state.held = []
            Self.write(state)
            if state.leftBehind.isEmpty { unlink(path) }
            close(opened)
            state.descriptor = nil
        }
    }

    private static func write(_ state: State) {
        let bytes = Array(state.held.union(state.leftBehind).sorted().map { $0 + "\n" }.joined().utf8)
        // What cannot be written is missed only after a crash: a strap seems to be in use then.
        guard let opened = state.descriptor, ftruncate(opened, 0) == 0 else { return }
        _ = bytes.withUnsafeBytes { pwrite(opened, $0.baseAddress, $0.count, 0) }
    }

    private static func files(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var files: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix("straps-"), name.hasSuffix(".lock") { files.append("\(folder)/\(name)") }
        }
        return files
    }

    /// The addresses in a file whose process has died, which is removed; none while it lives.
    private static func takeOver(_ file: String) -> [String] {
        let opened = open(file, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { return [] }
        defer { close(opened) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: most)
        let count = read(opened, &bytes, bytes.count)
        unlink(file)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

extension Store {
    /// Begins to note which straps this process has links to.
    /// - Throws: `StoreError` when the data folder cannot be written.
    public func holdStraps() throws(StoreError) -> StrapHold { try StrapHold(in: place.path) }
}
