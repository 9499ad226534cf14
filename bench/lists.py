"""How long lists and searches take in a library of 100,000 films, as a browser sees it."""

import json
import random
import time
from collections.abc import Callable

from bench.appliance import Appliance
from bench.probe import CELLS, ask_repeatedly
from bench.report import Report
from bench.workbench import WORDS, Workbench, add_many
from media_library.models.collection import CollectionKind, NewCollection
from media_library.models.smart import Condition, Field, Match, Op, SmartRule, SmartSort
from media_library.services import state_file

_MEDIA = 100_000
_SECONDS = 3.0
_PAGE = "/api/library?type=movie&limit=50"
_SEED = 7


def measure(workbench: Workbench) -> Report:
    """The first page, pages further and further on, and searches."""
    appliance = workbench.appliance("lists")
    started = time.monotonic()
    add_many(appliance, _MEDIA)
    filling = time.monotonic() - started
    smart = _smart_collection(appliance)
    choice = random.Random(_SEED)
    questions: dict[str, Callable[[bytes], str]] = {
        "first page": lambda _: _PAGE,
        "first page, by title": lambda _: f"{_PAGE}&sort=title&direction=asc",
        "page after page": _next_page,
        "smart collection, 80,000 fit": lambda _: f"/api/collections/{smart}/items?limit=50",
        "its count and covers": lambda _: f"/api/collections/{smart}",
        "search, two words": lambda _: f"/api/search?q={choice.choice(WORDS)}%20{choice.choice(WORDS)[:3]}",
        "search, two letters": lambda _: f"/api/search?q={choice.choice(WORDS)[:2]}",
    }
    with appliance:
        key = appliance.make_key("read")
        found = {}
        for name, next_path in questions.items():
            ask_repeatedly(appliance.port, key, next_path, seconds=0.3)
            found[name] = ask_repeatedly(appliance.port, key, next_path, seconds=_SECONDS, pause_seconds=0)
    return Report(
        "Lists",
        f"A library of {_MEDIA:,} films ({_MEDIA / filling:,.0f} a second were added), 50 items a page, one kept"
        " connection, request after request.",
        ("question", *CELLS),
        tuple((name, *latencies.cells()) for name, latencies in found.items()),
    )


def _smart_collection(appliance: Appliance) -> str:
    """The id of a collection of the films since 1940 that one did not see, by title."""
    conditions = (
        Condition(Field.TYPE, Op.IS, "movie"),
        Condition(Field.YEAR, Op.AT_LEAST, 1940),
        Condition(Field.WATCHED, Op.IS, "unwatched"),
    )
    rule = SmartRule(Match.ALL, conditions, SmartSort.TITLE, descending=False)
    state = state_file.open_state(appliance.settings())
    try:
        return state.add_collection(NewCollection(CollectionKind.SMART, "Since 1940", rule=rule)).id
    finally:
        state.close()


def _next_page(before: bytes) -> str:
    """The page that follows; the first one again at the end."""
    cursor = json.loads(before)["next"] if before else None
    return f"{_PAGE}&cursor={cursor}" if cursor else _PAGE
