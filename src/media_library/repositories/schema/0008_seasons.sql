-- What is known of the seasons of shows.

CREATE TABLE show_seasons (
    work_key TEXT NOT NULL REFERENCES works (key) ON DELETE CASCADE ON UPDATE CASCADE,
    season INTEGER NOT NULL,
    title TEXT,
    overview TEXT,
    aired_on TEXT,
    -- the service's reference of the poster, and how often it could not be had
    poster TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (work_key, season)
) STRICT, WITHOUT ROWID;
