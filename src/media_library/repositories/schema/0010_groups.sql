-- Shows, albums and channels are counted and sorted in large libraries without a look at the rows.

-- an index answers alone only if it also has the column of its own condition
DROP INDEX media_counted;
CREATE INDEX media_counted ON media (
    media_type, library_id, show_key, album_key, min_age, size_bytes, duration_ms, deleted_at
) WHERE deleted_at IS NULL;
-- the order of shows and channels
CREATE INDEX media_shown ON media (
    media_type, show_key, show_title, added_at, year, library_id, min_age, deleted_at
) WHERE show_key IS NOT NULL AND deleted_at IS NULL;
-- the order of albums
CREATE INDEX media_albums ON media (
    media_type, album_key, album, added_at, year, library_id, min_age, deleted_at
) WHERE album_key IS NOT NULL AND deleted_at IS NULL;
-- lists by length are few, and this one was taken for others
DROP INDEX media_by_length;
