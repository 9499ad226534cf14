-- Smart collections count what fits their rules in large libraries.

-- what most conditions of rules ask for, without a look at the rows
CREATE INDEX media_ruled ON media (
    media_type, year, added_at, duration_ms, library_id, min_age, id, deleted_at, CAST(streams ->> '$.video.width' AS INTEGER),
    CAST(streams ->> '$.video.height' AS INTEGER), streams ->> '$.video.hdr'
) WHERE deleted_at IS NULL;
-- keyset pages by length
CREATE INDEX media_by_length ON media (media_type, duration_ms, rid) WHERE deleted_at IS NULL;
