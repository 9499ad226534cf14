-- The web app: profiles, what players need to know of a film, subtitles that are searched, smart collections,
-- highlights, messages to browsers, what takes the room.
-- Times are milliseconds since the Unix epoch. Foreign keys are off while a migration runs, and checked afterwards.

-- ── people ──

-- from this age on (years) a person may see everything: NULL; what is rated higher, or not rated, is hidden
ALTER TABLE users ADD COLUMN max_age INTEGER;
ALTER TABLE users ADD COLUMN sees_unrated INTEGER NOT NULL DEFAULT 0;
-- opens the profile on a shared screen; never a password
ALTER TABLE users ADD COLUMN pin_hash TEXT;
ALTER TABLE users ADD COLUMN on_shared_screens INTEGER NOT NULL DEFAULT 1;
ALTER TABLE users ADD COLUMN hue INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN has_picture INTEGER NOT NULL DEFAULT 0;
-- colours that lie well apart, in the order in which people came
UPDATE users SET hue = ((SELECT count(*) FROM users AS before WHERE before.created_at < users.created_at) * 137 + 20) % 360;

-- a browser that several people use, and asks who is watching
ALTER TABLE sessions ADD COLUMN is_shared INTEGER NOT NULL DEFAULT 0;

-- how a person likes things; a value is JSON
CREATE TABLE user_settings (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;

-- a screen that asks to be signed in: it shows a short code, which somebody approves elsewhere
CREATE TABLE sign_in_codes (
    secret_hash TEXT PRIMARY KEY,
    code_hash TEXT NOT NULL UNIQUE,
    device TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
    user_epoch INTEGER,
    is_shared INTEGER NOT NULL DEFAULT 0,
    is_refused INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- the age from which something may be seen, of its certification or as somebody said, and who brought it
ALTER TABLE media ADD COLUMN min_age INTEGER;
ALTER TABLE media ADD COLUMN added_by TEXT REFERENCES users (id) ON DELETE SET NULL;
-- that of a film or a show as somebody said, which goes before its certification
ALTER TABLE works ADD COLUMN min_age INTEGER;
-- how many there are of each type, show and album, and how much room and time they take, without a look at the rows,
-- also for those with a limit of age
DROP INDEX media_counted;
CREATE INDEX media_counted ON media (media_type, library_id, show_key, album_key, min_age, size_bytes, duration_ms)
WHERE deleted_at IS NULL;

-- when a person said that they do not want to be reminded of it; what they play again after that comes back
ALTER TABLE playback_progress ADD COLUMN hidden_at INTEGER;

-- ── what players need to know ──

-- previews for the seek bar: sheets of small pictures, one picture every so many milliseconds
CREATE TABLE trickplay (
    media_id TEXT PRIMARY KEY REFERENCES media (id) ON DELETE CASCADE,
    file_tag TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    interval_ms INTEGER NOT NULL DEFAULT 0,
    width INTEGER NOT NULL DEFAULT 0,
    height INTEGER NOT NULL DEFAULT 0,
    columns INTEGER NOT NULL DEFAULT 0,
    rows INTEGER NOT NULL DEFAULT 0,
    count INTEGER NOT NULL DEFAULT 0,
    size_bytes INTEGER NOT NULL DEFAULT 0,
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- openings, credits and the like
CREATE TABLE markers (
    media_id TEXT NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (media_id, kind, start_ms)
) STRICT, WITHOUT ROWID;

-- how an episode sounds at its beginning and its end, by which openings are recognised
CREATE TABLE sound_prints (
    media_id TEXT PRIMARY KEY REFERENCES media (id) ON DELETE CASCADE,
    file_tag TEXT NOT NULL,
    opening BLOB,
    ending BLOB,
    ending_start_ms INTEGER,
    made_at INTEGER NOT NULL,
    compared_at INTEGER
) STRICT, WITHOUT ROWID;
-- what was listened to and not compared with its season yet
CREATE INDEX sound_prints_to_compare ON sound_prints (media_id) WHERE compared_at IS NULL;

-- ── subtitles ──

-- which films were looked through for subtitles; tag stands for their files, and for those beside them
CREATE TABLE subtitle_sources (
    media_id TEXT PRIMARY KEY REFERENCES media (id) ON DELETE CASCADE,
    tag TEXT NOT NULL,
    reason TEXT,
    indexed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- text subtitles whose lines are searched; track is that of the file, or the id of a file beside it
CREATE TABLE subtitle_tracks (
    rid INTEGER PRIMARY KEY,
    media_id TEXT NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    track TEXT NOT NULL,
    language TEXT NOT NULL,
    lines INTEGER NOT NULL DEFAULT 0,
    UNIQUE (media_id, track)
) STRICT;

CREATE TABLE subtitle_lines (
    rid INTEGER PRIMARY KEY,
    track_rid INTEGER NOT NULL REFERENCES subtitle_tracks (rid) ON DELETE CASCADE,
    start_ms INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
-- the lines of a track
CREATE INDEX subtitle_lines_by_track ON subtitle_lines (track_rid);

CREATE VIRTUAL TABLE subtitle_search USING fts5 (
    body, content = 'subtitle_lines', content_rowid = 'rid', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3',
    columnsize = 0
);
CREATE TRIGGER subtitle_search_insert AFTER INSERT ON subtitle_lines BEGIN
    INSERT INTO subtitle_search (rowid, body) VALUES (new.rid, new.body);
END;
CREATE TRIGGER subtitle_search_delete AFTER DELETE ON subtitle_lines BEGIN
    INSERT INTO subtitle_search (subtitle_search, rowid, body) VALUES ('delete', old.rid, old.body);
END;

-- ── words, for those who mistype ──

-- the words of titles, names, texts and subtitles as they are searched; tail is their end
CREATE TABLE search_words (
    word TEXT PRIMARY KEY,
    length INTEGER NOT NULL,
    head TEXT NOT NULL,
    tail TEXT NOT NULL,
    weight INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- words that begin, or end, like a mistyped one and are about as long
CREATE INDEX search_words_by_head ON search_words (head, length, weight);
CREATE INDEX search_words_by_tail ON search_words (tail, length, weight);

CREATE VIRTUAL TABLE media_search_words USING fts5vocab (media_search, row);
CREATE VIRTUAL TABLE media_text_search_words USING fts5vocab (media_text_search, row);
CREATE VIRTUAL TABLE subtitle_search_words USING fts5vocab (subtitle_search, row);

-- ── collections that fill themselves ──

-- what a smart collection holds, as JSON
ALTER TABLE collections ADD COLUMN rule TEXT;

-- ── reading ──

CREATE TABLE highlights (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    media_id TEXT NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    chapter INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    note TEXT,
    colour TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
-- what a person marked in a text, in its order
CREATE INDEX highlights_by_place ON highlights (user_id, media_id, chapter, start);

-- ── messages to browsers ──

CREATE TABLE push_subscriptions (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    session_id TEXT REFERENCES sessions (id) ON DELETE CASCADE,
    endpoint TEXT NOT NULL UNIQUE,
    p256dh TEXT NOT NULL,
    auth TEXT NOT NULL,
    device TEXT NOT NULL,
    language TEXT NOT NULL,
    topics TEXT NOT NULL,
    told INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    retry_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX push_subscriptions_by_user ON push_subscriptions (user_id);

-- what is told, once for each subject
CREATE TABLE notices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    topic TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (topic, subject)
) STRICT;

-- ── versions made to be taken along ──

CREATE TABLE prepared (
    media_id TEXT NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    quality TEXT NOT NULL,
    file_tag TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    percent REAL NOT NULL DEFAULT 0,
    size_bytes INTEGER NOT NULL DEFAULT 0,
    asked_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (media_id, quality)
) STRICT, WITHOUT ROWID;

-- ── what takes the room ──

-- who started a rip by hand
ALTER TABLE jobs ADD COLUMN requested_by TEXT REFERENCES users (id) ON DELETE SET NULL;
-- the largest first, and what takes the room by kind, codec, year and person, without a look at the rows
CREATE INDEX media_by_size ON media (
    size_bytes, media_type, coalesce(streams ->> '$.video.codec', streams ->> '$.audio[0].codec', container),
    added_at, added_by, folder_id, deleted_at
) WHERE deleted_at IS NULL AND size_bytes > 0;
-- what takes the room besides the items themselves
CREATE INDEX files_beside ON files (role, state, size_bytes) WHERE role NOT IN ('main', 'extra');

-- how much room a volume had, once a day
CREATE TABLE room_samples (
    volume TEXT NOT NULL,
    day TEXT NOT NULL,
    free_bytes INTEGER NOT NULL,
    total_bytes INTEGER NOT NULL,
    library_bytes INTEGER NOT NULL,
    PRIMARY KEY (volume, day)
) STRICT, WITHOUT ROWID;
