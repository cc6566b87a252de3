extension Schema {
    /// What was recorded of one person in one session, locked, and the locks on its key.
    ///
    /// `sealed_key.recipient` is the fingerprint of a facilitator's key, or `receipt`; only the latter has a `lookup`.
    static let sealing = """
        CREATE TABLE facilitator_key (
            fingerprint TEXT PRIMARY KEY NOT NULL,
            key BLOB NOT NULL,
            added INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE sealed_part (
            id INTEGER PRIMARY KEY,
            session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            content BLOB NOT NULL,
            packets INTEGER NOT NULL, beats INTEGER NOT NULL, clean REAL,
            sealed INTEGER NOT NULL
        );
        CREATE INDEX sealed_part_session ON sealed_part (session, place);
        CREATE TABLE sealed_key (
            part INTEGER NOT NULL REFERENCES sealed_part (id) ON DELETE CASCADE,
            recipient TEXT NOT NULL,
            lookup BLOB,
            wrapped BLOB NOT NULL,
            PRIMARY KEY (part, recipient)
        ) WITHOUT ROWID;
        """

    /// How long sessions are kept, and what was done to what people gave.
    ///
    /// `retention.session` is empty for all sessions.
    static let retention = """
        CREATE TABLE retention (
            session TEXT PRIMARY KEY NOT NULL,
            until TEXT NOT NULL,
            is_required INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE privacy_log (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            account TEXT NOT NULL,
            action TEXT NOT NULL,
            about TEXT NOT NULL
        );
        """
}
