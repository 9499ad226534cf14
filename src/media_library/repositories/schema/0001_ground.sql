-- Accounts, the library, discs and their jobs, the outbox of live events.
-- Times are milliseconds since the Unix epoch. Random ids are 128 bits, written as 32 hexadecimal digits.

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('admin', 'member', 'kid')),
    password_hash TEXT NOT NULL,
    disabled INTEGER NOT NULL DEFAULT 0,
    all_libraries INTEGER NOT NULL DEFAULT 1,
    epoch INTEGER NOT NULL DEFAULT 1,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE libraries (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL UNIQUE CHECK (kind IN ('movies', 'shows', 'music')),
    name TEXT NOT NULL,
    folder TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE library_grants (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    library_id TEXT NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
    PRIMARY KEY (user_id, library_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    user_epoch INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    device TEXT NOT NULL,
    address TEXT NOT NULL
) STRICT;
-- lists and ends the sessions of one person
CREATE INDEX sessions_by_user ON sessions (user_id);

-- browsers that a person signed in with before: they are not slowed down by somebody else's wrong guesses
CREATE TABLE known_devices (
    token_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    user_epoch INTEGER NOT NULL,
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    last_used_at INTEGER
) STRICT;

-- what people tune while the program runs; a value is JSON
CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- facts about this installation, such as that it was claimed; never a setting
CREATE TABLE facts (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;

CREATE TABLE discs (
    id TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    names TEXT NOT NULL,
    content TEXT,
    titles TEXT NOT NULL DEFAULT '[]',
    review_reason TEXT,
    first_seen_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    ripped_at INTEGER
) STRICT;
-- the discs that were seen last
CREATE INDEX discs_by_last_seen ON discs (last_seen_at);

CREATE TABLE drives (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    message TEXT,
    disc_id TEXT REFERENCES discs (id) ON DELETE SET NULL,
    source TEXT,
    eject_wanted INTEGER NOT NULL DEFAULT 0,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('queued', 'encoding', 'downloading', 'done', 'failed', 'cancelled')),
    title TEXT NOT NULL,
    disc_id TEXT REFERENCES discs (id) ON DELETE SET NULL,
    drive_id TEXT,
    titles TEXT NOT NULL DEFAULT '[]',
    stage TEXT,
    percent REAL NOT NULL DEFAULT 0,
    eta_seconds INTEGER,
    speed TEXT,
    step INTEGER NOT NULL DEFAULT 1,
    steps INTEGER NOT NULL DEFAULT 1,
    error TEXT,
    tool_output TEXT NOT NULL DEFAULT '[]',
    attempts INTEGER NOT NULL DEFAULT 0,
    token INTEGER NOT NULL DEFAULT 0,
    worker TEXT,
    lease_until INTEGER,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER
) STRICT;
-- the next job in the queue; what is active now
CREATE INDEX jobs_by_status ON jobs (status, created_at);
-- newest first, for the activity page
CREATE INDEX jobs_by_created ON jobs (created_at);
-- one disc is never ripped twice at the same time
CREATE UNIQUE INDEX jobs_one_active_per_disc ON jobs (disc_id) WHERE status IN ('queued', 'encoding', 'downloading');

CREATE TABLE media (
    rid INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    library_id TEXT NOT NULL REFERENCES libraries (id),
    media_type TEXT NOT NULL,
    title TEXT NOT NULL,
    sort_title TEXT NOT NULL,
    year INTEGER,
    show_title TEXT,
    show_key TEXT,
    season INTEGER,
    episode INTEGER,
    artist TEXT,
    album TEXT,
    album_artist TEXT,
    album_key TEXT,
    disc_number INTEGER,
    track_number INTEGER,
    path TEXT NOT NULL UNIQUE,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    container TEXT NOT NULL,
    duration_ms INTEGER NOT NULL,
    streams TEXT NOT NULL,
    overview TEXT,
    hue INTEGER NOT NULL,
    has_poster INTEGER NOT NULL DEFAULT 0,
    has_still INTEGER NOT NULL DEFAULT 0,
    disc_id TEXT REFERENCES discs (id) ON DELETE SET NULL,
    disc_title INTEGER,
    job_id TEXT REFERENCES jobs (id) ON DELETE SET NULL,
    review_reason TEXT,
    locked TEXT NOT NULL DEFAULT '[]',
    added_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
-- keyset pages, newest first
CREATE INDEX media_by_added ON media (media_type, added_at, rid) WHERE deleted_at IS NULL;
CREATE INDEX media_all_by_added ON media (added_at, rid) WHERE deleted_at IS NULL;
-- keyset pages by title
CREATE INDEX media_by_title ON media (media_type, sort_title, rid) WHERE deleted_at IS NULL;
CREATE INDEX media_all_by_title ON media (sort_title, rid) WHERE deleted_at IS NULL;
-- keyset pages by year
CREATE INDEX media_by_year ON media (media_type, coalesce(year, 0), rid) WHERE deleted_at IS NULL;
CREATE INDEX media_all_by_year ON media (coalesce(year, 0), rid) WHERE deleted_at IS NULL;
-- how many there are of each type, show and album, without a look at the rows
CREATE INDEX media_counted ON media (media_type, library_id, show_key, album_key) WHERE deleted_at IS NULL;
-- episodes of a show in order
CREATE INDEX media_by_show ON media (show_key, season, episode) WHERE show_key IS NOT NULL AND deleted_at IS NULL;
-- tracks of an album in order
CREATE INDEX media_by_album ON media (album_key, disc_number, track_number) WHERE album_key IS NOT NULL AND deleted_at IS NULL;
-- what came from a disc or a job
CREATE INDEX media_by_disc ON media (disc_id) WHERE disc_id IS NOT NULL;
CREATE INDEX media_by_job ON media (job_id) WHERE job_id IS NOT NULL;

CREATE VIRTUAL TABLE media_search USING fts5 (
    title, show_title, artist, album, overview,
    content = 'media', content_rowid = 'rid', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
);
CREATE TRIGGER media_search_insert AFTER INSERT ON media BEGIN
    INSERT INTO media_search (rowid, title, show_title, artist, album, overview)
    VALUES (new.rid, new.title, new.show_title, new.artist, new.album, new.overview);
END;
CREATE TRIGGER media_search_delete AFTER DELETE ON media BEGIN
    INSERT INTO media_search (media_search, rowid, title, show_title, artist, album, overview)
    VALUES ('delete', old.rid, old.title, old.show_title, old.artist, old.album, old.overview);
END;
-- the guard keeps rescans, which change no text, out of the index
CREATE TRIGGER media_search_update AFTER UPDATE ON media
WHEN old.title IS NOT new.title OR old.show_title IS NOT new.show_title OR old.artist IS NOT new.artist
    OR old.album IS NOT new.album OR old.overview IS NOT new.overview
BEGIN
    INSERT INTO media_search (media_search, rowid, title, show_title, artist, album, overview)
    VALUES ('delete', old.rid, old.title, old.show_title, old.artist, old.album, old.overview);
    INSERT INTO media_search (rowid, title, show_title, artist, album, overview)
    VALUES (new.rid, new.title, new.show_title, new.artist, new.album, new.overview);
END;

CREATE TABLE playback_progress (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    media_id TEXT NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    position_ms INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, media_id)
) STRICT, WITHOUT ROWID;
-- continue watching: newest first, for one person
CREATE INDEX playback_by_updated ON playback_progress (user_id, updated_at);

-- finished files between their rename and their row in media
CREATE TABLE publications (
    id TEXT PRIMARY KEY,
    job_id TEXT NOT NULL,
    title_index INTEGER NOT NULL,
    staged_path TEXT NOT NULL,
    media TEXT NOT NULL
) STRICT;

CREATE TABLE rooms (
    room TEXT PRIMARY KEY,
    last_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    room TEXT NOT NULL,
    seq INTEGER NOT NULL,
    payload TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
