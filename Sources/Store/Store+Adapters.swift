import GRDB
public import Practice

extension Store {
    /// What sessions learned of the links that adapters hold, by the adapters' addresses.
    /// - Throws: `StoreError` when the file cannot be read.
    public func knownAdapters() async throws(StoreError) -> [KnownAdapter] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT address, held, refused_at FROM adapter ORDER BY address").map {
                KnownAdapter(address: $0["address"], held: $0["held"], refusedAt: $0["refused_at"])
            }
        }
    }
}
