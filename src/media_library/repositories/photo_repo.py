"""When and where photos and home videos were taken, and the list of them by day."""

import base64
import json
from dataclasses import dataclass

from media_library.errors import InvalidInput
from media_library.models.photo import Photo, PhotoQuery
from media_library.models.user import Viewer
from media_library.repositories.base import Repository, Row, Value
from media_library.repositories.viewing import MAY_SEE, sight

_COLUMNS = "taken_at, taken_on, width, height, orientation, camera, latitude, longitude"
_VISIBLE = f"""
    m.media_type IN ('photo', 'home_video')
    AND m.deleted_at IS NULL AND {MAY_SEE}
"""
_WANTED = f"{_VISIBLE} AND (:wanted IS NULL OR m.media_type = :wanted)"
_MOST_IDS = 5_000


@dataclass(frozen=True, slots=True)
class PhotoPage:
    """A page of the list: pairs of media id and photo, and where it goes on.

    ``count`` is how many there are in all, those that were not read yet included.
    """

    count: int
    photos: tuple[tuple[str, Photo], ...]
    next: str | None


class PhotoRepo(Repository):
    """Reads and writes ``photos``."""

    def put_photo(self, media_id: str, photo: Photo) -> None:
        """Remember when and where something was taken, in place of what was known before."""
        self._change(
            f"""
            INSERT INTO photos (media_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (media_id) DO UPDATE SET
                taken_at = excluded.taken_at, taken_on = excluded.taken_on, width = excluded.width,
                height = excluded.height, orientation = excluded.orientation, camera = excluded.camera,
                latitude = excluded.latitude, longitude = excluded.longitude
            """,
            (
                media_id,
                photo.taken_at,
                photo.taken_on,
                photo.width,
                photo.height,
                photo.orientation,
                photo.camera,
                photo.latitude,
                photo.longitude,
            ),
        )

    def photo(self, media_id: str) -> Photo | None:
        """What is known of a photo or a home video; ``None`` if it was not read."""
        row = self._row(f"SELECT {_COLUMNS} FROM photos WHERE media_id = ?", (media_id,))
        return None if row is None else _photo(row)

    def photo_page(self, viewer: Viewer, query: PhotoQuery) -> PhotoPage:
        """A page of those that the viewer may see. Raises ``InvalidInput`` for a cursor that is not ours."""
        bindings = _eyes(viewer, query)
        day, moment, last = _start(query)
        direction, beyond = ("DESC", "<") if query.descending else ("ASC", ">")
        count = self._row(f"SELECT count(*) FROM media AS m WHERE {_WANTED}", bindings)
        if count is None or not count[0]:
            return PhotoPage(0, (), None)
        rows = self._rows(
            f"""
            SELECT p.media_id, {_COLUMNS}
            FROM photos AS p CROSS JOIN media AS m ON m.id = p.media_id
            WHERE {_WANTED} AND (:day IS NULL OR (p.taken_on, p.taken_at, p.media_id) {beyond} (:day, :moment, :last))
            ORDER BY p.taken_on {direction}, p.taken_at {direction}, p.media_id {direction}
            LIMIT :limit
            """,
            {**bindings, "day": day, "moment": moment, "last": last, "limit": query.limit + 1},
        )
        found = [(str(row[0]), _photo(row[1:])) for row in rows[: query.limit]]
        following = None
        if len(rows) > query.limit:
            media_id, photo = found[-1]
            following = _encoded(photo.taken_on, photo.taken_at, media_id)
        return PhotoPage(int(count[0]), tuple(found), following)

    def photo_months(self, viewer: Viewer, query: PhotoQuery) -> list[tuple[str, int]]:
        """The months ("2026-08") of the list in its order, each with how many come before it."""
        rows = self._rows(
            f"""
            SELECT substr(p.taken_on, 1, 7) AS month, count(*)
            FROM photos AS p CROSS JOIN media AS m ON m.id = p.media_id
            WHERE {_WANTED}
            GROUP BY month ORDER BY month {"DESC" if query.descending else "ASC"}
            """,
            _eyes(viewer, query),
        )
        months, before = list[tuple[str, int]](), 0
        for month, number in rows:
            months.append((str(month), before))
            before += int(number or 0)
        return months

    def photo_ids(self, viewer: Viewer, query: PhotoQuery) -> list[str]:
        """The ids of the whole list in its order, at most 5,000."""
        direction = "DESC" if query.descending else "ASC"
        rows = self._rows(
            f"""
            SELECT p.media_id FROM photos AS p CROSS JOIN media AS m ON m.id = p.media_id
            WHERE {_WANTED}
            ORDER BY p.taken_on {direction}, p.taken_at {direction}, p.media_id {direction}
            LIMIT {_MOST_IDS:d}
            """,
            _eyes(viewer, query),
        )
        return [str(row[0]) for row in rows]

    def photo_neighbours(self, viewer: Viewer, media_id: str) -> tuple[str | None, str | None]:
        """The ids of the next newer and the next older one that the viewer may see."""
        bindings: dict[str, Value] = {**sight(viewer), "id": media_id}
        newer = self._row(
            f"""
            SELECT p.media_id
            FROM photos AS self JOIN photos AS p
                ON (p.taken_on, p.taken_at, p.media_id) > (self.taken_on, self.taken_at, self.media_id)
            CROSS JOIN media AS m ON m.id = p.media_id
            WHERE self.media_id = :id AND {_VISIBLE}
            ORDER BY p.taken_on, p.taken_at, p.media_id
            LIMIT 1
            """,
            bindings,
        )
        older = self._row(
            f"""
            SELECT p.media_id
            FROM photos AS self JOIN photos AS p
                ON (p.taken_on, p.taken_at, p.media_id) < (self.taken_on, self.taken_at, self.media_id)
            CROSS JOIN media AS m ON m.id = p.media_id
            WHERE self.media_id = :id AND {_VISIBLE}
            ORDER BY p.taken_on DESC, p.taken_at DESC, p.media_id DESC
            LIMIT 1
            """,
            bindings,
        )
        return (str(newer[0]) if newer else None), (str(older[0]) if older else None)


def _photo(row: Row) -> Photo:
    taken_at, taken_on, width, height, orientation, camera, latitude, longitude = row
    return Photo(
        int(taken_at or 0),
        str(taken_on),
        int(width or 0),
        int(height or 0),
        int(orientation or 1),
        None if camera is None else str(camera),
        float(latitude) if isinstance(latitude, int | float) else None,
        float(longitude) if isinstance(longitude, int | float) else None,
    )


def _eyes(viewer: Viewer, query: PhotoQuery) -> dict[str, Value]:
    return {**sight(viewer), "wanted": query.media_type}


def _start(query: PhotoQuery) -> tuple[str, int, str] | tuple[None, None, None]:
    """What the page comes after in the order of the list; nothing if it begins with the first."""
    if query.cursor is not None:
        return _decoded(query.cursor)
    if query.month is None:
        return None, None, None
    # just beyond the edge that the list reaches first: no day has the number 99
    return (f"{query.month}-99" if query.descending else f"{query.month}-"), 0, ""


def _encoded(day: str, moment: int, media_id: str) -> str:
    place = json.dumps([day, moment, media_id])
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _decoded(cursor: str) -> tuple[str, int, str]:
    try:
        day, moment, last = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        place = (str(day), int(moment), str(last))
        "".join((place[0], place[2])).encode()
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise InvalidInput("This cursor is not one of ours.", "cursor") from error
    if not -(2**63) <= place[1] < 2**63:
        raise InvalidInput("This cursor is not one of ours.", "cursor")
    return place
