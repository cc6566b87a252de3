extension Schema {
    /// Surveys: what is asked, who answered what, and what raters found in it.
    ///
    /// A response is never changed: new answers of a code are a new row, and the old one gets the moment of its
    /// replacement.
    static let surveys = """
        CREATE TABLE instrument (
            name TEXT PRIMARY KEY NOT NULL,
            text TEXT NOT NULL,
            defined INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE survey_response (
            id INTEGER PRIMARY KEY,
            instrument TEXT NOT NULL REFERENCES instrument (name),
            wave TEXT NOT NULL,
            number INTEGER NOT NULL,
            group_name TEXT, place INTEGER,
            source TEXT NOT NULL,
            made INTEGER NOT NULL,
            replaced INTEGER,
            withdrawn INTEGER NOT NULL DEFAULT 0,
            UNIQUE (instrument, wave, number)
        );
        CREATE UNIQUE INDEX survey_response_code ON survey_response (instrument, wave, group_name, place)
            WHERE replaced IS NULL AND group_name IS NOT NULL;
        CREATE TABLE survey_answer (
            response INTEGER NOT NULL REFERENCES survey_response (id) ON DELETE CASCADE,
            item TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (response, item)
        ) WITHOUT ROWID;
        CREATE TABLE survey_coding (
            response INTEGER NOT NULL REFERENCES survey_response (id) ON DELETE CASCADE,
            item TEXT NOT NULL,
            rater TEXT NOT NULL,
            theme TEXT NOT NULL,
            PRIMARY KEY (response, item, rater, theme)
        ) WITHOUT ROWID;
        """
}
