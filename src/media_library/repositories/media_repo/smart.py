"""What smart collections hold: each condition is fixed SQL with a bound value, seen through the eyes of a viewer."""

from collections.abc import Mapping
from dataclasses import dataclass

from media_library.constants import CONTINUE_FROM_MS
from media_library.models.smart import Condition, Field, Match, Op, SmartRule, SmartSort
from media_library.models.user import Viewer
from media_library.repositories.base import Repository, Value, now_ms
from media_library.repositories.media_repo.cards import CARD, VISIBLE, eyes
from media_library.repositories.media_repo.narrowing import HEIGHT, IN_HDR, RESOLUTIONS, WIDTH, WORK_KEY
from media_library.repositories.media_repo.paging import Resolution

_DAY_MS = 86_400_000
_COVERS = 4

_ORDERS = {
    SmartSort.ADDED: "m.added_at",
    SmartSort.TITLE: "m.sort_title",
    SmartSort.YEAR: "coalesce(m.year, 0)",
    SmartSort.DURATION: "m.duration_ms",
}

_WALKED = {SmartSort.ADDED: "added", SmartSort.TITLE: "title", SmartSort.YEAR: "year"}
"""The indexes that have the items of a type in the order of a rule; by length there is none."""

_TAGGED = f"{WORK_KEY} IN (SELECT work_key FROM work_tags WHERE kind = 'tag' AND name = :value COLLATE NOCASE)"
_OF_GENRE = f"{WORK_KEY} IN (SELECT work_key FROM work_tags WHERE kind = 'genre' AND name = :value COLLATE NOCASE)"
_WITH_PERSON = f"""
    {WORK_KEY} IN (
        SELECT part.work_key FROM credits AS part JOIN persons AS who ON who.id = part.person_id
        WHERE who.name = :value COLLATE NOCASE
    )
"""
_SPOKEN = """
    (m.language = :value OR EXISTS (
        SELECT 1 FROM json_each(m.streams, '$.audio') AS track WHERE track.value ->> '$.language' = :value))
"""
_COLLECTED = """
    m.id IN (SELECT item.media_id FROM collection_items AS item
             WHERE item.collection_id = :value AND item.state <> 'removed' AND item.media_id IS NOT NULL)
"""
_BY_ARTIST = "(m.artist = :value COLLATE NOCASE OR m.album_artist = :value COLLATE NOCASE)"
_RATED = f"{WORK_KEY} IN (SELECT key FROM works WHERE rating >= :value)"
_RATED_BELOW = f"{WORK_KEY} IN (SELECT key FROM works WHERE rating <= :value)"

_SQL: Mapping[tuple[Field, Op], str] = {
    (Field.TYPE, Op.IS): "m.media_type = :value",
    (Field.TITLE, Op.CONTAINS): "instr(lower(m.title), lower(:value)) > 0",
    (Field.GENRE, Op.IS): _OF_GENRE,
    (Field.TAG, Op.IS): _TAGGED,
    (Field.YEAR, Op.IS): "m.year = :value",
    (Field.YEAR, Op.AT_LEAST): "m.year >= :value",
    (Field.YEAR, Op.AT_MOST): "(m.year > 0 AND m.year <= :value)",
    (Field.ADDED, Op.AT_MOST): "m.added_at >= :value",
    (Field.ADDED, Op.AT_LEAST): "m.added_at <= :value",
    (Field.RATING, Op.AT_LEAST): _RATED,
    (Field.RATING, Op.AT_MOST): _RATED_BELOW,
    (Field.MIN_AGE, Op.AT_LEAST): "m.min_age >= :value",
    (Field.MIN_AGE, Op.AT_MOST): "m.min_age <= :value",
    (Field.LANGUAGE, Op.IS): _SPOKEN,
    (Field.HDR, Op.IS): f"({IN_HDR} AND :value = 'true')",
    (Field.DURATION, Op.AT_LEAST): "m.duration_ms >= :value",
    (Field.DURATION, Op.AT_MOST): "(m.duration_ms > 0 AND m.duration_ms <= :value)",
    (Field.ARTIST, Op.IS): _BY_ARTIST,
    (Field.ARTIST, Op.CONTAINS): """
        instr(lower(coalesce(m.artist, '') || ' ' || coalesce(m.album_artist, '')), lower(:value)) > 0
    """,
    (Field.SHOW, Op.IS): "m.show_title = :value COLLATE NOCASE",
    (Field.PERSON, Op.IS): _WITH_PERSON,
    (Field.COLLECTION, Op.IS): _COLLECTED,
}
_PROGRESS = "SELECT seen.media_id FROM playback_progress AS seen WHERE seen.user_id = :user"
_STANDINGS = {
    "unwatched": f"m.id NOT IN ({_PROGRESS} AND seen.finished)",
    "watched": f"m.id IN ({_PROGRESS} AND seen.finished)",
    "began": f"m.id IN ({_PROGRESS} AND NOT seen.finished AND seen.position_ms > {CONTINUE_FROM_MS:d})",
}
_MANY = 2_000


@dataclass(frozen=True, slots=True)
class SmartSummary:
    """What a viewer sees of a smart collection as a whole; ``covers`` are the ids of the first four."""

    count: int
    duration_ms: int
    covers: tuple[str, ...]


class SmartMedia(Repository):
    """Reads ``media`` by the rules of smart collections."""

    def smart_summary(self, viewer: Viewer, rule: SmartRule) -> SmartSummary:
        """How much a rule finds, and what comes first."""
        where, order, bindings = _fitting(viewer, rule)
        # what is kept of a list has to be found first; all of it is counted in whichever way is the shortest
        kept = "" if rule.limit is None else f"ORDER BY {order} LIMIT {rule.limit:d}"
        row = self._row(
            f"""
            SELECT count(*), coalesce(sum(duration_ms), 0)
            FROM (SELECT m.duration_ms AS duration_ms FROM media AS m WHERE {where} {kept})
            """,
            bindings,
        )
        assert row is not None
        count = int(row[0] or 0)
        covers = self._rows(
            f"SELECT m.id {_walk(rule, count)} WHERE {where} ORDER BY {order} LIMIT :page",
            {**bindings, "page": _room(rule, 0, _COVERS)},
        )
        return SmartSummary(count, int(row[1] or 0), tuple(str(one[0]) for one in covers))

    def smart_ids(
        self, viewer: Viewer, rule: SmartRule, *, after: int, limit: int, count: int
    ) -> list[tuple[str, str, int]]:
        """Ids, titles and durations (ms) of what a rule finds, in its order, from a place on.

        ``count`` is how much it finds, as ``smart_summary`` tells; it says which way there is the shortest.
        """
        where, order, bindings = _fitting(viewer, rule)
        rows = self._rows(
            f"""
            SELECT m.id, m.title, m.duration_ms {_walk(rule, count)}
            WHERE {where} ORDER BY {order} LIMIT :page OFFSET :after
            """,
            {**bindings, "page": _room(rule, after, limit), "after": after},
        )
        return [(str(row[0]), str(row[1]), int(row[2] or 0)) for row in rows]

    def smart_sample(self, viewer: Viewer, rule: SmartRule, limit: int, *, count: int, offline: bool) -> str:
        """Cards of the first of what a rule finds, as a JSON array; ``count`` as with ``smart_ids``."""
        where, order, bindings = _fitting(viewer, rule)
        row = self._row(
            f"""
            SELECT json_group_array(json(card)) FROM (
                SELECT {CARD} AS card {_walk(rule, count)}
                LEFT JOIN playback_progress AS p ON p.user_id = :user AND p.media_id = m.id
                WHERE {where} ORDER BY {order} LIMIT :page
            )
            """,
            {**bindings, "offline": offline, "page": _room(rule, 0, limit)},
        )
        assert row is not None
        return str(row[0])


def _room(rule: SmartRule, after: int, limit: int) -> int:
    """How many of a page from a place on are among those that a rule keeps."""
    return limit if rule.limit is None else max(0, min(limit, rule.limit - after))


def _walk(rule: SmartRule, count: int) -> str:
    """Where the items are read from: where many fit, in the order of the rule, of which a page is soon full.

    Where few do, they are better found first and sorted then; SQLite, which does not know how many, may not do either.
    """
    is_many = count > _MANY or count == rule.limit
    is_typed = rule.match is Match.ALL and any(one.field is Field.TYPE and one.op is Op.IS for one in rule.conditions)
    index = _WALKED.get(rule.sort) if is_typed and is_many else None
    return "FROM media AS m" if index is None else f"FROM media AS m INDEXED BY media_by_{index}"


def _fitting(viewer: Viewer, rule: SmartRule) -> tuple[str, str, dict[str, Value]]:
    """The condition of what a rule finds, the order of it, and what both are bound to.

    A condition that is not negated stands as it is, so that an index can answer it.
    """
    conditions: list[str] = []
    bindings = eyes(viewer, False)
    for number, one in enumerate(rule.conditions):
        condition, values = _condition(one)
        for name, value in values.items():
            condition = condition.replace(f":{name}", f":{name}{number}")
            bindings[f"{name}{number}"] = value
        # what is not known fits no condition, and so it fits each that is turned round
        conditions.append(f"NOT coalesce(({condition}), 0)" if one.op is Op.IS_NOT else f"({condition})")
    fitting = (" AND " if rule.match is Match.ALL else " OR ").join(conditions)
    direction = "DESC" if rule.descending else "ASC"
    order = f"{_ORDERS[rule.sort]} {direction}, m.rid {direction}"
    return f"{VISIBLE} AND m.media_type <> 'extra' AND ({fitting})", order, bindings


def _condition(one: Condition) -> tuple[str, dict[str, Value]]:
    """The SQL of a condition, as if it were not negated, and its values."""
    op = Op.IS if one.op is Op.IS_NOT else one.op
    if one.field is Field.WATCHED:
        return _STANDINGS[str(one.value)], {}
    if one.field is Field.RESOLUTION:
        least_width, least_height, width, height = RESOLUTIONS[Resolution(str(one.value))]
        sized = f"({WIDTH} >= :leastw OR {HEIGHT} >= :leasth) AND {WIDTH} < :mostw AND {HEIGHT} < :mosth"
        return sized, {"leastw": least_width, "leasth": least_height, "mostw": width, "mosth": height}
    value: Value = one.value
    if one.field is Field.ADDED:
        value = now_ms() - int(one.value) * _DAY_MS
    elif one.field is Field.DURATION:
        value = int(one.value) * 60_000
    return _SQL[one.field, op], {"value": value}
