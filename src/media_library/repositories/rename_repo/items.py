"""What is to be renamed, and what lies around it."""

import json
from collections.abc import Collection, Iterator
from typing import NamedTuple

from media_library.models.media import MediaType
from media_library.models.rename import RenameScope
from media_library.repositories.base import Repository, Value

_AT_ONCE = 500
_MEANT = """
    rid > :after AND path IS NOT NULL AND deleted_at IS NULL
    AND (:granted IS NULL OR library_id IN (SELECT value FROM json_each(:granted))) AND (
        :all AND media_type NOT IN ('photo', 'home_video') OR library_id = :library
        OR id IN (SELECT value FROM json_each(:ids))
        OR show_key IN (SELECT value FROM json_each(:shows)) AND media_type = 'episode'
        OR album_key IN (SELECT value FROM json_each(:albums)) AND media_type = 'track'
    )
"""


class ItemPath(NamedTuple):
    """An item and where its file lies, or lay before it went into the bin."""

    media_id: str
    path: str
    is_extra: bool
    is_deleted: bool


class ExtraPath(NamedTuple):
    """A trailer or the like, and where its file lies."""

    media_id: str
    path: str
    kind: str


class ItemsToRename(Repository):
    """Reads ``media``."""

    def count_to_rename(self, scope: RenameScope) -> int:
        """How many items a plan is about."""
        row = self._row(f"SELECT count(*) FROM media WHERE {_MEANT}", _bindings(scope))
        return 0 if row is None else int(row[0] or 0)

    def media_to_rename(self, scope: RenameScope) -> Iterator[list[str]]:
        """The ids of what a plan is about, the oldest items first, some hundred at a time.

        Where nothing is named, all but photos and home videos, which nobody wants to be moved by the way.
        """
        bindings = _bindings(scope)
        while True:
            rows = self._rows(f"SELECT rid, id FROM media WHERE {_MEANT} ORDER BY rid LIMIT {_AT_ONCE}", bindings)
            if rows:
                yield [str(row[1]) for row in rows]
            if len(rows) < _AT_ONCE:
                return
            bindings["after"] = rows[-1][0]

    def newest_media(
        self, media_type: MediaType, *, is_daily: bool, limit: int, granted: Collection[str] | None = None
    ) -> list[str]:
        """The newest items of a type that have a file; of episodes those with a number, or without (``is_daily``).

        Of libraries that are ``granted`` only, if that is said.
        """
        rows = self._rows(
            """
            SELECT id FROM media
            WHERE media_type = ?1 AND path IS NOT NULL AND deleted_at IS NULL AND parent_id IS NULL
                AND (?1 <> 'episode' OR (episode IS NULL) = ?2)
                AND (?4 IS NULL OR library_id IN (SELECT value FROM json_each(?4)))
            ORDER BY added_at DESC, rid DESC LIMIT ?3
            """,
            (media_type, is_daily, limit, None if granted is None else json.dumps(sorted(granted))),
        )
        return [str(row[0]) for row in rows]

    def paths_around(self, start: str) -> list[ItemPath]:
        """What lies below a folder or beside a file, in the bin or not.

        ``start`` is the path in the library of the folder, or that of the file without its suffix: it is what follows
        it after a dash, a dot or a slash.
        """
        rows = self._rows(
            """
            SELECT id, path, media_type = 'extra', deleted_at IS NOT NULL FROM media WHERE path >= ? AND path < ?
            UNION SELECT id, path, media_type = 'extra', deleted_at IS NOT NULL FROM media WHERE path = ?
            """,
            (f"{start}-", f"{start}0", start),  # "-", "." and "/" follow each other, and then comes "0"
        )
        return [ItemPath(str(row[0]), str(row[1]), bool(row[2]), bool(row[3])) for row in rows]

    def paths_below(self, folder: str) -> list[ItemPath]:
        """What lies below a folder, in the bin or not; ``folder`` is a path in the library."""
        rows = self._rows(
            """
            SELECT id, path, media_type = 'extra', deleted_at IS NOT NULL FROM media WHERE path >= ? AND path < ?
            """,
            (f"{folder}/", f"{folder}0"),  # "0" follows "/"
        )
        return [ItemPath(str(row[0]), str(row[1]), bool(row[2]), bool(row[3])) for row in rows]

    def extras_with_files(self, media_id: str) -> list[ExtraPath]:
        """The trailers and the like of a film."""
        rows = self._rows(
            """
            SELECT id, path, extra_kind FROM media
            WHERE parent_id = ? AND path IS NOT NULL AND deleted_at IS NULL ORDER BY rid
            """,
            (media_id,),
        )
        return [ExtraPath(str(row[0]), str(row[1]), str(row[2] or "extra")) for row in rows]

    def discs_of_album(self, album_key: str) -> int:
        """How many discs an album has."""
        row = self._row(
            "SELECT max(disc_number) FROM media WHERE album_key = ? AND media_type = 'track' AND deleted_at IS NULL",
            (album_key,),
        )
        return 1 if row is None else int(row[0] or 1)


def _bindings(scope: RenameScope) -> dict[str, Value]:
    parts = [key.partition(":") for key in scope.keys]
    return {
        "all": scope.is_everything,
        "library": scope.library_id,
        "granted": None if scope.granted is None else json.dumps(scope.granted),
        "ids": json.dumps([*scope.media_ids, *(key for kind, _, key in parts if kind == "movie")]),
        "shows": json.dumps([key for kind, _, key in parts if kind == "show"]),
        "albums": json.dumps([key for kind, _, key in parts if kind == "album"]),
        "after": 0,
    }
