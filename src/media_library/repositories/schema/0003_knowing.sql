-- Knowing what things are: library folders, the files in them, uploads, works with persons, renames, photos, loudness.
-- Times are milliseconds since the Unix epoch. Foreign keys are off while a migration runs, and checked afterwards.

-- ── libraries and their folders ──

-- several libraries of a kind; the primary one of each kind lies below MEDIA_ROOT and gets what arrives
CREATE TABLE libraries_new (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    folder TEXT UNIQUE,
    is_primary INTEGER NOT NULL
) STRICT;
INSERT INTO libraries_new (id, kind, name, folder, is_primary) SELECT id, kind, name, folder, 1 FROM libraries;
DROP TABLE libraries;
ALTER TABLE libraries_new RENAME TO libraries;
-- one primary library of each kind
CREATE UNIQUE INDEX libraries_primary ON libraries (kind) WHERE is_primary;

-- the path of a folder below MEDIA_ROOT is relative to it, that of any other is absolute
CREATE TABLE library_folders (
    id TEXT PRIMARY KEY,
    library_id TEXT NOT NULL REFERENCES libraries (id) ON DELETE CASCADE,
    path TEXT NOT NULL UNIQUE,
    is_read_only INTEGER NOT NULL DEFAULT 0,
    identity TEXT,
    is_online INTEGER NOT NULL DEFAULT 1,
    problem TEXT,
    scanned_at INTEGER,
    added_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;
-- the folders of a library
CREATE INDEX library_folders_by_library ON library_folders (library_id);

-- ── jobs: library work is neither encoding nor downloading ──

CREATE TABLE jobs_new (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    status TEXT NOT NULL
        CHECK (status IN ('queued', 'encoding', 'downloading', 'working', 'done', 'failed', 'cancelled')),
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
INSERT INTO jobs_new (
    rowid, id, kind, status, title, disc_id, drive_id, titles, stage, percent, eta_seconds, speed, step, steps, error,
    tool_output, attempts, token, worker, lease_until, created_at, started_at, finished_at
)
SELECT
    rowid, id, kind, status, title, disc_id, drive_id, titles, stage, percent, eta_seconds, speed, step, steps, error,
    tool_output, attempts, token, worker, lease_until, created_at, started_at, finished_at
FROM jobs;
DROP TABLE jobs;
ALTER TABLE jobs_new RENAME TO jobs;
-- the next job in the queue; what is active now
CREATE INDEX jobs_by_status ON jobs (status, created_at);
-- newest first, for the activity page
CREATE INDEX jobs_by_created ON jobs (created_at);
-- one disc is never ripped twice at the same time
CREATE UNIQUE INDEX jobs_one_active_per_disc ON jobs (disc_id)
WHERE status IN ('queued', 'encoding', 'downloading', 'working');

-- ── media ──

-- the library folder beyond MEDIA_ROOT in which the file lies
ALTER TABLE media ADD COLUMN folder_id TEXT REFERENCES library_folders (id);
-- since when the file is gone; deleted_at is set with it, so that no list shows the item
ALTER TABLE media ADD COLUMN missing_since INTEGER;
-- the film that an extra belongs to
ALTER TABLE media ADD COLUMN parent_id TEXT REFERENCES media (id) ON DELETE CASCADE;
ALTER TABLE media ADD COLUMN extra_kind TEXT;
-- the last episode of a file that holds several
ALTER TABLE media ADD COLUMN episode_end INTEGER;
ALTER TABLE media ADD COLUMN edition TEXT;
-- a tiny picture to be shown while the poster loads, a data: address
ALTER TABLE media ADD COLUMN placeholder TEXT;
ALTER TABLE media ADD COLUMN has_backdrop INTEGER NOT NULL DEFAULT 0;
-- the extras of a film
CREATE INDEX media_by_parent ON media (parent_id) WHERE parent_id IS NOT NULL;
-- what lies in a folder that went offline or was removed
CREATE INDEX media_by_folder ON media (folder_id) WHERE folder_id IS NOT NULL;
-- whose albums there are, by name, and what else they play on
CREATE INDEX media_by_artist ON media (lower(coalesce(album_artist, artist)), library_id)
WHERE media_type = 'track' AND album_key IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX media_by_performer ON media (lower(artist))
WHERE media_type = 'track' AND album_key IS NOT NULL AND deleted_at IS NULL;
-- what is missing, newest first
CREATE INDEX media_missing ON media (missing_since) WHERE missing_since IS NOT NULL;

-- ── the files on disk, as the last scan saw them ──

CREATE TABLE files (
    rid INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    folder_id TEXT NOT NULL REFERENCES library_folders (id) ON DELETE CASCADE,
    path TEXT NOT NULL UNIQUE,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    role TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    media_id TEXT REFERENCES media (id) ON DELETE SET NULL,
    label TEXT,
    position INTEGER,
    language TEXT,
    flags TEXT NOT NULL DEFAULT '[]',
    container TEXT NOT NULL DEFAULT '',
    duration_ms INTEGER NOT NULL DEFAULT 0,
    streams TEXT NOT NULL DEFAULT '{}',
    digest TEXT,
    seen_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
-- what a rescan compares with the disk
CREATE INDEX files_by_folder ON files (folder_id);
-- the files of a media item
CREATE INDEX files_by_media ON files (media_id) WHERE media_id IS NOT NULL;
-- what is still to be probed, and what could not be read
CREATE INDEX files_by_state ON files (state, folder_id) WHERE state <> 'ready';
-- a moved file is found by what it holds
CREATE INDEX files_by_size ON files (size_bytes, inode);

-- ── works: the films, shows and albums that media belong to ──

-- key: "movie:<media id>", "show:<show key>", "album:<album key>"
CREATE TABLE works (
    key TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    score REAL,
    candidates TEXT NOT NULL DEFAULT '[]',
    title TEXT,
    original_title TEXT,
    year INTEGER,
    overview TEXT,
    tagline TEXT,
    released_on TEXT,
    runtime_minutes INTEGER,
    certification TEXT,
    rating REAL,
    votes INTEGER,
    facts TEXT NOT NULL DEFAULT '{}',
    before TEXT,
    tmdb_id INTEGER,
    imdb_id TEXT,
    tvdb_id INTEGER,
    musicbrainz_id TEXT,
    has_poster INTEGER NOT NULL DEFAULT 0,
    has_backdrop INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
-- what is to be identified next; the review queue, oldest first
CREATE INDEX works_by_state ON works (state, not_before, created_at);
-- whether a film or show of the service is here already
CREATE INDEX works_by_tmdb ON works (kind, tmdb_id) WHERE tmdb_id IS NOT NULL;

-- genres, tags and studios
CREATE TABLE work_tags (
    work_key TEXT NOT NULL REFERENCES works (key) ON DELETE CASCADE ON UPDATE CASCADE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (work_key, kind, name)
) STRICT, WITHOUT ROWID;
-- the shelf of a genre or a tag
CREATE INDEX work_tags_by_name ON work_tags (kind, name);

CREATE TABLE persons (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    overview TEXT,
    born_on TEXT,
    died_on TEXT,
    tmdb_id INTEGER UNIQUE,
    musicbrainz_id TEXT UNIQUE,
    portrait TEXT,
    has_portrait INTEGER NOT NULL DEFAULT 0,
    hue INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
-- persons by the beginning of their names
CREATE INDEX persons_by_name ON persons (sort_name);

-- job: "cast", "director", "writer", "creator", "composer", "producer" …
CREATE TABLE credits (
    work_key TEXT NOT NULL REFERENCES works (key) ON DELETE CASCADE ON UPDATE CASCADE,
    person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    job TEXT NOT NULL,
    character TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL,
    PRIMARY KEY (work_key, job, position, person_id)
) STRICT, WITHOUT ROWID;
-- what somebody had a part in
CREATE INDEX credits_by_person ON credits (person_id);

-- the episodes that a show has by its service, here or not
CREATE TABLE show_episodes (
    work_key TEXT NOT NULL REFERENCES works (key) ON DELETE CASCADE ON UPDATE CASCADE,
    season INTEGER NOT NULL,
    episode INTEGER NOT NULL,
    title TEXT,
    overview TEXT,
    aired_on TEXT,
    runtime_minutes INTEGER,
    still TEXT,
    tmdb_id INTEGER,
    PRIMARY KEY (work_key, season, episode)
) STRICT, WITHOUT ROWID;

-- ── music ──

CREATE TABLE track_ids (
    media_id TEXT PRIMARY KEY REFERENCES media (id) ON DELETE CASCADE,
    recording_id TEXT,
    track_id TEXT,
    release_id TEXT,
    release_group_id TEXT,
    artist_ids TEXT NOT NULL DEFAULT '[]',
    acoustid TEXT,
    facts TEXT NOT NULL DEFAULT '{}'
) STRICT, WITHOUT ROWID;
-- the tracks of a recording
CREATE INDEX track_ids_by_recording ON track_ids (recording_id) WHERE recording_id IS NOT NULL;

-- gains in dB towards -18 LUFS, peaks as a fraction of full scale
CREATE TABLE loudness (
    media_id TEXT PRIMARY KEY REFERENCES media (id) ON DELETE CASCADE,
    integrated_lufs REAL NOT NULL,
    track_gain REAL NOT NULL,
    track_peak REAL NOT NULL,
    album_gain REAL,
    album_peak REAL,
    measured_at INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- ── photos ──

-- taken_on is the day where it was taken, latitude and longitude are degrees (WGS 84)
CREATE TABLE photos (
    media_id TEXT PRIMARY KEY REFERENCES media (id) ON DELETE CASCADE,
    taken_at INTEGER,
    taken_on TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    orientation INTEGER NOT NULL DEFAULT 1,
    camera TEXT,
    latitude REAL,
    longitude REAL
) STRICT, WITHOUT ROWID;
-- by day, newest first
CREATE INDEX photos_by_day ON photos (taken_on, taken_at);

-- ── pictures ──

-- owner: the id of a media item or a person, "show-<key>", "album-<key>"; kind: poster, still, backdrop
CREATE TABLE artwork (
    owner TEXT NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    address TEXT,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    placeholder TEXT,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (owner, kind)
) STRICT, WITHOUT ROWID;

-- ── uploads ──

CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    library_id TEXT REFERENCES libraries (id) ON DELETE SET NULL,
    name TEXT NOT NULL,
    folder TEXT NOT NULL DEFAULT '',
    size_bytes INTEGER NOT NULL,
    received_bytes INTEGER NOT NULL DEFAULT 0,
    sha256 TEXT,
    state TEXT NOT NULL,
    reason TEXT,
    media_id TEXT REFERENCES media (id) ON DELETE SET NULL,
    job_id TEXT REFERENCES jobs (id) ON DELETE SET NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
-- the uploads of a person, newest first
CREATE INDEX uploads_by_user ON uploads (user_id, created_at);
-- what expires next
CREATE INDEX uploads_by_expiry ON uploads (expires_at);

-- ── renames ──

CREATE TABLE renames (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    requested_by TEXT REFERENCES users (id) ON DELETE SET NULL,
    unchanged INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
-- newest first
CREATE INDEX renames_by_created ON renames (created_at);

CREATE TABLE rename_steps (
    rename_id TEXT NOT NULL REFERENCES renames (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    media_id TEXT REFERENCES media (id) ON DELETE SET NULL,
    title TEXT NOT NULL,
    old_path TEXT NOT NULL,
    new_path TEXT NOT NULL,
    companions TEXT NOT NULL DEFAULT '[]',
    state TEXT NOT NULL,
    problem TEXT,
    moved_at INTEGER,
    PRIMARY KEY (rename_id, position)
) STRICT, WITHOUT ROWID;
-- the half steps that a crash left
CREATE INDEX rename_steps_moving ON rename_steps (state) WHERE state IN ('moving', 'returning');
