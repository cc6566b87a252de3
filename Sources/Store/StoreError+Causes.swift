import GRDB
import Glibc

extension StoreError {
    /// What a failure of SQLite, of the system or of our own means to people.
    /// - Parameters:
    ///   - cause: the failure.
    ///   - path: the database file.
    init(_ cause: any Error, at path: String) {
        switch cause {
        case let known as StoreError: self = known
        case let failure as DatabaseError: self.init(failure, at: path)
        case is RowDecodingError: self.init(.damaged, path, detail: "it holds a value of a wrong type")
        default: self.init(.inputOutput, path, detail: "\(cause)")
        }
    }

    /// What an `errno` means for the data folder.
    static func folder(_ path: String, errno code: Int32) -> StoreError {
        code == ENOSPC || code == EDQUOT
            ? StoreError(.diskFull, path)
            : StoreError(.unwritableFolder, path, detail: String(cString: strerror(code)))
    }

    private init(_ failure: DatabaseError, at path: String) {
        let detail = failure.message ?? ""
        switch failure.extendedResultCode {
        case .SQLITE_IOERR_SHMSIZE:
            self.init(.diskFull, path)
            return
        case .SQLITE_READONLY_DBMOVED:
            self.init(.inputOutput, path, detail: "the file was moved or deleted while it was in use")
            return
        default: break
        }
        switch failure.resultCode {
        case .SQLITE_FULL: self.init(.diskFull, path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT: self.init(.damaged, path, detail: detail)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self.init(.busy, path, detail: detail)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            self.init(.unwritableFolder, Self.folder(of: path), detail: detail)
        default: self.init(.inputOutput, path, detail: detail)
        }
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? path
    }
}
