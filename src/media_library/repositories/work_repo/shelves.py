"""The genres and tags of what a viewer may see."""

from media_library.models.user import Viewer
from media_library.models.work import TagKind, WorkKind
from media_library.repositories.base import Repository
from media_library.repositories.viewing import sight
from media_library.repositories.work_repo.records import HAS_MEDIA

_MOST_TAGS = 200


class WorkShelves(Repository):
    """Reads ``work_tags``."""

    def count_tags(self, viewer: Viewer, tag_kind: TagKind, kind: WorkKind | None) -> list[tuple[str, int]]:
        """The genres or tags of films, shows, albums or all, with how many works have each; the most frequent first."""
        rows = self._rows(
            f"""
            SELECT t.name, count(*) FROM work_tags AS t JOIN works AS w ON w.key = t.work_key
            WHERE t.kind = :tag_kind AND (:kind IS NULL OR w.kind = :kind) AND {HAS_MEDIA}
            GROUP BY t.name ORDER BY count(*) DESC, t.name LIMIT {_MOST_TAGS}
            """,
            {**sight(viewer), "tag_kind": tag_kind, "kind": kind},
        )
        return [(str(name), int(count or 0)) for name, count in rows]
