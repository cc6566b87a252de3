import GRDB
public import Practice

extension Store {
    /// Ties a code to a Unix account, which may read that code while a session runs, or to none with nil.
    /// - Throws: `StoreError.Kind.unknownCode`, or `.accountTaken` when the account has another code of the group.
    public func setAccount(_ code: Code, _ account: String?) async throws(StoreError) {
        let file = place.database
        try await write { database in
            if let account {
                let other = try Int.fetchOne(
                    database, sql: "SELECT place FROM member WHERE group_name = ? AND account = ? AND place <> ?",
                    arguments: [code.group.text, account, code.place])
                if let other {
                    throw StoreError(
                        .accountTaken, account, detail: "\(try Stored.code(code.group.text, other, in: file))")
                }
            }
            try database.execute(
                sql: "UPDATE member SET account = ? WHERE group_name = ? AND place = ?",
                arguments: [account, code.group.text, code.place])
            guard database.changesCount == 1 else { throw StoreError(.unknownCode, "\(code)") }
        }
    }
}
