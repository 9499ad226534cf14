-- Content from the web: more kinds of libraries and media, texts, origins, content jobs, collections, podcasts.
-- Times are milliseconds since the Unix epoch. Foreign keys are off while a migration runs, and checked afterwards.

-- the kinds of libraries are the program's, no longer the schema's
CREATE TABLE libraries_new (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    folder TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO libraries_new (id, kind, name, folder) SELECT id, kind, name, folder FROM libraries;
DROP TABLE libraries;
ALTER TABLE libraries_new RENAME TO libraries;

-- a media item may be without a file: a book on a shelf, an episode that was heard and removed
CREATE TABLE media_new (
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
    path TEXT UNIQUE,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    container TEXT NOT NULL,
    duration_ms INTEGER NOT NULL,
    streams TEXT NOT NULL,
    overview TEXT,
    published_at INTEGER,
    language TEXT,
    isrc TEXT,
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
INSERT INTO media_new (
    rid, id, library_id, media_type, title, sort_title, year, show_title, show_key, season, episode, artist, album,
    album_artist, album_key, disc_number, track_number, path, size_bytes, mtime_ns, inode, container, duration_ms,
    streams, overview, hue, has_poster, has_still, disc_id, disc_title, job_id, review_reason, locked, added_at,
    updated_at, deleted_at
)
SELECT
    rid, id, library_id, media_type, title, sort_title, year, show_title, show_key, season, episode, artist, album,
    album_artist, album_key, disc_number, track_number, path, size_bytes, mtime_ns, inode, container, duration_ms,
    streams, overview, hue, has_poster, has_still, disc_id, disc_title, job_id, review_reason, locked, added_at,
    updated_at, deleted_at
FROM media;
DROP TABLE media;
ALTER TABLE media_new RENAME TO media;
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

-- web videos, episodes and articles by the time they were published
CREATE INDEX media_by_published ON media (media_type, coalesce(published_at, 0), rid) WHERE deleted_at IS NULL;
-- a recording of a music playlist by its code
CREATE INDEX media_by_isrc ON media (isrc) WHERE isrc IS NOT NULL AND deleted_at IS NULL;

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


-- ── texts and origins ──

-- long texts that are searched: articles, show notes, books, descriptions
CREATE TABLE media_texts (
    rid INTEGER PRIMARY KEY REFERENCES media (rid) ON DELETE CASCADE,
    body TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE media_text_search USING fts5 (
    body, content = 'media_texts', content_rowid = 'rid', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
);
CREATE TRIGGER media_text_search_insert AFTER INSERT ON media_texts BEGIN
    INSERT INTO media_text_search (rowid, body) VALUES (new.rid, new.body);
END;
CREATE TRIGGER media_text_search_delete AFTER DELETE ON media_texts BEGIN
    INSERT INTO media_text_search (media_text_search, rowid, body) VALUES ('delete', old.rid, old.body);
END;
CREATE TRIGGER media_text_search_update AFTER UPDATE ON media_texts WHEN old.body IS NOT new.body BEGIN
    INSERT INTO media_text_search (media_text_search, rowid, body) VALUES ('delete', old.rid, old.body);
    INSERT INTO media_text_search (rowid, body) VALUES (new.rid, new.body);
END;

-- where a media item came from: addresses, ids of sites, digests of files; each leads to one item
CREATE TABLE media_origins (
    key TEXT PRIMARY KEY,
    media_id TEXT NOT NULL REFERENCES media (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX media_origins_by_media ON media_origins (media_id);

-- ── content jobs ──

-- what a job of the content worker is to fetch; the job itself is a row of jobs
CREATE TABLE content_jobs (
    job_id TEXT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
    content_order TEXT NOT NULL,
    url TEXT,
    host TEXT NOT NULL,
    origin TEXT NOT NULL,
    requested_by TEXT REFERENCES users (id) ON DELETE SET NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL DEFAULT 0,
    media_id TEXT REFERENCES media (id) ON DELETE SET NULL
) STRICT;
-- whether the same is already on its way
CREATE INDEX content_jobs_by_origin ON content_jobs (origin);

-- ── cookies of sites (video downloads) ──

CREATE TABLE site_cookies (
    host TEXT PRIMARY KEY,
    sealed TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;

-- ── collections, subscriptions, music playlists ──

CREATE TABLE collections (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    sort_title TEXT NOT NULL,
    overview TEXT,
    url TEXT,
    origin TEXT UNIQUE,
    has_poster INTEGER NOT NULL DEFAULT 0,
    hue INTEGER NOT NULL,
    created_by TEXT REFERENCES users (id) ON DELETE SET NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    matched_at INTEGER NOT NULL DEFAULT 0,
    deleted_at INTEGER
) STRICT;

CREATE TABLE collection_items (
    id TEXT PRIMARY KEY,
    collection_id TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    entry_key TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    duration_ms INTEGER,
    published_at INTEGER,
    media_id TEXT REFERENCES media (id) ON DELETE SET NULL,
    state TEXT NOT NULL,
    queued_at INTEGER,
    linked_at INTEGER,
    added_at INTEGER NOT NULL,
    UNIQUE (collection_id, entry_key)
) STRICT;
-- the entries of a collection in order
CREATE INDEX collection_items_by_position ON collection_items (collection_id, position);
-- entries that wait for what just arrived
CREATE INDEX collection_items_by_key ON collection_items (entry_key);
-- the collections of a media item
CREATE INDEX collection_items_by_media ON collection_items (media_id) WHERE media_id IS NOT NULL;

CREATE TABLE subscriptions (
    collection_id TEXT PRIMARY KEY REFERENCES collections (id) ON DELETE CASCADE,
    rules TEXT NOT NULL,
    checked_at INTEGER,
    next_check_at INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    error TEXT
) STRICT;
-- the lists that are due
CREATE INDEX subscriptions_by_next_check ON subscriptions (next_check_at);

CREATE TABLE playlist_tracks (
    collection_id TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    track_key TEXT NOT NULL,
    title TEXT NOT NULL,
    artist TEXT,
    album TEXT,
    isrc TEXT,
    duration_ms INTEGER,
    is_gone INTEGER NOT NULL DEFAULT 0,
    media_id TEXT REFERENCES media (id) ON DELETE SET NULL,
    state TEXT NOT NULL,
    score REAL,
    candidates TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (collection_id, position)
) STRICT, WITHOUT ROWID;
-- the music playlists of a media item
CREATE INDEX playlist_tracks_by_media ON playlist_tracks (media_id) WHERE media_id IS NOT NULL;

-- ── podcasts ──

CREATE TABLE podcasts (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    sort_title TEXT NOT NULL,
    author TEXT,
    overview TEXT,
    site_url TEXT,
    language TEXT,
    image_url TEXT,
    has_image INTEGER NOT NULL DEFAULT 0,
    hue INTEGER NOT NULL,
    group_title TEXT,
    auto_download TEXT NOT NULL,
    latest_count INTEGER NOT NULL,
    keep_count INTEGER,
    delete_heard_days INTEGER,
    credentials TEXT,
    etag TEXT,
    last_modified TEXT,
    digest TEXT,
    checked_at INTEGER,
    next_check_at INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    failing_since INTEGER,
    error TEXT,
    is_dead INTEGER NOT NULL DEFAULT 0,
    is_complete INTEGER NOT NULL DEFAULT 0,
    moved_to TEXT,
    refused_move TEXT,
    added_by TEXT REFERENCES users (id) ON DELETE SET NULL,
    added_at INTEGER NOT NULL,
    deleted_at INTEGER
) STRICT;
-- the feeds that are due
CREATE INDEX podcasts_by_next_check ON podcasts (next_check_at) WHERE deleted_at IS NULL;

CREATE TABLE podcast_episodes (
    rid INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    podcast_id TEXT NOT NULL REFERENCES podcasts (id) ON DELETE CASCADE,
    guid TEXT NOT NULL,
    digest TEXT NOT NULL,
    title TEXT NOT NULL,
    overview TEXT NOT NULL,
    notes TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    duration_ms INTEGER,
    season INTEGER,
    episode INTEGER,
    enclosure_url TEXT NOT NULL,
    enclosure_key TEXT NOT NULL,
    enclosure_type TEXT,
    enclosure_bytes INTEGER,
    image_url TEXT,
    chapters_url TEXT,
    transcript_url TEXT,
    transcript_type TEXT,
    transcript_path TEXT,
    media_id TEXT REFERENCES media (id) ON DELETE SET NULL,
    wanted_at INTEGER,
    by_hand INTEGER NOT NULL DEFAULT 0,
    UNIQUE (podcast_id, guid)
) STRICT;
-- the episodes of a podcast, newest first
CREATE INDEX podcast_episodes_by_published ON podcast_episodes (podcast_id, published_at, rid);
-- the episode of a media item
CREATE INDEX podcast_episodes_by_media ON podcast_episodes (media_id) WHERE media_id IS NOT NULL;

-- what a person starred, and what they marked as heard without playing it here
CREATE TABLE episode_marks (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    episode_id TEXT NOT NULL REFERENCES podcast_episodes (id) ON DELETE CASCADE,
    starred INTEGER NOT NULL DEFAULT 0,
    heard_at INTEGER,
    PRIMARY KEY (user_id, episode_id)
) STRICT, WITHOUT ROWID;
-- the marks of an episode
CREATE INDEX episode_marks_by_episode ON episode_marks (episode_id);

-- ── articles ──

CREATE TABLE articles (
    media_id TEXT PRIMARY KEY REFERENCES media (id) ON DELETE CASCADE,
    url TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE article_versions (
    media_id TEXT NOT NULL REFERENCES media (id) ON DELETE CASCADE,
    fetched_at INTEGER NOT NULL,
    digest TEXT NOT NULL,
    words INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    PRIMARY KEY (media_id, fetched_at)
) STRICT, WITHOUT ROWID;

-- ── books ──

-- what is known of an edition, and how its file is put together (JSON of models/book.py), found when it was added
CREATE TABLE books (
    media_id TEXT PRIMARY KEY REFERENCES media (id) ON DELETE CASCADE,
    format TEXT,
    authors TEXT NOT NULL,
    publisher TEXT,
    published TEXT,
    isbn TEXT,
    series TEXT,
    series_number REAL,
    structure TEXT NOT NULL
) STRICT, WITHOUT ROWID;
