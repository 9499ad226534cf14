"""What takes the room: sums over the library, and how much room its volumes had day by day."""

from collections.abc import Iterable, Mapping

from media_library.models.storage import Age, LargeItem, RoomSample, Slice, Which
from media_library.repositories.base import Repository, Row, Value

_CODEC = "coalesce(streams ->> '$.video.codec', streams ->> '$.audio[0].codec', container)"
_HERE = "deleted_at IS NULL AND size_bytes > 0"
"""What has no file takes no room; the index has only what is asked for with these very words."""
_MEDIA = "media INDEXED BY media_by_size"
"""The index has every column that a sum needs, so that the rows, which are wide, are not looked at."""

_SLICES = {
    "kind": "media_type",
    "codec": _CODEC,
    "year": "strftime('%Y', added_at / 1000, 'unixepoch')",
    "person": "coalesce(added_by, '')",
    "folder": "coalesce(folder_id, '')",
}


class RoomRepo(Repository):
    """Reads and writes ``room_samples``; reads what the library weighs."""

    def room_slices(self) -> Mapping[str, tuple[Slice, ...]]:
        """The library by ``kind``, ``codec``, ``year`` of adding, ``person`` who brought it and ``folder``; bytes.

        One walk over the index: it is summed up by everything at once, and the few sums are then put together.
        """
        rows = self._rows(
            f"""
            SELECT {", ".join(_SLICES.values())}, sum(size_bytes), count(*)
            FROM {_MEDIA} WHERE {_HERE} GROUP BY 1, 2, 3, 4, 5
            """
        )
        return {name: _put_together(rows, column) for column, name in enumerate(_SLICES)}

    def room_by_seen(self, month_ago: int, year_ago: int) -> tuple[Slice, ...]:
        """The library by when anybody last watched it; the moments are milliseconds."""
        rows = self._rows(
            f"""
            SELECT CASE WHEN seen.at > ? THEN '{Age.MONTH}' WHEN seen.at > ? THEN '{Age.YEAR}' ELSE '{Age.EARLIER}' END,
                sum(m.size_bytes), count(*)
            FROM (SELECT media_id, max(updated_at) AS at FROM playback_progress GROUP BY media_id) AS seen
            JOIN media AS m ON m.id = seen.media_id
            WHERE m.deleted_at IS NULL AND m.size_bytes > 0
            GROUP BY 1
            """,
            (month_ago, year_ago),
        )
        seen = {str(key): (_int(size), _int(count)) for key, size, count in rows}
        size, count = self._sums(_HERE)
        seen[Age.NEVER] = (size - sum(one for one, _ in seen.values()), count - sum(one for _, one in seen.values()))
        return tuple(Slice(age, *seen[age]) for age in Age if age in seen)

    def room_beside(self) -> tuple[Slice, ...]:
        """The files that belong to items, by what they are."""
        rows = self._rows(
            """
            SELECT role, sum(size_bytes), count(*) FROM files
            WHERE role NOT IN ('main', 'extra') AND state <> 'missing' GROUP BY role ORDER BY 2 DESC
            """
        )
        return tuple(Slice(str(role), _int(size), _int(count)) for role, size, count in rows)

    def room_of_bin(self) -> Slice:
        """What would be free if the bin were emptied."""
        row = self._row(
            "SELECT coalesce(sum(size_bytes), 0), count(*) FROM media WHERE deleted_at IS NOT NULL AND path IS NOT NULL"
        )
        assert row is not None
        return Slice("bin", _int(row[0]), _int(row[1]))

    def largest_media(self, which: Which, *, limit: int, offset: int = 0) -> tuple[LargeItem, ...]:
        """The items that take the most room, the largest first."""
        condition, values = _condition(which)
        rows = self._rows(
            f"""
            SELECT id, media_type, title, show_title, season, episode, year, {_CODEC}, size_bytes, added_at, added_by
            FROM media AS m INDEXED BY media_by_size WHERE {_HERE} {condition}
            ORDER BY size_bytes DESC, rowid DESC LIMIT ? OFFSET ?
            """,
            (*values, limit, offset),
        )
        return tuple(_large(row) for row in rows)

    def weigh(self, which: Which) -> Slice:
        """How much room the items that are meant take, and how many they are."""
        condition, values = _condition(which)
        return Slice("", *self._sums(f"{_HERE} {condition}", values))

    def add_room_samples(self, samples: Iterable[tuple[str, RoomSample]]) -> None:
        """Note how much room volumes have; a later note of the same day takes the place of the earlier."""
        with self.transaction():
            for volume, sample in samples:
                self._change(
                    """
                    INSERT INTO room_samples (volume, day, free_bytes, total_bytes, library_bytes)
                    VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (volume, day) DO UPDATE SET free_bytes = excluded.free_bytes,
                        total_bytes = excluded.total_bytes, library_bytes = excluded.library_bytes
                    """,
                    (volume, sample.day, sample.free_bytes, sample.total_bytes, sample.library_bytes),
                )

    def room_samples(self, volume: str, since: str) -> list[RoomSample]:
        """How much room a volume had from a day on, the oldest first."""
        rows = self._rows(
            """
            SELECT day, free_bytes, total_bytes, library_bytes FROM room_samples
            WHERE volume = ? AND day >= ? ORDER BY day
            """,
            (volume, since),
        )
        return [RoomSample(str(day), _int(free), _int(total), _int(library)) for day, free, total, library in rows]

    def forget_room_samples(self, before: str) -> None:
        """Forget what is older than a day."""
        self._change("DELETE FROM room_samples WHERE day < ?", (before,))

    def _sums(self, condition: str, values: tuple[Value, ...] = ()) -> tuple[int, int]:
        row = self._row(
            f"SELECT coalesce(sum(size_bytes), 0), count(*) FROM media AS m INDEXED BY media_by_size WHERE {condition}",
            values,
        )
        assert row is not None
        return _int(row[0]), _int(row[1])


def _condition(which: Which) -> tuple[str, tuple[Value, ...]]:
    """What follows ``WHERE …``; no word of it comes from outside."""
    asked: tuple[tuple[str, Value], ...] = (
        ("media_type = ?", which.kind),
        (f"{_CODEC} = ?", which.codec),
        ("strftime('%Y', added_at / 1000, 'unixepoch') = ?", None if which.year is None else f"{which.year:04}"),
        ("coalesce(added_by, '') = ?", which.added_by),
        (
            "NOT EXISTS (SELECT 1 FROM playback_progress AS p WHERE p.media_id = m.id AND p.updated_at > ?)",
            which.unseen_since,
        ),
    )
    taken = [(text, value) for text, value in asked if value is not None]
    return "".join(f" AND {text}" for text, _ in taken), tuple(value for _, value in taken)


def _put_together(rows: list[Row], column: int) -> tuple[Slice, ...]:
    sums: dict[str, tuple[int, int]] = {}
    for row in rows:
        key = "" if row[column] is None else str(row[column])
        size, count = sums.get(key, (0, 0))
        sums[key] = (size + _int(row[-2]), count + _int(row[-1]))
    slices = [Slice(key, size, count) for key, (size, count) in sums.items()]
    return tuple(sorted(slices, key=lambda one: (-one.size_bytes, one.key)))


def _large(row: Row) -> LargeItem:
    media_id, media_type, title, show_title, season, episode, year, codec, size, added_at, added_by = row
    return LargeItem(
        str(media_id),
        str(media_type),
        str(title),
        None if show_title is None else str(show_title),
        None if season is None else _int(season),
        None if episode is None else _int(episode),
        None if year is None else _int(year),
        "" if codec is None else str(codec),
        _int(size),
        _int(added_at),
        None if added_by is None else str(added_by),
    )


def _int(value: Value) -> int:
    assert isinstance(value, int)
    return value
