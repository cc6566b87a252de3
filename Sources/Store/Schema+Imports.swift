extension Schema {
    /// Recordings made elsewhere, and kits of rooms.
    ///
    /// `beat.ms` is the interval of an imported beat as its file has it; ticks are the nearest tick then.
    static let importsAndRooms = """
        ALTER TABLE beat ADD COLUMN ms REAL;
        CREATE TABLE import (
            session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            place INTEGER NOT NULL, digest TEXT NOT NULL, format TEXT NOT NULL, start REAL NOT NULL,
            beats INTEGER NOT NULL, remarks TEXT NOT NULL, made INTEGER NOT NULL,
            PRIMARY KEY (session, number)
        ) WITHOUT ROWID;
        CREATE TABLE room_kit (
            name TEXT PRIMARY KEY NOT NULL COLLATE NOCASE,
            is_own INTEGER NOT NULL,
            text TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE room_elsewhere (
            room TEXT NOT NULL COLLATE NOCASE REFERENCES room_kit (name) ON DELETE CASCADE,
            salt TEXT NOT NULL, digest TEXT NOT NULL,
            PRIMARY KEY (room, digest)
        ) WITHOUT ROWID;
        """
}
