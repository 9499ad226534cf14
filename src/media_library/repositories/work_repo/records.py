"""Rows of works and persons as records."""

import msgspec

from media_library.models.work import (
    Candidate,
    Person,
    ShowEpisode,
    TagKind,
    Work,
    WorkFacts,
    WorkIds,
    WorkKind,
    WorkState,
)
from media_library.repositories.base import Row, Value
from media_library.repositories.viewing import OF_AGE

WORK = """
    w.key, w.kind, w.state, w.reason, w.score, w.candidates, w.title, w.original_title, w.year, w.overview, w.tagline,
    w.released_on, w.runtime_minutes, w.certification, w.rating, w.votes, w.tmdb_id, w.imdb_id, w.tvdb_id,
    w.musicbrainz_id, w.has_poster, w.has_backdrop, w.not_before, w.tries, w.created_at, w.updated_at, w.min_age,
    (SELECT json_group_array(json_array(t.kind, t.name) ORDER BY t.position) FROM work_tags AS t
     WHERE t.work_key = w.key)
"""

PERSON = """
    p.id, p.name, p.overview, p.born_on, p.died_on, p.tmdb_id, p.musicbrainz_id, p.portrait, p.has_portrait, p.hue
"""

EPISODE = "season, episode, title, overview, aired_on, runtime_minutes, still, tmdb_id"

SUBJECT = "substr(w.key, instr(w.key, ':') + 1)"
"""What a work's key names: a media item, a show or an album."""

OF_MOVIE = "m.id = :subject AND m.media_type = 'movie'"
OF_SHOW = "m.show_key = :subject AND m.media_type = 'episode'"
OF_ALBUM = "m.album_key = :subject AND m.media_type = 'track'"
"""Which media belong to a work of a kind."""

IN_ORDER = "ORDER BY m.season, m.episode, m.disc_number, m.track_number, m.rid"

MEDIUM = f"""
    m.deleted_at IS NULL AND (:libraries IS NULL OR instr(:libraries, '"' || m.library_id || '"') > 0) AND {OF_AGE}
"""
"""Whether the viewer may see a media item; ids need no escape in an array, which would be unpacked for every row."""

HAS_MEDIA = f"""
    CASE w.kind
        WHEN 'movie' THEN EXISTS (
            SELECT 1 FROM media AS m WHERE m.id = {SUBJECT} AND m.media_type = 'movie' AND {MEDIUM})
        WHEN 'show' THEN EXISTS (
            SELECT 1 FROM media AS m WHERE m.show_key = {SUBJECT} AND m.media_type = 'episode' AND {MEDIUM})
        ELSE EXISTS (
            SELECT 1 FROM media AS m WHERE m.album_key = {SUBJECT} AND m.media_type = 'track' AND {MEDIUM})
    END
"""
"""Whether the viewer may see anything that belongs to a work."""


def work_of(row: Row) -> Work:
    """The record of a row of ``WORK``."""
    (
        key,
        kind,
        state,
        reason,
        score,
        candidates,
        title,
        original_title,
        year,
        overview,
        tagline,
        released_on,
        runtime,
        certification,
        rating,
        votes,
        tmdb_id,
        imdb_id,
        tvdb_id,
        musicbrainz_id,
        has_poster,
        has_backdrop,
        not_before,
        tries,
        created,
        updated,
        min_age,
        tags,
    ) = row
    named: dict[TagKind, list[str]] = {kind: [] for kind in TagKind}
    for tag_kind, name in msgspec.json.decode(str(tags), type=list[tuple[TagKind, str]]):
        named[tag_kind].append(name)
    return Work(
        key=str(key),
        kind=WorkKind(str(kind)),
        state=WorkState(str(state)),
        reason=text_of(reason),
        score=real_of(score),
        candidates=msgspec.json.decode(str(candidates), type=tuple[Candidate, ...]),
        ids=WorkIds(number_of(tmdb_id), text_of(imdb_id), number_of(tvdb_id), text_of(musicbrainz_id)),
        facts=WorkFacts(
            title=text_of(title),
            original_title=text_of(original_title),
            year=number_of(year),
            overview=text_of(overview),
            tagline=text_of(tagline),
            released_on=text_of(released_on),
            runtime_minutes=number_of(runtime),
            certification=text_of(certification),
            rating=real_of(rating),
            votes=number_of(votes),
            genres=tuple(named[TagKind.GENRE]),
            tags=tuple(named[TagKind.TAG]),
            studios=tuple(named[TagKind.STUDIO]),
        ),
        has_poster=bool(has_poster),
        has_backdrop=bool(has_backdrop),
        not_before=int(not_before or 0),
        tries=int(tries or 0),
        created_at=int(created or 0),
        updated_at=int(updated or 0),
        min_age=number_of(min_age),
    )


def person_of(row: Row) -> Person:
    """The record of a row of ``PERSON``."""
    identifier, name, overview, born_on, died_on, tmdb_id, musicbrainz_id, portrait, has_portrait, hue = row
    return Person(
        str(identifier),
        str(name),
        text_of(overview),
        text_of(born_on),
        text_of(died_on),
        number_of(tmdb_id),
        text_of(musicbrainz_id),
        text_of(portrait),
        bool(has_portrait),
        int(hue or 0),
    )


def episode_of(row: Row) -> ShowEpisode:
    """The record of a row of ``EPISODE``."""
    season, episode, title, overview, aired_on, runtime, still, tmdb_id = row
    return ShowEpisode(
        int(season or 0),
        int(episode or 0),
        text_of(title),
        text_of(overview),
        text_of(aired_on),
        number_of(runtime),
        text_of(still),
        number_of(tmdb_id),
    )


def text_of(value: Value) -> str | None:
    """A text column that may be NULL."""
    return None if value is None else str(value)


def number_of(value: Value) -> int | None:
    """A whole-number column that may be NULL."""
    return None if value is None else int(value)


def real_of(value: Value) -> float | None:
    """A column of real numbers that may be NULL."""
    return None if value is None else float(value)
