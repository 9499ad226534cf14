"""What is known of works: facts, ids, genres, tags, episodes, and what stood there before."""

import json
from collections.abc import Iterable, Sequence
from typing import Literal

from media_library.models.work import ShowEpisode, TagKind, WorkFacts, WorkIds, WorkKind
from media_library.repositories.base import Repository, now_ms
from media_library.repositories.work_repo.records import EPISODE, episode_of, number_of, text_of


class WorkKnowledge(Repository):
    """Reads and writes what ``works``, ``work_tags`` and ``show_episodes`` tell."""

    def describe_work(self, key: str, facts: WorkFacts, ids: WorkIds) -> None:
        """Note what a service tells of a work. Tags that were given by hand stay."""
        with self.transaction():
            self._change(
                """
                UPDATE works
                SET title = ?, original_title = ?, year = ?, overview = ?, tagline = ?, released_on = ?,
                    runtime_minutes = ?, certification = ?, rating = ?, votes = ?, tmdb_id = ?, imdb_id = ?,
                    tvdb_id = ?, musicbrainz_id = ?, updated_at = ?
                WHERE key = ?
                """,
                (
                    facts.title,
                    facts.original_title,
                    facts.year,
                    facts.overview,
                    facts.tagline,
                    facts.released_on,
                    facts.runtime_minutes,
                    facts.certification,
                    facts.rating,
                    facts.votes,
                    ids.tmdb,
                    ids.imdb,
                    ids.tvdb,
                    ids.musicbrainz,
                    now_ms(),
                    key,
                ),
            )
            kept = self.tags_by_hand(key)
            if kept is None:
                self._put_tags(key, TagKind.TAG, facts.tags)
            self._put_tags(key, TagKind.GENRE, facts.genres)
            self._put_tags(key, TagKind.STUDIO, facts.studios)

    def tag_work(self, key: str, tags: Sequence[str]) -> None:
        """The tags that a person gave; they stay, whatever a service says later."""
        with self.transaction():
            self._put_tags(key, TagKind.TAG, tags)
            self._change(
                "UPDATE works SET facts = json_set(facts, '$.tags_by_hand', json(?)), updated_at = ? WHERE key = ?",
                (json.dumps(list(tags)), now_ms(), key),
            )

    def tags_by_hand(self, key: str) -> list[str] | None:
        """The tags that a person gave, ``None`` if nobody did."""
        row = self._row("SELECT facts ->> '$.tags_by_hand' FROM works WHERE key = ?", (key,))
        return None if row is None or row[0] is None else [str(tag) for tag in json.loads(str(row[0]))]

    def certifications(self) -> list[str]:
        """Every certification that a film or a show has, as it is written."""
        rows = self._rows("SELECT DISTINCT certification FROM works WHERE certification IS NOT NULL ORDER BY 1")
        return [str(row[0]) for row in rows]

    def rate_work(self, key: str, min_age: int | None) -> None:
        """Note what a person says from which age on (years) a film or show may be seen, ``None`` for nothing."""
        self._change("UPDATE works SET min_age = ? WHERE key = ?", (min_age, key))

    def note_pictures(self, key: str, poster: str | None, backdrop: str | None) -> None:
        """Note the service's references of the pictures of a work, to be fetched when there is time."""
        self._change(
            """
            UPDATE works SET facts = json_set(facts, '$.poster', ?, '$.backdrop', ?, '$.pictures_tried', 0)
            WHERE key = ?
            """,
            (poster, backdrop, key),
        )

    def pictures_of_work(self, key: str) -> tuple[str | None, str | None]:
        """The service's references of the poster and the backdrop of a work."""
        row = self._row("SELECT facts ->> '$.poster', facts ->> '$.backdrop' FROM works WHERE key = ?", (key,))
        return (None, None) if row is None else (text_of(row[0]), text_of(row[1]))

    def note_picture_tried(self, key: str) -> None:
        """A picture of a work could not be had; after a few tries it is not asked for any more."""
        self._change(
            """
            UPDATE works SET facts = json_set(facts, '$.pictures_tried', coalesce(facts ->> '$.pictures_tried', 0) + 1)
            WHERE key = ?
            """,
            (key,),
        )

    def works_without_pictures(self, kind: Literal["poster", "backdrop"], limit: int) -> list[str]:
        """The keys of identified works whose picture is still to be fetched."""
        rows = self._rows(
            """
            SELECT key FROM works
            WHERE state IN ('applied', 'confirmed') AND facts ->> ('$.' || :kind) IS NOT NULL
                AND iif(:kind = 'poster', has_poster, has_backdrop) = 0
                AND coalesce(facts ->> '$.pictures_tried', 0) < 3
            ORDER BY updated_at DESC LIMIT :limit
            """,
            {"kind": kind, "limit": limit},
        )
        return [str(row[0]) for row in rows]

    def stills_wanted(self, limit: int) -> list[tuple[str, str]]:
        """Episodes that are here without a still, and the service's reference of theirs."""
        rows = self._rows(
            """
            SELECT m.id, e.still
            FROM works AS w
            JOIN show_episodes AS e ON e.work_key = w.key AND e.still IS NOT NULL
            JOIN media AS m ON m.show_key = substr(w.key, 6) AND m.season = e.season AND m.episode = e.episode
            WHERE w.kind = 'show' AND w.state IN ('applied', 'confirmed') AND m.media_type = 'episode'
                AND NOT m.has_still AND m.deleted_at IS NULL
            LIMIT ?
            """,
            (limit,),
        )
        return [(str(media_id), str(still)) for media_id, still in rows]

    def forget_still(self, path: str) -> None:
        """There is no such picture: nobody asks for it again."""
        self._change("UPDATE show_episodes SET still = NULL WHERE still = ?", (path,))

    def note_fitted(self, key: str, at_ms: int) -> None:
        """All episodes of a show that were here at a time have what is known of them."""
        self._change("UPDATE works SET facts = json_set(facts, '$.fitted_at', ?) WHERE key = ?", (at_ms, key))

    def shows_grown(self, limit: int) -> list[str]:
        """The keys of shows that were looked at, and got episodes since."""
        rows = self._rows(
            """
            SELECT w.key FROM works AS w
            WHERE w.kind = 'show' AND w.state IN ('applied', 'confirmed', 'unknown') AND w.not_before = 0
                AND coalesce(w.facts ->> '$.fitted_at', w.updated_at) < (
                    SELECT max(m.added_at) FROM media AS m
                    WHERE m.show_key = substr(w.key, 6) AND m.media_type = 'episode' AND m.deleted_at IS NULL
                        AND (m.duration_ms > 0 OR m.path IS NULL)
                )
            LIMIT ?
            """,
            (limit,),
        )
        return [str(row[0]) for row in rows]

    def note_rejected(self, key: str, tmdb_id: int) -> None:
        """A person took this match back: it is not to be applied by itself again."""
        self._change(
            """
            UPDATE works
            SET facts = json_set(facts, '$.rejected', json_insert(coalesce(facts -> '$.rejected', '[]'), '$[#]', ?))
            WHERE key = ?
            """,
            (tmdb_id, key),
        )

    def rejected_of_work(self, key: str) -> frozenset[int]:
        """The ids at TMDb of what a person said that a work is not."""
        rows = self._rows(
            "SELECT DISTINCT one.value FROM works, json_each(works.facts, '$.rejected') AS one WHERE works.key = ?",
            (key,),
        )
        return frozenset(int(row[0] or 0) for row in rows)

    def mark_work_artwork(self, key: str, *, poster: bool, backdrop: bool) -> None:
        """Note which pictures there are of a show or an album."""
        self._change(
            "UPDATE works SET has_poster = ?, has_backdrop = ?, updated_at = ? WHERE key = ?",
            (poster, backdrop, now_ms(), key),
        )

    def remember_before(self, key: str, before: str | None) -> None:
        """Keep, as JSON, what stood there before something was applied, for taking it back; ``None`` forgets it."""
        self._change("UPDATE works SET before = ? WHERE key = ?", (before, key))

    def work_before(self, key: str) -> str | None:
        """What stood there before something was applied, if that can be taken back."""
        row = self._row("SELECT before FROM works WHERE key = ?", (key,))
        return None if row is None else text_of(row[0])

    def works_of_tmdb(self, kind: WorkKind, tmdb_id: int) -> list[str]:
        """The keys of the works that are this film or show of TMDb."""
        rows = self._rows("SELECT key FROM works WHERE kind = ? AND tmdb_id = ? ORDER BY key", (kind, tmdb_id))
        return [str(row[0]) for row in rows]

    def tmdb_of_work(self, key: str) -> int | None:
        """The id at TMDb of a work."""
        row = self._row("SELECT tmdb_id FROM works WHERE key = ?", (key,))
        return None if row is None else number_of(row[0])

    def put_show_episodes(self, key: str, episodes: Iterable[ShowEpisode], seasons: Iterable[int] | None) -> None:
        """The episodes of some seasons (``None``: of all) as the service lists them, instead of those before."""
        with self.transaction():
            if seasons is None:
                self._change("DELETE FROM show_episodes WHERE work_key = ?", (key,))
            else:
                self._change(
                    "DELETE FROM show_episodes WHERE work_key = ? AND season IN (SELECT value FROM json_each(?))",
                    (key, json.dumps(sorted(set(seasons)))),
                )
            for one in episodes:
                self._change(
                    """
                    INSERT INTO show_episodes (
                        work_key, season, episode, title, overview, aired_on, runtime_minutes, still, tmdb_id
                    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                    """,
                    (
                        key,
                        one.season,
                        one.episode,
                        one.title,
                        one.overview,
                        one.aired_on,
                        one.runtime_minutes,
                        one.still,
                        one.tmdb_id,
                    ),
                )

    def show_episodes(self, key: str) -> list[ShowEpisode]:
        """All episodes of a show that its service lists, in order."""
        rows = self._rows(f"SELECT {EPISODE} FROM show_episodes WHERE work_key = ? ORDER BY season, episode", (key,))
        return [episode_of(row) for row in rows]

    def _put_tags(self, key: str, kind: TagKind, names: Sequence[str]) -> None:
        self._change("DELETE FROM work_tags WHERE work_key = ? AND kind = ?", (key, kind))
        for position, name in enumerate(dict.fromkeys(names)):
            self._change(
                "INSERT INTO work_tags (work_key, kind, name, position) VALUES (?, ?, ?, ?)",
                (key, kind, name, position),
            )
