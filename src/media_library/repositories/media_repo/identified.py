"""What an identification does to media: new names for several at once, and a hint for those who look."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from media_library.events import LibraryChanged, LibraryUpdated, library_room
from media_library.models.media import MediaNames, MediaType
from media_library.repositories.base import Repository, now_ms
from media_library.repositories.media_repo.keys import show_key, sort_title

_MANY = 20


@dataclass(frozen=True, slots=True)
class IdentifiedMedia:
    """A film or an episode that got to know what it is; ``is_sure`` means that nobody needs to look at it any more."""

    media_id: str
    names: MediaNames
    overview: str | None
    is_sure: bool = False


class IdentifiedRows(Repository):
    """Writes the names of ``media``; which of them are locked is for the caller to heed."""

    def name_identified(self, items: Sequence[IdentifiedMedia]) -> None:
        """Give films and episodes their names and overviews; what they are locked by stays."""
        now = now_ms()
        libraries: dict[str, list[str]] = {}
        with self.transaction():
            for item in items:
                names = item.names
                row = self._change_returning(
                    """
                    UPDATE media
                    SET title = ?, year = ?, show_title = ?, season = ?, episode = ?, episode_end = ?, edition = ?,
                        sort_title = ?, show_key = ?, overview = ?, review_reason = iif(?, NULL, review_reason),
                        updated_at = ?
                    WHERE id = ? RETURNING library_id
                    """,
                    (
                        names.title,
                        names.year,
                        names.show_title,
                        names.season,
                        names.episode,
                        names.episode_end,
                        names.edition,
                        sort_title(names.title),
                        show_key(names),
                        item.overview,
                        item.is_sure,
                        now,
                        item.media_id,
                    ),
                )
                if row is not None:
                    libraries.setdefault(str(row[0]), []).append(item.media_id)
            for library_id, media_ids in libraries.items():
                if len(media_ids) > _MANY:
                    self.broadcast(LibraryChanged(library_id), library_room(library_id))
                    continue
                for media_id in media_ids:
                    self.broadcast(LibraryUpdated(media_id), library_room(library_id))

    def retype_media(self, media_id: str, media_type: MediaType, names: MediaNames) -> None:
        """A person says that a film is an episode, or an episode a film; it stays the same item."""
        with self.transaction():
            self._change("UPDATE media SET media_type = ? WHERE id = ?", (media_type, media_id))
            self.name_identified([IdentifiedMedia(media_id, names, None)])

    def is_show_key_taken(self, key: str) -> bool:
        """Whether there are episodes, in the bin or not, of a show of this key."""
        row = self._row("SELECT 1 FROM media WHERE show_key = ? AND media_type = 'episode' LIMIT 1", (key,))
        return row is not None

    def forget_origin(self, media_id: str, key: str) -> None:
        """The item did not come from there after all."""
        self._change("DELETE FROM media_origins WHERE key = ? AND media_id = ?", (key, media_id))

    def media_brought_in(self, media_ids: Sequence[str]) -> list[str]:
        """Those of some items whose files this program put where they are, under names that nobody chose."""
        rows = self._rows(
            "SELECT id FROM media WHERE job_id IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(media_ids)),),
        )
        return [str(row[0]) for row in rows]
