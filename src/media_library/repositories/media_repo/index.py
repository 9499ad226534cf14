"""Where things stand in a long list: its letters or months, and a cursor before each of its pages, to jump there."""

from collections.abc import Iterable, Sequence
from datetime import date

from media_library.models.list_index import Letter, ListIndex
from media_library.models.user import Viewer
from media_library.repositories.base import Repository, Row, Value
from media_library.repositories.media_repo.cards import GROUP_KEYS, GROUP_TYPES, VISIBLE, eyes
from media_library.repositories.media_repo.narrowing import narrowed
from media_library.repositories.media_repo.paging import (
    GROUP_SORT_COLUMNS,
    SORT_COLUMNS,
    UNKNOWN_IS_ZERO,
    MediaQuery,
    MediaSort,
    encode_cursor,
    walk,
)

_MOST_IDS = 5_000
_NO_EXTRAS = "m.media_type <> 'extra'"
_BY_DAY = frozenset({MediaSort.ADDED, MediaSort.PUBLISHED})


class MediaIndex(Repository):
    """Reads where the pages of lists of ``media`` begin."""

    def media_index(self, viewer: Viewer, query: MediaQuery, every: int, *, months: bool = False) -> ListIndex:
        """The index of the list that ``media_page`` gives page by page, for pages of ``every`` items.

        With ``months`` also those of a list by day.
        """
        column = SORT_COLUMNS[query.sort]
        key = f"coalesce(m.{column}, 0)" if query.sort in UNKNOWN_IS_ZERO else f"m.{column}"
        conditions, bindings = _conditions(query)
        where = " AND ".join(conditions)
        bindings |= {**eyes(viewer, False), "every": every}
        direction = "DESC" if query.descending else "ASC"
        rows = self._rows(
            f"""
            SELECT key, rid FROM (
                SELECT {key} AS key, m.rid AS rid,
                       row_number() OVER (ORDER BY {key} {direction}, m.rid {direction}) AS n
                FROM media AS m {walk(query)} WHERE {where}
            ) WHERE n % :every = 0
            """,
            bindings,
        )
        count = self._row(f"SELECT count(*) FROM media AS m WHERE {where}", bindings)
        letters: tuple[Letter, ...] = ()
        if query.sort is MediaSort.TITLE:
            first = self._rows(
                f"SELECT substr(m.sort_title, 1, 1) AS first, count(*) FROM media AS m WHERE {where} GROUP BY first",
                bindings,
            )
            letters = _letters(first, 0, descending=query.descending)
        elif months and query.sort in _BY_DAY:
            found = self._rows(
                f"""
                SELECT iif({key} > 0, strftime('%Y-%m', {key} / 1000, 'unixepoch'), '') AS month, count(*)
                FROM media AS m WHERE {where} GROUP BY month ORDER BY month {direction}
                """,
                bindings,
            )
            letters = _months(query, found)
        assert count is not None
        return ListIndex(int(count[0] or 0), _marks(query.sort, rows, int(count[0] or 0), every), letters)

    def group_index(self, viewer: Viewer, kind: str, query: MediaQuery, every: int) -> ListIndex:
        """The same of shows, albums or channels ("show", "album", "channel")."""
        group_key = GROUP_KEYS[kind]
        title = "m.album" if kind == "album" else "m.show_title"
        column = GROUP_SORT_COLUMNS[query.sort]
        inner, bindings = narrowed(query)
        bindings |= {**eyes(viewer, False), "every": every, "type": GROUP_TYPES[kind]}
        direction = "DESC" if query.descending else "ASC"
        groups = f"""
            SELECT m.{group_key} AS key, lower({title}) AS title_key, max(m.added_at) AS newest_at,
                   coalesce(min(m.year), 0) AS first_year
            FROM media AS m
            WHERE m.media_type = :type AND m.{group_key} IS NOT NULL AND {VISIBLE} AND {" AND ".join(inner) or "true"}
            GROUP BY m.{group_key}
        """
        rows = self._rows(
            f"""
            SELECT {column}, key, n, substr(title_key, 1, 1) FROM (
                SELECT *, row_number() OVER (ORDER BY {column} {direction}, key {direction}) AS n FROM ({groups})
            ) ORDER BY n
            """,
            bindings,
        )
        marks = tuple(encode_cursor(query.sort, row[0], row[1]) for row in rows[every - 1 :: every])
        letters: tuple[Letter, ...] = ()
        if query.sort is MediaSort.TITLE:
            counts: dict[str, int] = {}
            for row in rows:
                counts[str(row[3])] = counts.get(str(row[3]), 0) + 1
            letters = _letters(list(counts.items()), "", descending=query.descending)
        return ListIndex(len(rows), marks[: max(0, (len(rows) - 1) // every)], letters)

    def media_ids(self, viewer: Viewer, query: MediaQuery) -> list[str]:
        """The ids of a whole list in its order, at most 5,000."""
        column = SORT_COLUMNS[query.sort]
        key = f"coalesce(m.{column}, 0)" if query.sort in UNKNOWN_IS_ZERO else f"m.{column}"
        direction = "DESC" if query.descending else "ASC"
        conditions, bindings = _conditions(query)
        rows = self._rows(
            f"""
            SELECT m.id FROM media AS m {walk(query)} WHERE {" AND ".join(conditions)}
            ORDER BY {key} {direction}, m.rid {direction} LIMIT {_MOST_IDS:d}
            """,
            {**bindings, **eyes(viewer, False)},
        )
        return [str(row[0]) for row in rows]


def _conditions(query: MediaQuery) -> tuple[list[str], dict[str, Value]]:
    conditions, bindings = narrowed(query)
    if query.media_type is None:
        conditions.append(_NO_EXTRAS)
    return [VISIBLE, *conditions], bindings


def _marks(sort: MediaSort, rows: list[Row], count: int, every: int) -> tuple[str, ...]:
    """The cursors; none leads behind the last item."""
    return tuple(encode_cursor(sort, key, rid) for key, rid in rows[: max(0, (count - 1) // every)])


def _letters(first: Iterable[Sequence[Value]], least: Value, *, descending: bool) -> tuple[Letter, ...]:
    """The letters of a list by how many items begin with which character, which come in the order of code points."""
    found: list[Letter] = []
    before = 0
    for character, number in sorted(((str(one or ""), int(many or 0)) for one, many in first), reverse=descending):
        letter = character.upper()[:1] if character.isalpha() else "#"
        if all(one.letter != letter for one in found):
            # the cursor stands just before the first item with this character, in either direction
            edge = chr(min(ord(character) + 1, 0x10FFFF)) if descending and character else character
            found.append(Letter(letter, before, encode_cursor(MediaSort.TITLE, edge, least)))
        before += number
    return tuple(found)


def _months(query: MediaQuery, found: Iterable[Sequence[Value]]) -> tuple[Letter, ...]:
    """The months of a list by how many items are of each, in its order."""
    months: list[Letter] = []
    before = 0
    for name, number in found:
        month = str(name or "")
        # the cursor stands at the edge of the month that the list reaches first
        months.append(Letter(month, before, encode_cursor(query.sort, _edge(month, end=query.descending), 0)))
        before += int(number or 0)
    return tuple(months)


def _edge(month: str, *, end: bool) -> int:
    """When a month begins or the next one does, in milliseconds; what has no day stands at nought or before."""
    if not month:
        return 1 if end else -(2**62)
    year, number = (int(part) for part in month.split("-"))
    if end:
        year, number = (year + 1, 1) if number == 12 else (year, number + 1)
    return (date(year, number, 1) - date(1970, 1, 1)).days * 86_400_000 if year <= date.max.year else 2**62
