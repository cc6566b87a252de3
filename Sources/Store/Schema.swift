import GRDB

/// The tables, and how a file of an earlier version comes to have them.
///
/// Rows of a session are only ever appended, under one running number, so that a batch touches a handful of pages
/// however many straps there are; a beat that is placed anew is appended once more, and its newest row counts.
enum Schema {
    /// Every step, in the order they came to be; a step that was released is never changed.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 groups and sessions") { database in
            try database.execute(sql: groups)
            try database.execute(sql: sessions)
            try database.execute(sql: rows)
        }
        migrator.registerMigration("2 strap labels") { try $0.execute(sql: labels) }
        migrator.registerMigration("3 adapters") { try $0.execute(sql: adapters) }
        migrator.registerMigration("4 reassignments") { try $0.execute(sql: reassignments) }
        migrator.registerMigration("5 lent straps") { try $0.execute(sql: lent) }
        migrator.registerMigration("6 accounts") { try $0.execute(sql: accounts) }
        migrator.registerMigration("7 kept readings") { try $0.execute(sql: readings) }
        migrator.registerMigration("8 surveys") { try $0.execute(sql: surveys) }
        migrator.registerMigration("9 imports and rooms") { try $0.execute(sql: importsAndRooms) }
        migrator.registerMigration("10 group rhythm") { try $0.execute(sql: rhythm) }
        migrator.registerMigration("11 coaches") { try $0.execute(sql: "ALTER TABLE roster ADD COLUMN coach TEXT;") }
        migrator.registerMigration("12 sealing") { try $0.execute(sql: sealing) }
        migrator.registerMigration("13 retention and privacy log") { try $0.execute(sql: retention) }
        return migrator
    }

    private static let groups = """
        CREATE TABLE roster (name TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;
        CREATE TABLE member (
            group_name TEXT NOT NULL REFERENCES roster (name) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            consent TEXT NOT NULL,
            strap_address TEXT UNIQUE COLLATE NOCASE,
            strap_name TEXT,
            PRIMARY KEY (group_name, place)
        ) WITHOUT ROWID;
        """

    /// Whether a strap was given until the next session of the group is over.
    private static let lent = "ALTER TABLE member ADD COLUMN strap_is_lent INTEGER NOT NULL DEFAULT 0;"

    /// How far a group moves together at the moment; only while its session runs.
    private static let rhythm = """
        CREATE TABLE session_rhythm (
            session INTEGER PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
            t REAL NOT NULL, phase TEXT NOT NULL, locking REAL, resultant REAL, codes INTEGER NOT NULL
        ) WITHOUT ROWID;
        """

    /// The Unix account that may read a code; one account stands for one student of a group.
    private static let accounts = """
        ALTER TABLE member ADD COLUMN account TEXT;
        CREATE UNIQUE INDEX member_account ON member (group_name, account) WHERE account IS NOT NULL;
        """

    private static let labels = """
        CREATE TABLE strap_label (
            address TEXT PRIMARY KEY NOT NULL COLLATE NOCASE,
            label TEXT NOT NULL UNIQUE COLLATE NOCASE,
            name TEXT NOT NULL
        ) WITHOUT ROWID;
        """

    private static let adapters = """
        CREATE TABLE adapter (
            address TEXT PRIMARY KEY NOT NULL COLLATE NOCASE,
            held INTEGER NOT NULL,
            refused_at INTEGER
        ) WITHOUT ROWID;
        """

    private static let reassignments = """
        CREATE TABLE reassignment (
            session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            from_place INTEGER NOT NULL, to_place INTEGER NOT NULL, start REAL NOT NULL, stop REAL,
            exchange INTEGER NOT NULL, made INTEGER NOT NULL,
            PRIMARY KEY (session, number)
        ) WITHOUT ROWID;
        """

    /// Readings that people kept for themselves: nothing here says whose, when or what without their receipts.
    private static let readings = """
        CREATE TABLE reading_lock (salt BLOB NOT NULL, rounds INTEGER NOT NULL);
        CREATE TABLE reading (
            lookup BLOB PRIMARY KEY NOT NULL,
            wrapped_key BLOB NOT NULL,
            sealed BLOB NOT NULL
        ) WITHOUT ROWID;
        """

    private static let sessions = """
        CREATE TABLE session (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            group_name TEXT NOT NULL,
            started INTEGER NOT NULL,
            zone_offset INTEGER NOT NULL,
            seconds REAL,
            beats INTEGER,
            script TEXT NOT NULL,
            tool_version TEXT NOT NULL,
            clock_rate REAL NOT NULL,
            adapters TEXT NOT NULL
        );
        CREATE TABLE session_code (
            session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            consent TEXT NOT NULL,
            PRIMARY KEY (session, place)
        ) WITHOUT ROWID;
        CREATE TABLE session_strap (
            session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            label TEXT NOT NULL,
            manufacturer TEXT, model TEXT, firmware TEXT, location INTEGER,
            PRIMARY KEY (session, number)
        ) WITHOUT ROWID;
        CREATE TABLE session_phase (
            session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            phase TEXT NOT NULL,
            start REAL,
            stop REAL,
            PRIMARY KEY (session, number)
        ) WITHOUT ROWID;
        """

    private static let rows = """
        CREATE TABLE packet (
            session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            line INTEGER NOT NULL,
            place INTEGER NOT NULL, number INTEGER NOT NULL, t REAL, utc INTEGER NOT NULL, strap INTEGER NOT NULL,
            bytes BLOB NOT NULL,
            PRIMARY KEY (session, line)
        ) WITHOUT ROWID;
        CREATE TABLE beat (
            session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            line INTEGER NOT NULL,
            place INTEGER NOT NULL, sequence INTEGER NOT NULL, ticks INTEGER NOT NULL, t REAL,
            contact INTEGER NOT NULL, flag INTEGER NOT NULL, segment INTEGER NOT NULL, packet INTEGER NOT NULL,
            revises INTEGER NOT NULL,
            PRIMARY KEY (session, line)
        ) WITHOUT ROWID;
        CREATE TABLE coherence (
            session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            line INTEGER NOT NULL,
            place INTEGER NOT NULL, t REAL, score REAL, pct REAL, ratio REAL, peak_hz REAL, band INTEGER, clean REAL,
            reason TEXT, note TEXT, heart_rate INTEGER,
            PRIMARY KEY (session, line)
        ) WITHOUT ROWID;
        CREATE TABLE marker (
            session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            line INTEGER NOT NULL,
            t REAL, place INTEGER, kind TEXT NOT NULL, text TEXT NOT NULL,
            PRIMARY KEY (session, line)
        ) WITHOUT ROWID;
        CREATE TABLE link (
            session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            line INTEGER NOT NULL,
            place INTEGER NOT NULL, segment INTEGER NOT NULL, strap INTEGER NOT NULL, event TEXT NOT NULL, t REAL,
            rssi INTEGER, battery INTEGER,
            PRIMARY KEY (session, line)
        ) WITHOUT ROWID;
        """
}
